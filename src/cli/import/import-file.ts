/** `doorstep import`: reads what the command line names, runs the import, and reports. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseLayout } from '../../imports/check-layout.ts';
import { parseGeocodes } from '../../imports/geocodes.ts';
import { importDoors, type ImportOptions, type ImportProgress } from '../../imports/import-doors.ts';
import type { ImportSummary } from '../../imports/import-summary.ts';
import type { Layout } from '../../imports/layout.ts';
import { layouts } from '../../imports/layouts/index.ts';
import { loadCityOfZip } from '../../imports/zip-cities.ts';
import { CommandFailure } from '../command-failure.ts';
import { makeProgress } from '../progress.ts';
import type { Surroundings } from '../surroundings.ts';
import { withHouse } from '../with-house.ts';
import type { ImportCommand } from './import-command.ts';
import { openDoorWriter } from './open-door-writer.ts';
import { printSummary } from './print-summary.ts';

export async function importFile(file: string, options: ImportCommand, surroundings: Surroundings): Promise<void> {
  const rejects = options.rejects ?? `${basename(file, '.csv')}.rejects.csv`;
  const { size } = await stat(file).catch((error: NodeJS.ErrnoException) => refuseFile(file, error));
  const layout = await readLayout(options);
  const cityOfZip = loadCityOfZip();
  const geocodes =
    options.geocodes === undefined
      ? {}
      : { geocodes: parseGeocodes(await readText(options.geocodes), options.geocodes, cityOfZip) };
  const encoding = options.encoding === undefined ? {} : { encoding: options.encoding };
  const summary = await withHouse(surroundings, { migrate: false }, async (house, signal) => {
    const writer = await openDoorWriter(house, options);
    return runImport(
      { source: file, layout, rejects, writer, cityOfZip, signal, ...geocodes, ...encoding },
      size,
      surroundings,
    );
  });
  for (const line of printSummary(summary, rejects)) surroundings.say(line);
  if (!summary.finished) throw new CommandFailure('The import was stopped. Run it again, and it goes on.');
}

async function runImport(
  options: Omit<ImportOptions, 'clock' | 'onProgress'>,
  total: number,
  { clock, log, isTerminal }: Surroundings,
): Promise<ImportSummary> {
  const progress = makeProgress({ label: 'importing', total, isTerminal, clock, log });
  const onProgress = ({ bytes, rows, rejected }: ImportProgress): void => progress.update(bytes, { rows, rejected });
  try {
    return await importDoors({ ...options, clock, onProgress });
  } finally {
    progress.stop();
  }
}

async function readLayout({ layout, map }: ImportCommand): Promise<Layout> {
  return map === undefined ? layouts[layout!]! : parseLayout(await readText(map), map);
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => refuseFile(path, error));
}

function refuseFile(path: string, error: NodeJS.ErrnoException): never {
  throw new CommandFailure(`${path} cannot be read (${error.code ?? error.message}).`);
}
