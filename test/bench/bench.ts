/** `npm run bench -- <name>`: the benchmarks by name. */
import { writeFile } from 'node:fs/promises';
import { type BenchOptions, parseBenchOptions } from './bench-options.ts';
import { remark, say } from './harness/say.ts';
import { benchFieldDay } from './field-day/bench-field-day.ts';
import { benchExports } from './exports/bench-exports.ts';
import { benchReads } from './reads/bench-reads.ts';
import { benchSync } from './sync/bench-sync.ts';
import { benchTours } from './tours/bench-tours.ts';

export interface BenchReport {
  /** For people. */
  readonly lines: readonly string[];
  /** For programs. */
  readonly json: object;
}

const benches: Readonly<Record<string, (options: BenchOptions) => Promise<BenchReport>>> = {
  reads: benchReads,
  sync: benchSync,
  'field-day': benchFieldDay,
  exports: benchExports,
  tours: benchTours,
};

const options = parseBenchOptions(process.argv.slice(2));
const bench = benches[options.name];
if (bench === undefined) {
  remark(`Expected the name of a benchmark, one of ${Object.keys(benches).join(', ')}.`);
  process.exitCode = 2;
} else {
  const { lines, json } = await bench(options);
  for (const line of lines) say(line);
  if (options.json !== null) await writeFile(options.json, `${JSON.stringify(json, null, 2)}\n`);
}
