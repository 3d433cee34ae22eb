/** What one may ask of a benchmark on the command line. The defaults are the measurement; smaller ones are for trying. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Which benchmark. */
  readonly name: string;
  /** Where to write the numbers. */
  readonly json: string | null;
  readonly rounds: number;
  /** Of one turn of one contender. */
  readonly seconds: number;
  readonly contacts: number;
  readonly interactions: number;
  /** How many rows the order of changes is proved with. */
  readonly rows: number;
  /** Of a day in the field. */
  readonly canvassers: number;
  /** Of each walk. */
  readonly doors: number;
  /** What chance follows from. */
  readonly seed: number;
  /** A folder for databases that stay. */
  readonly keep: string | null;
  /** Names of the parts to run; all of them when empty. */
  readonly only: readonly string[];
}

export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '2' },
      interactions: { type: 'string', default: '5000000' },
      contacts: { type: 'string', default: '500000' },
      rows: { type: 'string', default: '1000000' },
      canvassers: { type: 'string', default: '200' },
      doors: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
      keep: { type: 'string' },
      only: { type: 'string', default: '' },
    },
  });
  const { json, keep, rounds, seconds, interactions, contacts, rows, only } = values;
  return {
    name: positionals[0] ?? '',
    json: json === undefined ? null : resolve(json),
    keep: keep === undefined ? null : resolve(keep),
    rounds: positive('rounds', rounds),
    seconds: positive('seconds', seconds),
    interactions: positive('interactions', interactions),
    contacts: positive('contacts', contacts),
    rows: positive('rows', rows),
    canvassers: positive('canvassers', values.canvassers),
    doors: positive('doors', values.doors),
    seed: positive('seed', values.seed),
    only: only.split(',').filter((name) => name !== ''),
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  throw new Error(`--${name} must be a number above 0, got ${JSON.stringify(text)}`);
}
