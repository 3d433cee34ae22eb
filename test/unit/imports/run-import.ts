/** Runs an import over text, with its people kept in memory, for the tests of imports. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll } from 'vitest';
import type { Door, DoorWriter } from '../../../src/imports/door.ts';
import { importDoors, type ImportOptions } from '../../../src/imports/import-doors.ts';
import type { Layout } from '../../../src/imports/layout.ts';

export const layout: Layout = {
  attributes: {
    '/externalId': 'ID',
    '/profile/name/anglican/given': 'FIRST',
    '/profile/name/anglican/surname': 'LAST',
    '/profile/birthdate': 'DOB',
    '/address/streetName': 'ADDRESS',
    '/address/city': 'CITY',
  },
};
export const header = 'ID,FIRST,LAST,DOB,ADDRESS,CITY,EXTRA';
export const ann = '1,ANN,LEE,1980-03-01,12 OAK ST,FLINT,x';
export const bob = '2,BOB,KIM,,14 OAK ST,FLINT,x';
const clock = { now: () => new Date('2026-11-21T12:00:00Z') };

export let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'doorstep-'))));
afterAll(() => rm(folder, { recursive: true }));

/** Keeps what is written in memory, and knows a person again by the external id. */
export class MemoryWriter implements DoorWriter {
  readonly batches: (readonly Door[])[] = [];
  readonly known = new Set<string>();
  async write(batch: readonly Door[]) {
    this.batches.push(batch);
    return batch.map(({ contact }) => {
      const id = contact.externalId ?? '';
      if (this.known.has(id)) return 'existing' as const;
      this.known.add(id);
      return 'created' as const;
    });
  }
}

export interface Run {
  readonly writer: MemoryWriter;
  readonly doors: readonly Door[];
  readonly rejects: readonly string[][];
  readonly summary: Awaited<ReturnType<typeof importDoors>>;
}

let runs = 0;
export async function run(
  text: string | Buffer,
  options: Partial<ImportOptions> = {},
  writer = new MemoryWriter(),
): Promise<Run> {
  const given = options.rejects;
  const rejects = typeof given === 'string' ? given : join(folder, `rejects-${(runs += 1)}.csv`);
  // One byte at a time, so that every boundary of a chunk is somewhere unpleasant.
  const source = Readable.from([...Buffer.from(text)].map((byte) => Buffer.of(byte)));
  const summary = await importDoors({ source, layout, writer, rejects, clock, ...options });
  const written = parse(await readFile(rejects), {
    bom: true,
    delimiter: options.layout?.delimiter ?? ',',
    relax_column_count: true,
  });
  return { writer, doors: writer.batches.flat(), rejects: written, summary };
}

export const lines = (...rows: string[]) => [header, ...rows, ''].join('\r\n');
