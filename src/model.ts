/**
 * The declarations seen together: flat attributes with their columns, and the relations that follow from references.
 * Everything that reads or writes works on this; nothing else walks a declaration.
 */
import { boolean } from './fields/boolean.ts';
import type { Field, LeafField, RowsField } from './fields/field.ts';
import { reference } from './fields/reference.ts';
import { text } from './fields/text.ts';
import { timestamp } from './fields/timestamp.ts';
import { kebabCase, pascalCase, snakeCase } from './names.ts';
import type { Declaration } from './resource.ts';

/** A value that has a column. `path` runs from the envelope's root: ['data', 'survey', 'surveyId']. */
export interface Attribute {
  readonly path: readonly string[];
  readonly column: string;
  readonly field: LeafField;
  readonly required: boolean;
}

/** An array that has a child table. */
export interface RowsAttribute {
  readonly path: readonly string[];
  readonly table: string;
  /** The column of the child table that points at the row. */
  readonly owner: string;
  readonly field: RowsField;
  /** `path` runs from the item. */
  readonly members: readonly Attribute[];
}

export type Relation =
  /** This row's `attribute` points at one `target`. */
  | { readonly kind: 'one'; readonly name: string; readonly target: string; readonly attribute: Attribute }
  /** Rows of `target` point here with `attribute`. */
  | { readonly kind: 'many'; readonly name: string; readonly target: string; readonly attribute: Attribute }
  /** Rows of `link` join this row (`near`) to rows of `target` (`far`). */
  | {
      readonly kind: 'through';
      readonly name: string;
      readonly target: string;
      readonly link: string;
      readonly near: Attribute;
      readonly far: Attribute;
    };

/** Rows of `rule` decide which row of `target` a row gets: the first of those within something whose criteria it meets. */
export interface Decision {
  readonly name: string;
  readonly target: string;
  readonly rule: string;
  readonly within: Attribute;
  readonly criteria: Attribute;
  readonly order: Attribute;
  readonly gives: Attribute;
}

export interface Resource {
  readonly declaration: Declaration;
  readonly name: string;
  readonly plural: string;
  /** Upper camel case: the GraphQL type. */
  readonly typeName: string;
  readonly table: string;
  /** kebab-case plural: `meta.resource`, and the second half of a permission. */
  readonly label: string;
  /** Attributes of the envelope beside `data`. */
  readonly envelope: readonly Attribute[];
  readonly attributes: readonly Attribute[];
  readonly rows: readonly RowsAttribute[];
  readonly relations: ReadonlyMap<string, Relation>;
  /** What rules of other resources decide about a row of this one. */
  readonly decisions: readonly Decision[];
}

export interface Model {
  readonly resources: readonly Resource[];
  /** The resource of that camelCase singular name; throws when nobody declared it. */
  get(name: string): Resource;
}

/** Made by the database of letters, digits and signs that need no escapes. */
const etag: LeafField = {
  ...text('Names this version of the row.'),
  json: (column) => `'"' || ${column} || '"'`,
  jsonParts: (column) => ({ before: '"', sql: column, after: '"' }),
};

const envelope: readonly Attribute[] = [
  leaf(['id'], 'id', reference('', 'Unique within the customer.'), true),
  leaf(['customerId'], 'customer_id', reference('', 'The customer the row belongs to.'), true),
  leaf(['securityGroupId'], 'security_group_id', reference('securityGroup', 'Whose members may touch the row.'), true),
  leaf(['meta', 'etag'], 'etag', etag, true),
  leaf(['meta', 'created'], 'created', timestamp('When the row arrived.'), true),
  leaf(['meta', 'createdBy'], 'created_by', reference('', 'The user who made the row; null for the system.'), false),
  leaf(['meta', 'modified'], 'modified', timestamp('When the row last changed.'), true),
  leaf(['meta', 'modifiedBy'], 'modified_by', reference('', 'The user who changed it last.'), false),
  leaf(['meta', 'isDeleted'], 'is_deleted', boolean('Whether the row has been deleted.'), true),
];

/** The relation names that the envelope itself needs. */
const reservedNames = new Set(['id', 'customerId', 'securityGroupId', 'data', 'meta']);

function leaf(path: readonly string[], column: string, field: LeafField, required: boolean): Attribute {
  return { path, column, field, required };
}

/** The column of a group's member: the group's name in front, unless the member's name begins with it. */
function memberColumn(group: string, member: string): string {
  return member.startsWith(group) ? snakeCase(member) : `${snakeCase(group)}_${snakeCase(member)}`;
}

