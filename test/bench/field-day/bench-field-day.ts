/** `npm run bench -- field-day`: a day in the field, of the size of a campaign. */
import type { BenchReport } from '../bench.ts';
import type { BenchOptions } from '../bench-options.ts';
import { describeMachine } from '../harness/machine.ts';
import { remark } from '../harness/say.ts';
import { withCleanup } from '../harness/with-cleanup.ts';
import { type FieldDayResult, runFieldDay } from './field-day.ts';
import { makeRandom } from './random.ts';
import { startSite } from './site.ts';

export function benchFieldDay({ canvassers, doors, seed }: BenchOptions): Promise<BenchReport> {
  return withCleanup(async (later) => {
    // Some two people live behind a door.
    const site = await startSite({ contacts: canvassers * doors * 3 });
    later(site.close);
    const result = await runFieldDay({
      ...{ site, office: site.office, talk: site.talk, tokenOf: site.tokenOf, canvassers, doors },
      ...{ serverKills: 5, databaseKills: 1, handOvers: 0.1, revocations: 0.1, random: makeRandom(seed), remark },
    });
    return report(result, { canvassers, doors, seed });
  });
}

function report(result: FieldDayResult, size: object): BenchReport {
  const promises = {
    'visits lost': result.lost,
    'visits that nobody made, or that are there twice': result.invented,
    'visits altered': result.altered,
    'things on a phone that should not be, or missing there': result.misplaced,
    'walks whose proof is not complete': result.incomplete,
  };
  const bars = Object.entries(promises).map(([what, found]) => ({ what, got: found.length, met: found.length === 0 }));
  const { visits, pushes, seconds, handedOver, revoked, rejected } = result;
  const lines = [
    `${visits} visits in ${pushes} pushes and ${seconds.toFixed(0)} s; ${handedOver} walks handed over, ${revoked} taken ` +
      `away, ${rejected} refusals in the inbox`,
    ...bars.map(({ what, got, met }) => `${met ? 'met   ' : 'MISSED'}  ${what}: ${got}`),
  ];
  return { lines, json: { machine: describeMachine(), ...size, ...result, bars } };
}
