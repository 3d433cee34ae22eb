/**
 * What a collection of a device is declared as, and how that becomes what the compiler works on. A collection says which
 * tables lead from the walklists of the device's holder to its rows, and which of their attributes a document has.
 *
 * A newcomer's mistake would be a document with arrays or objects in it: the stock client cannot ask for those. What is
 * no single value travels as JSON in a text (`json`), or is a collection of its own.
 */
import { integer } from '../fields/integer.ts';
import { reference } from '../fields/reference.ts';
import { splitPointer } from '../json-pointer.ts';
import { type Attribute, findAttribute, type Model, type Resource } from '../model.ts';
import { pascalCase, snakeCase } from '../names.ts';
import type { Collection, DocumentField, DocumentSource, Step } from '../read/collection.ts';
import { wholeData } from '../read/envelope.ts';
import type { Output } from '../read/selection.ts';

/**
 * A table: a resource, or the items of one of its arrays (`walklist.stops`), whose attributes (or `id`) equal those of
 * tables before it: `{ householdId: 'stops.householdId' }`.
 */
export interface StepDeclaration {
  readonly table: string;
  readonly on: Readonly<Record<string, string>>;
}

export interface CollectionDeclaration {
  /** camelCase, singular; the GraphQL fields are called `pull<Name>` and so on. */
  readonly name: string;
  readonly description: string;
  /** From the walklist to the rows, which are the last; none: the rows are the walklists. Null: only `own` decides. */
  readonly path: readonly StepDeclaration[] | null;
  /** The resource of the rows where no path leads to them. */
  readonly of?: string;
  /** The attribute that names the holder of the device, where nobody else's rows are kept. */
  readonly own?: string;
  /** By the name in the document: a pointer into the row (`/data/notes`, `/data/profile/age`, `/data/address/data/city`),
   * or several attributes of a linked list as JSON. */
  readonly fields: Readonly<Record<string, string | LinkedDeclaration>>;
}

/** Rows at the other end of a relation, as a JSON array of objects with these attributes. */
export interface LinkedDeclaration {
  readonly relation: string;
  readonly attributes: readonly string[];
  readonly description: string;
}

export function makeCollection(declaration: CollectionDeclaration, model: Model): Collection {
  const { name, description, path, own } = declaration;
  const start: Place = {
    name: 'walklist',
    resource: model.get('walklist'),
    table: 'walklists',
    columnOf: columnsOf(model.get('walklist')),
  };
  const places: Place[] = path === null ? [] : [start];
  const steps: Step[] = path === null ? [] : [{ resource: start.resource, table: start.table, on: [assigned] }];
  for (const step of path ?? []) {
    const place = findPlace(step.table, model);
    steps.push({ resource: place.resource, table: place.table, on: joinsOf(step, place, places) });
    places.push(place);
  }
  const last = places.at(-1) ?? placeOfResource(model.get(declaration.of!));
  const rows = steps.pop() ?? { resource: last.resource, table: last.table, on: [] };
  return {
    name,
    typeName: pascalCase(name),
    description,
    steps,
    rows,
    own: own === undefined ? null : last.columnOf(own),
    isReached: path !== null,
    fields: Object.entries(declaration.fields).map(([field, from]) => makeField(field, from, last, model)),
  };
}

const itemPosition: Attribute = {
  path: ['position'],
  column: 'position',
  field: integer('Which of them it is, counting from 0.'),
  required: true,
};
const itemOwner = { path: ['owner'], field: reference('', 'What it belongs to.'), required: true };

/** Of the first step: the walklist that somebody was given. */
const assigned = { column: 'id', of: -1, equals: 'walklist_id' };

/** A table, and what its columns are called. */
interface Place {
  readonly name: string;
  /** Null for items of an array. */
  readonly resource: Resource | null;
  readonly table: string;
  readonly columnOf: (attribute: string) => string;
  readonly items?: { readonly members: readonly Attribute[]; readonly owner: string };
}

function findPlace(text: string, model: Model): Place {
  const [resource = '', array] = text.split('.');
  if (array === undefined) return placeOfResource(model.get(resource));
  const rows = model.get(resource).rows.find(({ path }) => path[1] === array);
  if (rows === undefined) throw new Error(`${resource} has no array ${array}`);
  const own = new Map(rows.members.map(({ path, column }) => [path[0]!, column]));
  const columnOf = (attribute: string): string => own.get(attribute) ?? snakeCase(attribute);
  return { name: array, resource: null, table: rows.table, columnOf, items: rows };
}

