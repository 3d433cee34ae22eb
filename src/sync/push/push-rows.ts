/**
 * Pushes of whole rows. A document that the device made is a create under the device's own id, and what was created
 * once under it answers for good; what the device changed is a patch of the fields that it changed.
 */
import type { JsonObject } from '../../json.ts';
import type { Resource } from '../../model.ts';
import type { Operation } from '../../patch/operation.ts';
import { Problem } from '../../problem.ts';
import type { Collection } from '../../read/collection.ts';
import { wholeData } from '../../read/envelope.ts';
import type { RowsQuestion } from '../../read/reader.ts';
import type { Change } from '../../write/change.ts';
import { isUuid } from '../../uuid.ts';
import { checkTexts, type DeviceField, findTextFaults, makeDeviceFields, sentValue, withSent } from './device-field.ts';
import { documentOutputs } from './document-output.ts';
import { hasAll, merge } from './merge.ts';
import type { PushRow } from './push-row.ts';
import type { CurrentDocument, PushedCollection } from './pushed-collection.ts';

export interface RowsOptions {
  /** What a device pulls of them. */
  readonly collection: Collection;
  /** Those that a device writes. The server sets the others, whatever a device sends. */
  readonly written: readonly string[];
}

export function makeRowCollection(resource: Resource, { collection, written }: RowsOptions): PushedCollection {
  const fields = makeDeviceFields(collection, written);
  const id = resource.envelope.find(({ path }) => path[0] === 'id')!;
  const question: RowsQuestion = {
    resource,
    spelling: 'document',
    deleted: 'exclude',
    members: [
      { kind: 'object', key: 'data', members: wholeData(resource) },
      { kind: 'object', key: 'document', members: documentOutputs(id, collection) },
    ],
  };
  return {
    name: collection.name,
    collection,
    resource,
    makeChange: (row) =>
      row.isDeleted ? removal(row, fields) : row.assumed === null ? creation(row, fields) : patch(row, fields),
    makeForcedChange: (row, current) => {
      if (row.isDeleted) return { kind: 'remove', id: row.id, etags: '*' };
      return current === undefined ? creation(row, fields) : forcedPatch(row, fields);
    },
    hasAll: (row, { data }) => !row.isDeleted && hasAll(fields, data, row.wanted),
    async readCurrent(rows, { viewer }, reader) {
      const ids = rows.map((row) => row.id.toLowerCase()).filter(isUuid);
      const found = await reader.readRows(viewer, question, ids);
      return new Map([...found].map(([key, { text }]) => [key, JSON.parse(text) as CurrentDocument]));
    },
    references: ({ id: given }, current) => (current === undefined ? {} : { [`${resource.name}Id`]: given }),
  };
}

function creation({ id, wanted }: PushRow, fields: readonly DeviceField[]): Change {
  const data = withSent({}, wanted, fields);
  const faults = findTextFaults(wanted, fields);
  return { kind: 'create', id, securityGroupId: null, data, params: {}, faults };
}

function patch({ id, assumed, wanted }: PushRow, fields: readonly DeviceField[]): Change {
  const operations = (data: JsonObject): readonly Operation[] => {
    checkTexts(wanted, fields);
    const merged = merge(fields, data, { assumed, wanted });
    if (merged.kind === 'conflict') throw conflict(merged.fields);
    return merged.kind === 'same' ? [] : replace(data, wanted, merged.fields);
  };
  return { kind: 'patch', id, etags: '*', operations };
}

function forcedPatch({ id, wanted }: PushRow, fields: readonly DeviceField[]): Change {
  const operations = (data: JsonObject): readonly Operation[] => {
    checkTexts(wanted, fields);
    const spoken = fields.filter((field) => sentValue(wanted, field) !== undefined);
    return replace(data, wanted, spoken);
  };
  return { kind: 'patch', id, etags: '*', operations };
}

/**
 * Only what the device knows of is deleted. Whoever assumes nothing has begun anew, and an app that clears its shelves in
 * the wrong way would otherwise clear ours.
 */
function removal({ id, assumed }: PushRow, fields: readonly DeviceField[]): Change {
  const check = (data: JsonObject): void => {
    if (assumed === null) throw conflict(['isDeleted']);
    const merged = merge(fields, data, { assumed: null, wanted: assumed });
    if (merged.kind === 'conflict') throw conflict(merged.fields);
  };
  return { kind: 'remove', id, etags: '*', check };
}

/** Whole attributes of the row, since a group that is not there has no members to replace. */
function replace(data: JsonObject, wanted: JsonObject, fields: readonly DeviceField[]): readonly Operation[] {
  const after = withSent(data, wanted, fields);
  return [...new Set(fields.map(({ path }) => path[0]!))].map((name) => {
    return { op: 'replace', path: `/${name}`, value: after[name] ?? null };
  });
}

export function conflict(fields: readonly string[]): Problem {
  return new Problem('PATCH_TEST_FAILED', `${fields.join(', ')}: changed here since the device read it.`);
}
