/** `doorstep export`: the parts of one export in a folder, a bar for whoever waits, and a manifest whatever happens. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as makeId } from 'uuid';
import { makeSystemViewer } from '../../access/viewer.ts';
import { checkExport } from '../../exports/export-request.ts';
import { failureOf } from '../../exports/failure-of.ts';
import { beginPart } from '../../exports/job-files.ts';
import { type ExportState, makeManifest, type Manifest, type Part } from '../../exports/manifest.ts';
import { makeBeginExport } from '../../exports/open-export.ts';
import { writeParts } from '../../exports/write-parts.ts';
import { makeCopier } from '../../read/copier.ts';
import { CommandFailure } from '../command-failure.ts';
import { makeProgress } from '../progress.ts';
import type { Surroundings } from '../surroundings.ts';
import { type House, withHouse } from '../with-house.ts';
import { chooseCustomer } from './choose-customer.ts';
import type { ExportCommand } from './export-command.ts';

export function exportFiles(resource: string, options: ExportCommand, surroundings: Surroundings): Promise<void> {
  return withHouse(surroundings, { migrate: false }, (house, signal) =>
    write(house, signal, resource, options, surroundings),
  );
}

async function write(
  { database, model }: House,
  signal: AbortSignal,
  resource: string,
  options: ExportCommand,
  { clock, log, say, isTerminal }: Surroundings,
): Promise<void> {
  const { to, columns = null, defuse, customer = null, partRows, ...asked } = options;
  const rowsPerPart = parseRows(partRows);
  const names = columns === null ? null : columns.split(',').map((name) => name.trim());
  const request = checkExport({ ...asked, resource, columns: names, formulas: defuse ? 'defused' : 'kept' }, model);
  const customerId = await chooseCustomer(database, customer);
  const viewer = makeSystemViewer({ customerId, organizationGroupId: customerId });
  const begin = makeBeginExport({ database, model, copier: makeCopier({ database, model }) });
  const open = await begin(viewer, request, { signal, rowsPerPart });
  const parts: Part[] = [];
  const id = makeId();
  const describe = async (state: ExportState, failure: Manifest['failure']): Promise<void> => {
    const manifest = makeManifest(id, request, open.facts, { state, parts, failure });
    const file = await beginPart(to, 'manifest.json');
    await file.write(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
    await file.finish(0);
  };
  try {
    await mkdir(to, { recursive: true });
    const progress = makeProgress({ label: 'exporting', total: await open.count(), isTerminal, clock, log });
    try {
      await writeParts(open, request, {
        begin: (name) => beginPart(to, name),
        onPart: (part) => Promise.resolve(void parts.push(part)),
        onProgress({ rows, bytes }) {
          signal.throwIfAborted();
          progress.update(rows, { rows, megabytes: Math.round(bytes / 1e6) });
        },
      });
    } finally {
      progress.stop();
    }
    await describe('complete', null);
  } catch (error) {
    await describe(signal.aborted ? 'cancelled' : 'failed', signal.aborted ? null : failureOf(error));
    if (signal.aborted) throw new CommandFailure('Stopped. The manifest names the parts that are whole.');
    throw error;
  } finally {
    await open.close();
  }
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  say(`Exported ${rows.toLocaleString('en-US')} rows into ${parts.map(({ name }) => join(to, name)).join(', ')}`);
}

function parseRows(text: string): number {
  const rows = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (rows > 0) return rows;
  throw new CommandFailure(`--part-rows is a whole number above 0, not ${JSON.stringify(text)}.`, true);
}
