/**
 * Pushes of items of an array: a walklist's stops. A device neither adds nor takes away stops, it says how far it came
 * with those that it was given; and it says so only for as long as the walklist is in its hands.
 */
import type { Viewer } from '../../access/viewer.ts';
import type { Json, JsonObject } from '../../json.ts';
import type { Attribute, Resource, RowsAttribute } from '../../model.ts';
import type { Operation } from '../../patch/operation.ts';
import { invalidInput, Problem } from '../../problem.ts';
import type { Collection } from '../../read/collection.ts';
import type { RowsQuestion } from '../../read/reader.ts';
import type { Output } from '../../read/selection.ts';
import { isUuid } from '../../uuid.ts';
import type { Patch } from '../../write/change.ts';
import { checkTexts, type DeviceField, makeDeviceFields, sentValue, withSent } from './device-field.ts';
import { documentOutputs } from './document-output.ts';
import { hasAll, merge } from './merge.ts';
import { conflict } from './push-rows.ts';
import type { PushRow } from './push-row.ts';
import type { Asking, CurrentDocument, PushedCollection } from './pushed-collection.ts';

export interface ItemsOptions {
  /** What a device pulls of them. */
  readonly collection: Collection;
  /** Those that a device writes. */
  readonly written: readonly string[];
  /** Throws a Problem where the row, of which these are the data, is not in the caller's hands. */
  readonly checkHeld: (data: JsonObject, asking: Asking) => void;
  /** Whether the caller may have the row on their device. */
  readonly isOnDevice: (data: JsonObject, viewer: Viewer) => boolean;
}

interface Parts extends ItemsOptions {
  readonly owner: Resource;
  readonly rows: RowsAttribute;
  readonly fields: readonly DeviceField[];
}

export function makeItemCollection(owner: Resource, rows: RowsAttribute, options: ItemsOptions): PushedCollection {
  const parts = { ...options, owner, rows, fields: makeDeviceFields(options.collection, options.written) };
  const question = makeQuestion(owner, rows, options.collection);
  return {
    name: options.collection.name,
    collection: options.collection,
    resource: owner,
    makeChange: (row, asking) => makeChange(row, asking, parts),
    makeForcedChange: (row) =>
      patch(row, parts, (item) => {
        const spoken = parts.fields.filter((field) => sentValue(row.wanted, field) !== undefined);
        return spoken.length === 0 ? item : withSent(item, row.wanted, spoken);
      }),
    hasAll: (row, { data }) => !row.isDeleted && hasAll(parts.fields, data, row.wanted),
    async readCurrent(pushed, { viewer, atOffice = false }, reader) {
      const ids = [...new Set(pushed.map((row) => ownerOf(row, owner).toLowerCase()).filter(isUuid))];
      const found = await reader.readRows(viewer, question, ids);
      const read = [...found.values()].map(({ text }) => JSON.parse(text) as Read);
      const shown = read.filter(({ data }) => atOffice || options.isOnDevice(data, viewer));
      return new Map(shown.flatMap(({ items }) => items.map(({ id, ...item }) => [id, item])));
    },
    references: (row, current) => (current === undefined ? {} : { [`${owner.name}Id`]: ownerOf(row, owner) }),
  };
}

/** The id of the row that the item belongs to, which its document carries. */
function ownerOf({ wanted }: PushRow, owner: Resource): string {
  const id = wanted[`${owner.name}Id`];
  return typeof id === 'string' ? id : '';
}

function makeChange(row: PushRow, asking: Asking, parts: Parts): Patch | Problem {
  const { owner, fields } = parts;
  const { name } = parts.collection;
  const id = ownerOf(row, owner);
  const fault = (message: string, pointer = `/${owner.name}Id`) => invalidInput([{ pointer, message }]);
  if (!isUuid(id)) return fault(`must be the ${owner.name} that the ${name} belongs to`);
  if (row.isDeleted) return fault('cannot be taken away by a device', '/isDeleted');
  const { assumed, wanted } = row;
  return patch(row, parts, (item, data) => {
    parts.checkHeld(data, asking);
    const merged = merge(fields, item, { assumed, wanted });
    if (merged.kind === 'conflict') throw conflict(merged.fields);
    return merged.kind === 'same' ? item : withSent(item, wanted, merged.fields);
  });
}

/** A patch of the item in its array; `change` gives the item as it shall be. */
function patch(
  row: PushRow,
  { owner, rows, fields }: Parts,
  change: (item: JsonObject, data: JsonObject) => JsonObject,
): Patch {
  const [, name] = rows.path;
  const { key } = rows.field;
  const operations = (data: JsonObject): readonly Operation[] => {
    checkTexts(row.wanted, fields);
    const items = (data[name!] ?? []) as readonly JsonObject[];
    const index = items.findIndex((item) => item[key] === lowerCase(row.wanted[key]));
    const item = items[index];
    if (item === undefined) throw new Problem('NOT_FOUND', `The ${owner.name} has no such stop any more.`);
    const after = change(item, data);
    if (after === item) return [];
    const place = `/${name}/${index}`;
    return [
      { op: 'test', path: `${place}/${key}`, value: item[key]! },
      ...fields.map(({ path: [member] }): Operation => {
        return { op: 'add', path: `${place}/${member}`, value: after[member!] ?? null };
      }),
    ];
  };
  return { kind: 'patch', id: ownerOf(row, owner), etags: '*', operations };
}

function lowerCase(value: Json | undefined): Json | undefined {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

interface Read {
  readonly data: JsonObject;
  readonly items: readonly (CurrentDocument & { readonly id: string })[];
}

function makeQuestion(owner: Resource, rows: RowsAttribute, collection: Collection): RowsQuestion {
  const id = owner.envelope.find(({ path }) => path[0] === 'id')!;
  const members = (attributes: readonly Attribute[]): readonly Output[] =>
    attributes.map((attribute) => ({ kind: 'attribute', key: attribute.path.at(-1)!, attribute }));
  const columns = owner.attributes.filter(({ path }) => path.length === 2);
  return {
    resource: owner,
    spelling: 'document',
    deleted: 'exclude',
    members: [
      { kind: 'object', key: 'data', members: members(columns) },
      {
        kind: 'rows',
        key: 'items',
        rows,
        members: [
          { kind: 'attribute', key: 'id', attribute: id },
          { kind: 'object', key: 'data', members: members(rows.members) },
          { kind: 'object', key: 'document', members: documentOutputs(id, collection) },
        ],
      },
    ],
  };
}
