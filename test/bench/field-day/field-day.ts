/**
 * A day in the field: canvassers on their walks, a server and a database that are killed under them, walks that are
 * taken away and handed over. At the end every visit is there exactly once, nothing is on a phone that should not be, and
 * every shift is proved.
 */
import { hashIds } from '../../../src/sync/shift-proof.ts';
import type { Office } from './office.ts';
import { makePhone, type Phone } from './phone.ts';
import { insist, type Talk } from './talk.ts';

/** What can be done to the server. Each resolves when it is up again, or on its way. */
export interface Site {
  killServer(): Promise<void>;
  killDatabase(): Promise<void>;
}

export interface FieldDayOptions {
  readonly office: Office;
  readonly talk: Talk;
  readonly site: Site;
  readonly tokenOf: (userId: string) => Promise<string>;
  readonly canvassers: number;
  readonly doors: number;
  readonly serverKills: number;
  readonly databaseKills: number;
  /** Parts of the walks that change hands, and that are taken away. */
  readonly handOvers: number;
  readonly revocations: number;
  readonly random: () => number;
  readonly remark: (line: string) => void;
}

export interface FieldDayResult {
  readonly visits: number;
  readonly pushes: number;
  readonly resets: number;
  readonly seconds: number;
  readonly handedOver: number;
  readonly revoked: number;
  /** Visits that are neither there nor in the inbox; that are there and nobody made; that are there with other content. */
  readonly lost: readonly string[];
  readonly invented: readonly string[];
  readonly altered: readonly string[];
  readonly rejected: number;
  /** What is on a phone and should not be, or should and is not. */
  readonly misplaced: readonly string[];
  readonly incomplete: readonly string[];
}

/** As many phones at once as have a signal. */
const atOnce = 24;

export async function runFieldDay(options: FieldDayOptions): Promise<FieldDayResult> {
  const { office, talk, random, remark, canvassers, doors } = options;
  const { campaignId, surveyId, userIds, walklistIds } = await office.open(canvassers, doors);
  remark(`${canvassers} walks of ${doors} doors are given out`);
  const phones = await Promise.all(
    userIds.map(async (userId) => {
      const token = await options.tokenOf(userId);
      return makePhone({ userId, token, campaignId, surveyId, talk, random });
    }),
  );
  const begun = performance.now();
  // In the morning everybody is at the office, where there is a signal.
  await inTurns(phones, (phone) => insist(() => phone.shelves.pull()));
  const changes = { handedOver: 0, revoked: 0 };
  const events = planEvents(options, { userIds, walklistIds, changes });
  await walk(phones, canvassers * doors, events, options);
  for (const event of events.splice(0)) await event.run();
  remark('everybody comes home');
  await inTurns(phones, (phone) => insist(() => phone.comeHome()));
  const seconds = (performance.now() - begun) / 1000;
  const sum = (valueOf: (phone: Phone) => number): number => phones.reduce((total, phone) => total + valueOf(phone), 0);
  return {
    ...{ visits: sum(({ made }) => made.size), pushes: sum(({ pushes }) => pushes()), seconds, ...changes },
    resets: sum(({ shelves }) => shelves.resets()),
    ...(await findDifferences(phones, office)),
    misplaced: await findMisplaced(phones, office),
    incomplete: await findIncomplete(phones, talk),
  };
}

interface Event {
  /** After this part of the doors. */
  readonly at: number;
  readonly what: string;
  readonly run: () => Promise<void>;
}

function planEvents(
  { office, site, random, serverKills, databaseKills, handOvers, revocations }: FieldDayOptions,
  {
    userIds,
    walklistIds,
    changes,
  }: {
    readonly userIds: readonly string[];
    readonly walklistIds: readonly string[];
    readonly changes: { handedOver: number; revoked: number };
  },
): Event[] {
  const spread = (count: number, what: string, run: (index: number) => Promise<void>): Event[] =>
    Array.from({ length: count }, (_, index) => ({ at: (index + 0.5) / count, what, run: () => run(index) }));
  const shuffled = [...walklistIds].sort(() => random() - 0.5);
  const handed = shuffled.slice(0, Math.round(walklistIds.length * handOvers));
  const revoked = shuffled.slice(handed.length, handed.length + Math.round(walklistIds.length * revocations));
  return [
    ...spread(serverKills, 'the server is killed', () => site.killServer()),
    ...spread(databaseKills, 'the database is killed', () => site.killDatabase()),
    ...spread(handed.length, 'a walk is handed over', async (index) => {
      await office.handOver(handed[index]!, userIds[Math.floor(random() * userIds.length)]!);
      changes.handedOver += 1;
    }),
    ...spread(revoked.length, 'a walk is taken away', async (index) => {
      await office.revoke(revoked[index]!);
      changes.revoked += 1;
    }),
  ].sort((one, other) => one.at - other.at);
}

