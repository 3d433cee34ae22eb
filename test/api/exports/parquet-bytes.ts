/** A file in memory, as the Parquet reader wants it. */
import type { AsyncBuffer } from 'hyparquet';

export type Bytes = Buffer;

export function asyncBufferFromBytes(bytes: Bytes): AsyncBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  return {
    byteLength,
    slice: (start, end = byteLength) =>
      Promise.resolve(buffer.slice(byteOffset + start, byteOffset + end) as ArrayBuffer),
  };
}
