/**
 * What a push of one collection means. Two kinds of documents are pushed: whole rows (push-rows.ts), and items of an
 * array of a row (push-items.ts). Both become changes of the one write function.
 */
import type { Viewer } from '../../access/viewer.ts';
import type { Json, JsonObject } from '../../json.ts';
import type { Resource } from '../../model.ts';
import type { Collection } from '../../read/collection.ts';
import type { Problem } from '../../problem.ts';
import type { Reader } from '../../read/reader.ts';
import type { Change } from '../../write/change.ts';
import type { PushRow } from './push-row.ts';

export interface Asking {
  readonly viewer: Viewer;
  /** ISO 8601. */
  readonly now: string;
}

export interface Reading {
  readonly viewer: Viewer;
  /** Whether a person at the office looks, who may see what is on nobody's device. */
  readonly atOffice?: boolean;
}

/** A document as the server has it now. */
export interface CurrentDocument {
  /** The row's data, or the item. */
  readonly data: JsonObject;
  readonly document: Readonly<Record<string, Json>>;
}

export interface PushedCollection {
  /** camelCase, singular: `push<Name>`. */
  readonly name: string;
  /** Whose rows are written. */
  readonly resource: Resource;
  /** What the device pulls of it. */
  readonly collection: Collection;
  /** What the row asks for; what no device may ask is a Problem. */
  makeChange(row: PushRow, asking: Asking): Change | Problem;
  /** The same for somebody at the office, who has looked at both versions: what there is gives way. */
  makeForcedChange(row: PushRow, current: CurrentDocument | undefined): Change;
  /** Whether the server has all that the row wants. */
  hasAll(row: PushRow, current: CurrentDocument): boolean;
  /** The documents as they are now, by their ids in lower case; those that the caller may not have are missing. */
  readCurrent(
    rows: readonly PushRow[],
    reading: Reading,
    reader: Reader,
  ): Promise<ReadonlyMap<string, CurrentDocument>>;
  /** What a rejection of the row refers to. */
  references(row: PushRow, current: CurrentDocument | undefined): JsonObject;
}
