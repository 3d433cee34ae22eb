/**
 * Columns on their way into a row group: each collects the values of its rows as the Parquet writer takes them, read from
 * the binary form of PostgreSQL's types.
 *
 * A newcomer's mistake would be to make an object of every value: half of the ids in a table of visits say which campaign,
 * survey or person it was, so an id that came a moment ago is used again.
 */
import type { ParquetForm } from '../../fields/field.ts';
import type { TakeField } from './binary-rows.ts';

export interface ParquetColumn {
  readonly name: string;
  readonly type: ParquetForm['type'];
  readonly take: TakeField;
  /** The values since the last call, in an array that nobody else holds. */
  readonly drain: () => unknown[];
}

/** PostgreSQL counts from 2000-01-01, everybody else from 1970-01-01. */
const epochMs = 946_684_800_000;
const epochDays = 10_957;
const twoTo32 = 4_294_967_296;

type Read = (bytes: Buffer, offset: number, length: number) => unknown;

const readers: Readonly<Record<ParquetForm['type'], () => Read>> = {
  BOOLEAN: () => (bytes, offset) => bytes[offset] === 1,
  INT32: () => (bytes, offset) => bytes.readInt32BE(offset),
  DOUBLE: () => (bytes, offset) => bytes.readDoubleBE(offset),
  DATE: () => (bytes, offset) => bytes.readInt32BE(offset) + epochDays,
  TIMESTAMP: () => readMoment,
  UUID: makeReadBytes,
  STRING: makeReadBytes,
  JSON: makeReadBytes,
};

export function makeParquetColumn(name: string, type: ParquetForm['type']): ParquetColumn {
  const read = readers[type]();
  let values: unknown[] = [];
  return {
    name,
    type,
    take: (bytes, offset, length) => void values.push(length === -1 ? null : read(bytes, offset, length)),
    drain() {
      const drained = values;
      values = [];
      return drained;
    },
  };
}

/** Microseconds to milliseconds. Doubles are exact for 285 years on both sides of 2000, and right to the second beyond. */
function readMoment(bytes: Buffer, offset: number): bigint {
  const microseconds = bytes.readInt32BE(offset) * twoTo32 + bytes.readUInt32BE(offset + 4);
  return BigInt(Math.floor(microseconds / 1000) + epochMs);
}

const remembered = 256;
/** Longer texts are seldom the same. */
const longestRemembered = 64;

function makeReadBytes(): Read {
  const recent: (Uint8Array | undefined)[] = new Array<Uint8Array | undefined>(remembered);
  return (bytes, offset, length) => {
    if (length > longestRemembered) return copyOf(bytes, offset, length);
    const slot = slotOf(bytes, offset, length);
    const known = recent[slot];
    if (known !== undefined && isSame(known, bytes, offset, length)) return known;
    const made = copyOf(bytes, offset, length);
    recent[slot] = made;
    return made;
  };
}

/** Of the last bytes: those of an id are as good as random. */
function slotOf(bytes: Buffer, offset: number, length: number): number {
  let hash = length;
  for (let at = Math.max(0, length - 4); at < length; at += 1) hash = (hash * 31 + bytes[offset + at]!) | 0;
  return hash & (remembered - 1);
}

function isSame(known: Uint8Array, bytes: Buffer, offset: number, length: number): boolean {
  if (known.length !== length) return false;
  for (let at = 0; at < length; at += 1) if (known[at] !== bytes[offset + at]) return false;
  return true;
}

/** A copy, because a view would keep all of the chunk. Small ones come from Node's pool and cost no allocation. */
function copyOf(bytes: Buffer, offset: number, length: number): Uint8Array {
  const copy = Buffer.allocUnsafe(length);
  bytes.copy(copy, 0, offset, offset + length);
  return copy;
}
