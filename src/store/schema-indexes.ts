/**
 * Which indexes a table has, as it follows from its declaration: every foreign key, the order of changes, the order by
 * id within a security group, and what the declaration lists. Everything begins with the customer, because every
 * statement does.
 *
 * A newcomer's mistake would be to add one for each filter that somebody may ask: interactions arrive by the hundred
 * thousand, and each index makes that a twentieth slower. Attributes are listed where large tables are read by them.
 */
import type { Attribute, Relation, Resource, RowsAttribute } from '../model.ts';
import { snakeCase } from '../names.ts';

/** `live`: unique among rows that are not deleted. `document`: which rows hold a value at a place in one jsonb column. */
export type IndexKind = 'primary' | 'live' | 'plain' | 'document';

export interface TableIndex {
  readonly kind: IndexKind;
  /** As PostgreSQL calls them. */
  readonly columns: readonly string[];
}

const primary: TableIndex = { kind: 'primary', columns: ['customer_id', 'id'] };

/** The attributes of a resource that are foreign keys. */
export function references(resource: Resource): readonly Attribute[] {
  const group = resource.relations.get('securityGroup') as Relation & { kind: 'one' };
  return [group.attribute, ...resource.attributes.filter(({ field }) => field.reference !== undefined)];
}

export function indexesOf(resource: Resource): readonly TableIndex[] {
  const { scope, indexes = [], sorts = [], unique = [] } = resource.declaration;
  const columnOf = makeColumnOf(resource);
  const inGroup = ['customer_id', 'security_group_id'];
  const grouped = scope === 'group' || scope === 'group-and-above';
  const live = unique.map(({ within, of }): TableIndex => {
    return { kind: 'live', columns: [...(within === 'group' ? inGroup : ['customer_id']), ...of.map(columnOf)] };
  });
  const documents = resource.attributes.filter(({ field }) => field.indexed === true);
  return [
    primary,
    ...live,
    ...withoutPrefixes([
      ...indexes.map((names) => ['customer_id', ...names.map(columnOf), 'id']),
      ...sorts.map((name) => ['customer_id', columnOf(name), 'id']),
      ...(grouped ? sorts.map((name) => [...inGroup, columnOf(name), 'id']) : []),
      ...(grouped ? [[...inGroup, 'id']] : []),
      ['customer_id', 'sync_seq'],
      ...references(resource).map(({ column }) => ['customer_id', column]),
    ]).map((columns) => ({ kind: 'plain', columns }) as const),
    ...documents.map(({ column }) => ({ kind: 'document', columns: [column] }) as const),
  ];
}

export function indexesOfRows({ owner, field, members }: RowsAttribute): readonly TableIndex[] {
  const key = members.find(({ path }) => path[0] === field.key)!;
  const keys = members.filter(({ field: member }) => member.reference !== undefined);
  return [
    primary,
    { kind: 'live', columns: ['customer_id', owner, key.column] },
    ...[owner, 'sync_seq', ...keys.map(({ column }) => column)].map((column) => {
      return { kind: 'plain', columns: ['customer_id', column] } as const;
    }),
  ];
}

/** The column that a declaration means with a name: an attribute, a group's member, or a column that nobody sees. */
function makeColumnOf({ declaration, envelope, attributes }: Resource): (name: string) => string {
  return (name) => {
    const isMeant = ({ path }: Attribute): boolean => path.slice(1).join('.') === name || path.at(-1) === name;
    const attribute = attributes.find(isMeant) ?? envelope.find(isMeant);
    if (attribute !== undefined) return attribute.column;
    if (declaration.hidden?.[name] !== undefined) return snakeCase(name);
    throw new Error(`${declaration.name}: has an index of ${name}, which it does not declare`);
  };
}

/** An index that another begins with answers nothing that the other does not. */
function withoutPrefixes(all: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return all.filter(
    (columns, i) =>
      !all.some(
        (other, j) =>
          j !== i && columns.every((name, k) => other[k] === name) && (other.length > columns.length || j < i),
      ),
  );
}
