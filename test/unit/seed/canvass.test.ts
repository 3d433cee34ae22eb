/** The walking is believable, and what it leaves behind agrees with the rules of domain.md. */
import { expect, test } from 'vitest';
import { demoIds } from '../../../seed/demo-ids.ts';
import { makeDemo } from '../../../seed/demo.ts';
import { dataOf, rowsOf } from './demo-rows.ts';

const today = '2026-03-29';
const steps = [...makeDemo({ today })];
const interactions = dataOf(steps, 'interaction') as unknown as readonly {
  readonly contactHouseholdId: string;
  readonly householdId: string;
  readonly timestamp: string;
  readonly unavailable: boolean;
  readonly unavailableReason?: string;
  readonly successful: boolean;
  readonly statusId: string;
  readonly location?: { readonly lat: number; readonly lng: number };
  readonly survey: {
    readonly surveyId: string;
    readonly responses: Readonly<Record<string, { readonly questionId: string; readonly fields: object }>>;
  };
}[];

test('interactions happened in the six weeks before today, in the evening or on the weekend', () => {
  const localHours = interactions.map(({ timestamp }) => {
    const local = new Date(Date.parse(timestamp) - 7 * 3_600_000);
    return { weekend: [0, 6].includes(local.getUTCDay()), hour: local.getUTCHours() };
  });
  expect(localHours.filter(({ weekend, hour }) => hour >= 21 || hour < (weekend ? 10 : 16))).toEqual([]);
  const times = interactions.map(({ timestamp }) => timestamp).sort();
  expect(times[0]! >= '2026-02-14').toBe(true);
  expect(times.at(-1)! < today).toBe(true);
});

test('nobody is home at most doors, and some talks end in support', () => {
  const notHome = interactions.filter(({ unavailableReason }) => unavailableReason === 'Not Home');
  expect(notHome.length).toBeGreaterThan(1500);
  expect(interactions.filter(({ successful }) => successful).length).toBeGreaterThan(200);
});

test('doors where nobody was home are visited again', () => {
  const visits = new Map<string, number>();
  for (const { contactHouseholdId } of interactions) {
    visits.set(contactHouseholdId, (visits.get(contactHouseholdId) ?? 0) + 1);
  }
  expect([...visits.values()].filter((count) => count > 1).length).toBeGreaterThan(300);
});

test('all responses belong to the survey, and all eight questions have some', () => {
  const [survey] = dataOf(steps, 'survey');
  const known = (survey!.questions as unknown as { questionId: string }[]).map(({ questionId }) => questionId);
  const answered = new Set<string>();
  for (const { survey: taken } of interactions) {
    expect(taken.surveyId).toBe(demoIds.survey);
    for (const [key, { questionId, fields }] of Object.entries(taken.responses)) {
      expect(key).toBe(questionId);
      expect(Object.values(fields).every((value) => ['string', 'number'].includes(typeof value))).toBe(true);
      answered.add(key);
    }
  }
  expect([...answered].sort()).toEqual([...known].sort());
});

test('an answer is given only where the survey leads', () => {
  const [survey] = dataOf(steps, 'survey');
  const ways = survey!.questions as unknown as { questionId: string; actions: { questionId?: string }[] }[];
  const leadsTo = new Map(ways.map(({ questionId, actions }) => [questionId, actions.map((way) => way.questionId)]));
  for (const { survey: taken } of interactions) {
    const answered = Object.keys(taken.responses);
    expect(answered[0]).toBe(ways[0]!.questionId);
    answered.slice(1).forEach((questionId, index) => {
      expect(leadsTo.get(answered[index]!)).toContain(questionId);
    });
  }
});

test('the status of an interaction has the state that the interaction implies', () => {
  const states = new Map(rowsOf(steps, 'status').map(({ id, data }) => [id, data.contactState]));
  for (const { statusId, unavailable, unavailableReason, successful } of interactions) {
    const reasons: Readonly<Record<string, string>> = {
      'Not Home': 'contacted-unavailable-not-home',
      'Come Back': 'come-back',
    };
    const implied = unavailable
      ? (reasons[unavailableReason!] ?? 'contacted-unavailable-other')
      : `contacted-available-${successful ? '' : 'not-'}successful`;
    expect(states.get(statusId)).toBe(implied);
  }
});

test('nobody knocks where somebody asked to be left alone', () => {
  const types = new Map(dataOf(steps, 'contactHouseholdCampaign').map((row) => [row.contactHouseholdId, row.type]));
  expect([...types.values()].filter((type) => type === 'do-not-knock').length).toBeGreaterThan(20);
  expect(interactions.filter(({ contactHouseholdId }) => types.get(contactHouseholdId) === 'do-not-knock')).toEqual([]);
});

test('a telephone was within forty metres of the door', () => {
  const addresses = new Map(rowsOf(steps, 'address').map(({ id, data }) => [id, data.coords]));
  const doors = new Map(
    rowsOf(steps, 'household').map(({ id, data }) => [id, addresses.get(data.addressId as string)]),
  );
  const located = interactions.filter(({ location }) => location !== undefined);
  expect(located.length).toBeGreaterThan(2800);
  for (const { location, householdId } of located) {
    const door = doors.get(householdId) as { lat: number; lng: number };
    expect(Math.abs(location!.lat - door.lat)).toBeLessThan(0.0003);
    expect(Math.abs(location!.lng - door.lng)).toBeLessThan(0.0003);
  }
});

test('the next walk of the tour leads to doors that nobody has knocked on', () => {
  const next = rowsOf(steps, 'walklist').find(({ id }) => id === demoIds.nextWalklist);
  const stops = next!.data.stops as unknown as { householdId: string }[];
  const knocked = new Set(interactions.map(({ householdId }) => householdId));
  expect(next!.data).toMatchObject({ userId: demoIds.erin, status: 'checked-out' });
  expect(stops.length).toBeGreaterThan(5);
  expect(stops.filter(({ householdId }) => knocked.has(householdId))).toEqual([]);
});