async function walk(phones: readonly Phone[], doors: number, events: Event[], { random, remark }: FieldDayOptions) {
  const walking = [...phones];
  const total = doors;
  let turns = 0;
  let happening = Promise.resolve();
  const worker = async (): Promise<void> => {
    while (walking.length > 0) {
      // A turn is some two and a half doors.
      const done = (turns++ * 2.5) / total;
      const due = events[0];
      if (due !== undefined && due.at <= done) {
        events.shift();
        if (!due.what.startsWith('a walk')) remark(`${Math.round(done * 100)} %: ${due.what}`);
        // One thing after the other: a server that is not up again cannot be killed.
        happening = happening.then(due.run);
        await happening;
      }
      const index = Math.floor(random() * walking.length);
      const [phone] = walking.splice(index, 1);
      if (phone !== undefined && (await phone.turn())) walking.push(phone);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function inTurns(phones: readonly Phone[], work: (phone: Phone) => Promise<void>): Promise<void> {
  const waiting = [...phones];
  const worker = async (): Promise<void> => {
    for (let phone = waiting.pop(); phone !== undefined; phone = waiting.pop()) await work(phone);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function findDifferences(phones: readonly Phone[], office: Office) {
  const [stored, rejected] = [await office.visits(), await office.rejectedIds()];
  const byId = new Map(stored.map((visit) => [visit.id, visit.data]));
  const made = new Map(phones.flatMap((phone) => [...phone.made]));
  const compared = ['contactId', 'householdId', 'walklistId', 'timestamp', 'unavailable', 'successful'];
  return {
    lost: [...made.keys()].filter((id) => !byId.has(id) && !rejected.has(id)),
    // A list that had a visit twice would be longer than its ids.
    invented: [
      ...stored.filter(({ id }) => !made.has(id)).map(({ id }) => id),
      ...(byId.size === stored.length ? [] : ['a visit is there twice']),
    ],
    altered: [...made].flatMap(([id, visit]) => {
      const data = byId.get(id);
      return data !== undefined && compared.some((name) => data[name] !== visit[name]) ? [id] : [];
    }),
    rejected: rejected.size,
  };
}

/** Of each phone: its walks are those of its person, and everything else belongs to one of them. */
async function findMisplaced(phones: readonly Phone[], office: Office): Promise<readonly string[]> {
  const walks = await office.walksOf();
  return phones.flatMap(({ userId, shelves }) => {
    const expected = walks.get(userId) ?? new Set<string>();
    const stops = [...shelves.of('walklistItem').values()];
    const doors = new Set(stops.map((stop) => String(stop['householdId'])));
    const isBehind = (households: unknown): boolean => [...doors].some((door) => String(households).includes(door));
    const wrong = [
      ...[...shelves.of('walklist').keys()].filter((id) => !expected.has(id)).map((id) => `walklist ${id}`),
      ...[...expected].filter((id) => !shelves.of('walklist').has(id)).map((id) => `no walklist ${id}`),
      ...stops.filter((stop) => !expected.has(String(stop['walklistId']))).map(({ id }) => `stop ${id}`),
      ...[...shelves.of('household').keys()].filter((id) => !doors.has(id)).map((id) => `household ${id}`),
      ...[...shelves.of('contact').values()]
        .filter((contact) => !isBehind(contact['households']))
        .map(({ id }) => `contact ${id}`),
    ];
    return wrong.map((what) => `${userId}: ${what}`);
  });
}

interface Proof {
  readonly walklistId: string;
  readonly isComplete: boolean;
  readonly missing: readonly string[] | null;
}

async function findIncomplete(phones: readonly Phone[], talk: Talk): Promise<readonly string[]> {
  const incomplete: string[] = [];
  await inTurns(phones, async ({ token, made, refused }) => {
    const byWalk = new Map<string, string[]>();
    for (const [id, { walklistId }] of made) {
      if (!refused.has(id)) byWalk.set(walklistId, [...(byWalk.get(walklistId) ?? []), id]);
    }
    const claims = [...byWalk].map(([walklistId, ids]) => ({ walklistId, count: ids.length, hash: hashIds(ids) }));
    if (claims.length === 0) return;
    const query = `query ($claims: [ShiftClaim!]!) { shiftProofs(claims: $claims) { walklistId isComplete missing } }`;
    const { shiftProofs } = await insist(() => talk.ask<{ shiftProofs: readonly Proof[] }>(token, query, { claims }));
    incomplete.push(...shiftProofs.filter(({ isComplete }) => !isComplete).map(({ walklistId }) => walklistId));
  });
  return incomplete;
}
