/** What follows from the measures of a group, or from those of all groups, beside the groups' own columns. */
import type { Attribute } from '../model.ts';
import { join, name, raw, type Sql, sql } from '../store/sql.ts';
import type { ReadContext } from './context.ts';
import type { Derived } from './stats-selection.ts';

/** The median absolute deviation of a normal distribution is this part of its standard deviation. */
const deviationOfMedian = 0.6745;

/** A SELECT of `groups` (a SELECT) with the derived columns. */
export function deriveColumns(groups: Sql, derived: readonly Derived[], context: ReadContext): Sql {
  const group = context.alias();
  const ratios = derived.flatMap((one) =>
    one.kind === 'ratio'
      ? [
          sql`, ${name(group, one.of.column)}::double precision / nullif(${name(group, one.to.column)}, 0) AS ${name(one.attribute.column)}`,
        ]
      : [],
  );
  const whole =
    ratios.length === 0 ? groups : sql`SELECT ${name(group)}.*${join(ratios, '')} FROM (${groups}) ${name(group)}`;
  const deviations = derived.filter((one) => one.kind === 'deviation');
  return deviations.length === 0 ? whole : compareWithAll(whole, deviations, context);
}

function compareWithAll(
  groups: Sql,
  deviations: readonly (Derived & { kind: 'deviation' })[],
  context: ReadContext,
): Sql {
  const [all, middle, spread] = [context.alias(), context.alias(), context.alias()];
  const each = (make: (of: Attribute, as: Sql) => Sql): Sql =>
    join(deviations.map(({ of, attribute }) => make(of, name(attribute.column))));
  const median = (value: Sql): Sql => sql`percentile_cont(0.5) WITHIN GROUP (ORDER BY ${value})`;
  const distance = (of: Attribute, as: Sql): Sql => sql`${name(all, of.column)} - ${name(middle)}.${as}`;
  return sql`WITH ${name(all)} AS MATERIALIZED (${groups}),
    ${name(middle)} AS (SELECT ${each((of, as) => sql`${median(name(all, of.column))} AS ${as}`)} FROM ${name(all)}),
    ${name(spread)} AS (SELECT ${each((of, as) => sql`${median(sql`abs(${distance(of, as)})`)} AS ${as}`)}
      FROM ${name(all)} CROSS JOIN ${name(middle)})
    SELECT ${name(all)}.*, ${each((of, as) => sql`${raw(String(deviationOfMedian))} * (${distance(of, as)}) / nullif(${name(spread)}.${as}, 0) AS ${as}`)}
    FROM ${name(all)} CROSS JOIN ${name(middle)} CROSS JOIN ${name(spread)}`;
}
