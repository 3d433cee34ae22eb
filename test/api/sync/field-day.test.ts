/** A small day in the field, with the server and the database killed under it: see test/bench/field-day. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type FieldDayResult, runFieldDay } from '../../bench/field-day/field-day.ts';
import { makeRandom } from '../../bench/field-day/random.ts';
import { type OwnSite, startSite } from '../../bench/field-day/site.ts';
import { buildDoorstep } from '../cli/doorstep-process.ts';

// A build may come first, and the machine may be busy.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const [canvassers, doors] = [6, 8];
let site: OwnSite;
beforeAll(async () => {
  await buildDoorstep();
  site = await startSite({ contacts: canvassers * doors * 3 });
});
afterAll(() => site.close());

test('after kills, cut answers, revocations and hand-overs every visit is there once, and nothing where it should not be', async () => {
  const result = await runFieldDay({
    ...{ site, office: site.office, talk: site.talk, tokenOf: site.tokenOf, canvassers, doors },
    ...{
      serverKills: 1,
      databaseKills: 1,
      handOvers: 0.3,
      revocations: 0.3,
      random: makeRandom(7),
      remark: () => undefined,
    },
  });
  expect(result.visits).toBeGreaterThan(canvassers * doors * 0.5);
  const nothing: Partial<FieldDayResult> = { lost: [], invented: [], altered: [], misplaced: [], incomplete: [] };
  expect(result).toMatchObject({ ...nothing, handedOver: 2, revoked: 2 });
});
