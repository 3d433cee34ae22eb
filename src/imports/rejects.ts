/**
 * The rows that could not be imported, as a file to be mended and imported again with the same layout: what is wrong in
 * front, then the columns as they were. UTF-8 always; a source in another encoding gets a byte order mark, which the
 * reader trusts more than the layout.
 */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Writable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { Problem } from '../problem.ts';

export interface Reject {
  readonly row: number;
  readonly column: string;
  readonly reason: string;
  readonly cells: readonly string[];
}

export interface Rejects {
  write(rejects: readonly Reject[]): Promise<void>;
  close(): Promise<void>;
}

export interface RejectsOptions {
  readonly target: string | Writable;
  readonly header: readonly string[];
  readonly delimiter: string;
  readonly marked: boolean;
}

const explanation = ['row', 'column', 'reason'];

export async function openRejects({ target, header, delimiter, marked }: RejectsOptions): Promise<Rejects> {
  const output = typeof target === 'string' ? await open(target) : target;
  const end = finished(output);
  // Looked at when the file is closed; until then `errored` tells.
  end.catch(() => {});
  // A rejects file that is imported again must not grow three more columns each time.
  const isRejects = explanation.every((name, index) => header[index] === name);
  const original = (cells: readonly string[]) => (isRejects ? cells.slice(explanation.length) : cells);

  async function put(records: readonly (readonly (string | number)[])[], mark = ''): Promise<void> {
    const text = mark + stringify(records as (string | number)[][], { delimiter, record_delimiter: '\r\n' });
    if (output.errored) throw output.errored;
    if (!output.write(text)) await once(output, 'drain');
  }

  await put([[...explanation, ...original(header)]], marked ? '\ufeff' : '');
  return {
    async write(rejects) {
      if (rejects.length === 0) return;
      await put(rejects.map(({ row, column, reason, cells }) => [row, column, reason, ...original(cells)]));
    },
    async close() {
      output.end();
      await end;
    },
  };
}

async function open(path: string): Promise<Writable> {
  const output = createWriteStream(path);
  try {
    await once(output, 'open');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Problem('INVALID_INPUT', `The rejects file ${path} cannot be written (${code ?? 'unknown'}).`);
  }
  return output;
}