function attributesOf(name: string, field: Field, required: boolean): readonly Attribute[] {
  if (field.storage === 'column') return [leaf(['data', name], snakeCase(name), field, required)];
  if (field.storage === 'rows') return [];
  return Object.entries(field.members).map(([member, inner]) =>
    leaf(['data', name, member], memberColumn(name, member), inner, required && field.required.includes(member)),
  );
}

function modelResource(declaration: Declaration, relations: Map<string, Relation>, decisions: Decision[]): Resource {
  const fields = Object.entries(declaration.fields);
  return {
    declaration,
    name: declaration.name,
    plural: declaration.plural,
    typeName: pascalCase(declaration.name),
    table: snakeCase(declaration.plural),
    label: kebabCase(declaration.plural),
    envelope,
    attributes: fields.flatMap(([name, field]) => attributesOf(name, field, declaration.required.includes(name))),
    rows: fields.flatMap(([name, field]) =>
      field.storage !== 'rows'
        ? []
        : {
            path: ['data', name],
            table: `${snakeCase(declaration.name)}_${snakeCase(name)}`,
            owner: `${snakeCase(declaration.name)}_id`,
            field,
            members: Object.entries(field.members).map(([member, inner]) =>
              leaf([member], snakeCase(member), inner, field.required.includes(member)),
            ),
          },
    ),
    relations,
    decisions,
  };
}

export function makeModel(declarations: readonly Declaration[]): Model {
  const relations = new Map(declarations.map(({ name }) => [name, new Map<string, Relation>()]));
  const decisions = new Map(declarations.map(({ name }) => [name, [] as Decision[]]));
  const resources = declarations.map((each) =>
    modelResource(each, relations.get(each.name)!, decisions.get(each.name)!),
  );
  const byName = new Map(resources.map((resource) => [resource.name, resource]));
  const get = (name: string): Resource => {
    const found = byName.get(name);
    if (found === undefined) throw new Error(`No resource is called ${name}`);
    return found;
  };
  const relate = (owner: string, relation: Relation): void => {
    const known = relations.get(get(owner).name)!;
    if (reservedNames.has(relation.name) || known.has(relation.name)) {
      throw new Error(`${owner} has two things called ${relation.name}: give one of the references an inverse name`);
    }
    known.set(relation.name, relation);
  };
  for (const resource of resources) relateReferences(resource, relate);
  for (const resource of resources) relateLinked(resource, get, relate);
  for (const rule of resources) {
    const { about } = rule.declaration.decides ?? {};
    if (about === undefined) continue;
    const decision = makeDecision(rule);
    const { name } = decision;
    if (relations.get(get(about).name)!.has(name)) throw new Error(`${about} has two things called ${name}`);
    decisions.get(about)!.push(decision);
  }
  return { resources, get };
}

function makeDecision(rule: Resource): Decision {
  const { within, criteria, order, gives } = rule.declaration.decides!;
  const at = (name: string): Attribute => rule.attributes.find(({ path }) => path[1] === name)!;
  const given = at(gives);
  return {
    name: gives.replace(/Id$/, ''),
    target: given.field.reference!.to,
    rule: rule.name,
    within: at(within),
    criteria: at(criteria),
    order: at(order),
    gives: given,
  };
}

type Relate = (owner: string, relation: Relation) => void;

function relateReferences(resource: Resource, relate: Relate): void {
  const group = resource.envelope.find(({ column }) => column === 'security_group_id')!;
  relate(resource.name, { kind: 'one', name: 'securityGroup', target: 'securityGroup', attribute: group });
  for (const attribute of resource.attributes) {
    const { reference } = attribute.field;
    if (reference === undefined) continue;
    const name = attribute.path.at(-1)!.replace(/Id$/, '');
    relate(resource.name, { kind: 'one', name, target: reference.to, attribute });
    if (reference.inverse === null) continue;
    const inverse = reference.inverse ?? resource.plural;
    relate(reference.to, { kind: 'many', name: inverse, target: resource.name, attribute });
  }
}

function relateLinked(resource: Resource, get: Model['get'], relate: Relate): void {
  const { link } = resource.declaration;
  if (link === undefined) return;
  const [left, right] = link.map((name) => resource.attributes.find(({ path }) => path[1] === name)!);
  for (const [near, far] of [[left!, right!] as const, [right!, left!] as const]) {
    const target = far.field.reference!.to;
    const name = get(target).plural;
    relate(near.field.reference!.to, { kind: 'through', name, target, link: resource.name, near, far });
  }
}

/** The attribute at a path, envelope included; null when there is none (or when it is an array with a table). */
export function findAttribute(resource: Resource, path: readonly string[]): Attribute | null {
  const all = [...resource.envelope, ...resource.attributes];
  return all.find((each) => each.path.length === path.length && each.path.every((part, i) => part === path[i])) ?? null;
}
