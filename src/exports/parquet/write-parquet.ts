/**
 * Apache Parquet from the binary rows of COPY. A row group is written as soon as it is full, so memory does not grow with
 * the file; each part is a file that is whole by itself.
 */
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { ParquetForm } from '../../fields/field.ts';
import type { Piece } from '../piece.ts';
import { makeBinaryRows } from './binary-rows.ts';
import { makeParquetColumn } from './columns.ts';
import { makeSchema, type ParquetColumnType } from './schema.ts';

/** Goes to another thread: data, and nothing else. */
export interface ParquetOptions {
  readonly columns: readonly ParquetColumnType[];
  readonly rowsPerPart: number;
}

/** Takes the next chunk of a COPY, or null behind the last; gives what is finished of the files. */
export type WriteParquet = (chunk: Uint8Array | null) => readonly Piece[];

const rowsPerGroup = 32_768;
/** Of rows with long texts fewer make a group. */
const bytesPerGroup = 16 * 1_048_576;

/** What is compressed. Ids are as good as random, and pages of yes and no are runs already. */
const compressed: ReadonlySet<ParquetForm['type']> = new Set([
  'STRING',
  'JSON',
  'TIMESTAMP',
  'DATE',
  'INT32',
  'DOUBLE',
]);

/** Of which the least and the greatest tell a reader what it need not read. The writer has none of bytes. */
const ordered: ReadonlySet<ParquetForm['type']> = new Set(['TIMESTAMP', 'DATE', 'INT32', 'DOUBLE']);

export function makeWriteParquet({ columns, rowsPerPart }: ParquetOptions): WriteParquet {
  const collected = columns.map(({ name, type }) => makeParquetColumn(name, type));
  const rows = makeBinaryRows(collected.map(({ take }) => take));
  let file: OpenFile | null = null;
  let parts = 0;
  let inPart = 0;
  let inGroup = 0;
  let groupBytes = 0;

  const endGroup = (): Piece => {
    file ??= openFile(columns);
    const bytes = file.writeGroup(
      collected.map(({ name, type, drain }) => ({
        ...{ name, data: drain() },
        codec: compressed.has(type) ? 'SNAPPY' : 'UNCOMPRESSED',
        statistics: ordered.has(type),
      })),
    );
    const piece = { bytes, rows: inGroup, endsPart: false };
    inPart += inGroup;
    [inGroup, groupBytes] = [0, 0];
    return piece;
  };
  const endPart = (): Piece => {
    file ??= openFile(columns);
    const bytes = file.finish();
    [file, inPart] = [null, 0];
    parts += 1;
    return { bytes, rows: 0, endsPart: true };
  };
  return (chunk) => {
    const pieces: Piece[] = [];
    let bytes = chunk === null ? null : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (bytes !== null) groupBytes += bytes.length;
    for (;;) {
      const room = Math.min(rowsPerGroup, rowsPerPart - inPart) - inGroup;
      const read = rows.read(bytes, room);
      bytes = null;
      inGroup += read;
      if (read < room) break;
      pieces.push(endGroup());
      if (inPart === rowsPerPart) pieces.push(endPart());
    }
    if (inGroup > 0 && (groupBytes >= bytesPerGroup || chunk === null)) pieces.push(endGroup());
    if (chunk === null && (inPart > 0 || parts === 0)) pieces.push(endPart());
    return pieces;
  };
}

type Group = Parameters<ParquetWriter['write']>[0]['columnData'];

interface OpenFile {
  /** The bytes that were written since the last call. */
  writeGroup(group: Group): Uint8Array;
  finish(): Uint8Array;
}

function openFile(columns: readonly ParquetColumnType[]): OpenFile {
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({ writer, schema: makeSchema(columns) });
  const take = (): Uint8Array => {
    const bytes = writer.getBytes().slice();
    // The place in the file goes on, the place in the buffer begins anew.
    writer.index = 0;
    return bytes;
  };
  return {
    writeGroup(group) {
      void parquet.write({ columnData: group, rowGroupSize: rowsPerGroup });
      return take();
    },
    finish() {
      void parquet.finish();
      return take();
    },
  };
}
