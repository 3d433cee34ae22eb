/**
 * Whether somebody meant something with the clauses of a segment. Deciding never fails, whatever is stored, so this is
 * the only moment at which a misspelt attribute is told to whoever wrote it.
 *
 * Sources may reach to any depth into documents, where nobody knows what there will be. One that is a number instead of
 * a pointer stands for itself: existing data says "everybody" as "1" eq "1".
 */
import { parsePointer } from '../../filter/pointer.ts';
import { describeUnknown } from '../../filter/unknown-attribute.ts';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import type { Fault } from '../../problem.ts';
import type { FindAttribute } from '../../filter/attribute-type.ts';

const ordering: ReadonlySet<Json> = new Set(['gt', 'gte', 'lt', 'lte']);

const flat = { type: ['string', 'number', 'boolean', 'null'] };
const whenOperator = (operators: JsonObject, value: JsonObject): JsonObject => ({
  if: { properties: { operator: operators } },
  then: { properties: { value } },
});

/** What valueFault and sourceFault say, as far as JSON Schema can say it. */
export const clauseRules: readonly JsonObject[] = [
  { properties: { source: { pattern: '^(-?[0-9]+$|/)' } } },
  whenOperator({ const: 'in' }, { anyOf: [{ type: ['string', 'number', 'boolean'] }, { type: 'array', items: flat }] }),
  whenOperator({ enum: ['eq', 'neq'] }, flat),
  whenOperator({ enum: [...ordering] }, { type: ['string', 'number'] }),
];

/** The faults of criteria whose shape is right; `find` knows what they are about. */
export function checkCriteria(criteria: Json | undefined, find: FindAttribute): readonly Fault[] {
  const clauses = isJsonObject(criteria ?? null) ? (criteria as { readonly clauses?: Json }).clauses : [];
  if (!Array.isArray(clauses)) return [];
  return clauses.flatMap((clause: Json, index) => {
    if (!isJsonObject(clause)) return [];
    const { source, operator, value } = clause;
    const faults = [
      { member: 'source', message: sourceFault(String(source), find) },
      { member: 'value', message: valueFault(operator!, value ?? null) },
    ];
    return faults.flatMap(({ member, message }) =>
      message === null ? [] : [{ pointer: `/criteria/clauses/${index}/${member}`, message }],
    );
  });
}

function sourceFault(source: string, find: FindAttribute): string | null {
  if (/^-?\d+$/.test(source)) return null;
  const pointer = source.startsWith('/') ? parsePointer(source) : null;
  if (pointer === null) return 'must be a pointer into a contact, such as /data/profile/age';
  return find(pointer) === null ? describeUnknown(pointer, find) : null;
}

function valueFault(operator: Json, value: Json): string | null {
  if (operator === 'in') {
    if (value === null) return 'must be a list, or a text with commas, for in';
    const isFlat = !Array.isArray(value) || value.every((one: Json) => typeof one !== 'object' || one === null);
    return isFlat ? null : 'must be a list of texts, numbers, true or false';
  }
  if (Array.isArray(value)) return `must be one value for ${String(operator)}; in takes a list`;
  const isOrdered = typeof value === 'string' || typeof value === 'number';
  return ordering.has(operator) && !isOrdered ? `must be a text or a number for ${String(operator)}` : null;
}
