/** Asks for an export as a person, and reads it as a program of theirs would. */
import { parse } from 'csv-parse/sync';
import { asyncBufferFromBytes, type Bytes } from './parquet-bytes.ts';
import { parquetReadObjects } from 'hyparquet';
import type { PersonName, World } from '../../world.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface ExportAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly bytes: Bytes;
  readonly problem: {
    readonly code: string;
    readonly detail: string;
    readonly errors?: readonly { pointer: string }[];
  };
}

export async function askExport(world: World, person: PersonName, path: string): Promise<ExportAnswer> {
  const reply = await world.app.inject({ url: path, headers: world.as(person) });
  const bytes = reply.rawPayload;
  const problem = reply.statusCode === 200 ? null : reply.json<ExportAnswer['problem']>();
  return { status: reply.statusCode, headers: reply.headers, bytes, problem: problem! };
}

/** Rows by the names of their columns; every value is a text. */
export function readCsv(bytes: Bytes): readonly Row[] {
  return parse(bytes, { columns: true, bom: true, record_delimiter: '\r\n' });
}

export function readLines(bytes: Bytes): readonly Row[] {
  const lines = bytes.toString('utf8').split('\n');
  if (lines.pop() !== '') throw new Error('The last line does not end');
  return lines.map((line) => JSON.parse(line) as Row);
}

export function readParquet(bytes: Bytes): Promise<readonly Row[]> {
  return parquetReadObjects({ file: asyncBufferFromBytes(bytes) });
}