function placeOfResource(resource: Resource): Place {
  return { name: resource.name, resource, table: resource.table, columnOf: columnsOf(resource) };
}

function columnsOf({ name, attributes, envelope }: Resource): (attribute: string) => string {
  const columns = new Map([...envelope, ...attributes].map(({ path, column }) => [path.at(-1)!, column]));
  return (attribute) => {
    const column = columns.get(attribute);
    if (column === undefined) throw new Error(`${name} has no attribute ${attribute}`);
    return column;
  };
}

function joinsOf({ on }: StepDeclaration, place: Place, before: readonly Place[]): Step['on'] {
  return Object.entries(on).map(([attribute, text]) => {
    const [from = '', equals = ''] = text.split('.');
    const of = before.findIndex(({ name }) => name === from);
    if (of === -1) throw new Error(`${place.name} is joined to ${from}, which does not come before it`);
    return { column: place.columnOf(attribute), of, equals: before[of]!.columnOf(equals) };
  });
}

function makeField(name: string, from: string | LinkedDeclaration, place: Place, model: Model): DocumentField {
  if (typeof from !== 'string') return linkedField(name, from, place.resource!, model);
  const path = splitPointer(from);
  if (place.items !== undefined) return itemField(name, path[0]!, place.items);
  const resource = place.resource!;
  const attribute = findAttribute(resource, path);
  if (attribute !== null) return attributeField(name, attribute, { kind: 'attribute', attribute });
  const far = findFar(resource, path, model);
  if (far !== null) return attributeField(name, far.attribute, far);
  const document = resource.attributes.find((each) => each.path.every((part, index) => part === path[index]));
  if (document !== undefined) {
    const { description } = document.field;
    return { name, description: `${description} (${from})`, type: 'text', source: { kind: 'place', pointer: path } };
  }
  const output = wholeData(resource).find(({ key }) => key === path[1]);
  const rows = resource.rows.find((each) => each.path[1] === path[1]);
  if (output === undefined || rows === undefined) throw new Error(`${resource.name} has nothing at ${from}`);
  return { name, description: asJson(rows.field.description), type: 'text', source: { kind: 'json', output } };
}

const types: Readonly<Record<string, DocumentField['type']>> = {
  integer: 'integer',
  decimal: 'decimal',
  boolean: 'boolean',
};

function attributeField(name: string, { field }: Attribute, source: DocumentSource): DocumentField {
  const description = field.kind === 'document' ? asJson(field.description) : field.description;
  return { name, description, type: types[field.kind] ?? 'text', source };
}

function itemField(name: string, key: string, { members, owner }: NonNullable<Place['items']>): DocumentField {
  const attribute = members.find(({ path }) => path[0] === key);
  if (attribute !== undefined) return attributeField(name, attribute, { kind: 'attribute', attribute });
  const known = key === 'position' ? itemPosition : { ...itemOwner, column: owner };
  return attributeField(name, known, { kind: 'attribute', attribute: known });
}

function findFar(resource: Resource, path: readonly string[], model: Model): (DocumentSource & { kind: 'far' }) | null {
  const relation = resource.relations.get(path[1] ?? '');
  if (relation?.kind !== 'one' || path.length < 4) return null;
  const target = model.get(relation.target);
  const attribute = findAttribute(target, path.slice(2));
  return attribute === null ? null : { kind: 'far', relation, target, attribute };
}

function linkedField(name: string, from: LinkedDeclaration, resource: Resource, model: Model): DocumentField {
  const relation = resource.relations.get(from.relation);
  if (relation === undefined || relation.kind === 'one')
    throw new Error(`${resource.name} has no list ${from.relation}`);
  const target = model.get(relation.target);
  const members = from.attributes.map((key): Output => {
    const attribute = [...target.envelope, ...target.attributes].find(({ path }) => path.at(-1) === key);
    if (attribute === undefined) throw new Error(`${target.name} has no attribute ${key}`);
    return { kind: 'attribute', key, attribute };
  });
  const source = { kind: 'linked', relation, target, members } as const;
  return { name, description: asJson(from.description), type: 'text', source };
}

function asJson(description: string): string {
  return `${description} As JSON.`;
}
