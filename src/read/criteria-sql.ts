/**
 * Criteria that are rows of the database, not words of a caller: `{ filter: any | all, clauses: [{ source, operator,
 * value }] }`. Nobody knows them when a statement is compiled, so the pointer, the operator and the value of a clause are
 * read by the statement itself, and what is then compared goes through the same comparisons as a filter in which two
 * attributes meet. That keeps one statement for any number of rows, and a plan that serves all criteria; the other way,
 * to read the criteria first and write a CASE of filters from them, would be two statements and a new plan for each.
 *
 * Existing clients write numbers as texts ("18"), so a text that reads as a JSON number, true or false is one, on both
 * sides. Nothing that is stored can make a comparison fail: a clause that makes no sense does not hold.
 */
import { join, raw, type Sql, sql } from '../store/sql.ts';
import { compareDocuments } from './document-comparison.ts';

/** What a clause may ask. */
export const criteriaOperators = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in'] as const;

/** A text without the zeros and signs that only a name can have: `02134` is a postal code, not a number. */
const scalar = '^(true|false|-?(0|[1-9][0-9]{0,14})([.][0-9]{1,15})?)$';

/** Whether the row that `document` is the envelope of meets the criteria: true, or false or NULL. */
export function compileCriteria(criteria: Sql, document: Sql): Sql {
  const holds = sql`SELECT FROM jsonb_path_query(${criteria}, '$.clauses[*]') AS clause (part)
    CROSS JOIN LATERAL (${settled(sourceValue(document), sql`part -> 'value'`)} OFFSET 0) AS side (found, wanted)`;
  return sql`CASE ${criteria} ->> 'filter'
    WHEN 'all' THEN NOT EXISTS (${holds} WHERE (${compareSides()}) IS NOT TRUE)
    WHEN 'any' THEN EXISTS (${holds} WHERE ${compareSides()}) END`;
}

/** The attribute that the source points at; a source that is no pointer stands for itself: "1" eq "1" is everybody. */
function sourceValue(document: Sql): Sql {
  // The slashes become a character that no name holds, then the escapes of RFC 6901 §4 become what they stand for.
  const path = sql`string_to_array(replace(replace(replace(
    substr(part ->> 'source', 2), '/', chr(31)), '~1', '/'), '~0', '~'), chr(31))`;
  return sql`CASE WHEN part ->> 'source' LIKE '/%' THEN ${document} #> ${path} ELSE part -> 'source' END`;
}

/** A SELECT of the two sides of a clause as they are compared. */
function settled(source: Sql, value: Sql): Sql {
  return sql`SELECT ${settle(sql`source`)}, CASE part ->> 'operator' WHEN 'in' THEN
      (SELECT jsonb_agg(${settle(sql`each`)}) FROM jsonb_array_elements(${candidates(sql`value`)}) AS list (each))
      ELSE ${settle(sql`value`)} END
    FROM (SELECT ${source}, ${value} OFFSET 0) AS given (source, value)`;
}

/** Null is nil, and what reads as a number, true or false is that. */
function settle(value: Sql): Sql {
  return sql`CASE WHEN jsonb_typeof(${value}) = 'string' AND ${value} #>> '{}' ~ ${raw(`'${scalar}'`)}
    THEN (${value} #>> '{}')::jsonb ELSE nullif(${value}, 'null') END`;
}

/** `in` takes a list, or a text with commas. */
function candidates(value: Sql): Sql {
  return sql`CASE jsonb_typeof(${value}) WHEN 'array' THEN ${value}
    WHEN 'string' THEN to_jsonb(regexp_split_to_array(btrim(${value} #>> '{}'), '\\s*,\\s*'))
    ELSE jsonb_build_array(${value}) END`;
}

function compareSides(): Sql {
  const branches = criteriaOperators.map(
    (operator) => sql`WHEN ${raw(`'${operator}'`)} THEN ${compareDocuments(raw('found'), operator, raw('wanted'))}`,
  );
  return sql`CASE part ->> 'operator' ${join(branches, ' ')} END`;
}
