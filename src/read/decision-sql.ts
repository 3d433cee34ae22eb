/**
 * Which row another table's rules give to a row: of the rules within what was asked for, the first whose criteria the
 * row meets. Rules, and what they give, count only as far as the caller may see them, so nobody learns through a
 * decision of a row that is not theirs; and deleted ones decide nothing.
 */
import type { Attribute, Resource } from '../model.ts';
import { name, raw, type Sql, sql, join } from '../store/sql.ts';
import type { ReadContext } from './context.ts';
import { compileCriteria } from './criteria-sql.ts';
import { termDocument } from './document-comparison.ts';
import type { Output } from './selection.ts';
import { getTerm } from './term.ts';

/** The text of the row that is given, NULL where no rule fits. `row` is the alias of the row that is decided about. */
export function compileDecision(
  { decision, within, members }: Output & { readonly kind: 'decided' },
  resource: Resource,
  row: string,
  context: ReadContext,
): Sql {
  const [rules, target] = [context.model.get(decision.rule), context.model.get(decision.target)];
  const around = context.model.get(decision.within.field.reference!.to);
  const [subject, rule, scope, end] = [context.alias(), context.alias(), context.alias(), context.alias()];
  const met = compileCriteria(name(rule, decision.criteria.column), name(subject, 'envelope'));
  // OFFSET keeps the envelope from being built anew for each clause of each rule.
  return sql`(SELECT ${context.compileNode(members, target, end, context)}
    FROM (SELECT ${envelopeDocument(resource, row)} AS envelope OFFSET 0) ${name(subject)}
    CROSS JOIN ${name(rules.table)} ${name(rule)}
    JOIN ${name(around.table)} ${name(scope)} ON ${name(scope, 'id')} = ${name(rule, decision.within.column)}
    JOIN ${name(target.table)} ${name(end)} ON ${name(end, 'id')} = ${name(rule, decision.gives.column)}
    WHERE ${name(rule, decision.within.column)} = ${within}::uuid AND ${context.visible(rules, rule, 'exclude')}
      AND ${context.visible(around, scope, 'exclude')} AND ${context.visible(target, end, 'exclude')} AND ${met}
    ORDER BY ${name(rule, decision.order.column)}, ${name(rule, 'id')} LIMIT 1)`;
}

/** The row as criteria see it: as the wire shows it, and with the id also where existing clients look for it. */
function envelopeDocument(resource: Resource, row: string): Sql {
  const whole = [...resource.envelope, ...resource.attributes];
  return objectOf(whole, 0, (attribute) => termDocument(getTerm(resource, attribute.path, row)), {
    data: [sql`'id', ${name(row, 'id')}`],
    meta: [sql`'resource', ${raw(`'${resource.label}'`)}::text`],
  });
}

function objectOf(
  attributes: readonly Attribute[],
  depth: number,
  valueOf: (attribute: Attribute) => Sql,
  more: Readonly<Record<string, readonly Sql[]>>,
): Sql {
  const byKey = new Map<string, Attribute[]>();
  for (const attribute of attributes) {
    const key = attribute.path[depth]!;
    byKey.set(key, [...(byKey.get(key) ?? []), attribute]);
  }
  const members = [...byKey].map(([key, inside]) => {
    const [first] = inside;
    const isLeaf = first!.path.length === depth + 1;
    const value = isLeaf ? valueOf(first!) : objectOf(inside, depth + 1, valueOf, {});
    const added = depth === 0 && more[key] !== undefined ? sql` || jsonb_build_object(${join(more[key])})` : raw('');
    return sql`${raw(`'${key}'`)}, ${value}${added}`;
  });
  return sql`jsonb_build_object(${join(members)})`;
}
