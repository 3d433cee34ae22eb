import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { makeWorld, type World } from '../../world.ts';
import { askExport, readLines, readParquet, type Row } from './ask-export.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const lines = async (person: 'alice' | 'chelsea' | 'dora', path: string): Promise<readonly Row[]> => {
  const { status, bytes, problem } = await askExport(world, person, path);
  expect([status, problem]).toEqual([200, null]);
  return readLines(bytes);
};

describe('answers', () => {
  const url = '/v2/interactions/export?shape=answers&format=ndjson';
  let ids: Readonly<Record<'support' | 'issue' | 'twice' | 'again' | 'other', string>>;
  const answer = async (fields: Readonly<Record<string, JsonObject>>, survey: string) => {
    const responses = Object.fromEntries(
      Object.entries(fields).map(([questionId, given]) => [questionId, { questionId, fields: given }]),
    );
    return world.create('alice', 'interaction', { survey: { surveyId: survey, responses } });
  };
  beforeAll(async () => {
    const ask = async (tag: string) => (await world.create('alice', 'question', { tag, text: `${tag}?` })).id;
    ids = {
      support: await ask('support'),
      issue: await ask('what\'s, "most" \\ $1 urgent'),
      twice: await ask('twice'),
      again: await ask('twice'),
      other: await ask('other'),
    };
    const questions = (...asked: string[]) => asked.map((questionId) => ({ questionId, actions: [] }));
    const { support, issue, twice, again, other } = ids;
    const survey = await world.create('alice', 'survey', { questions: questions(issue, support, twice, again) });
    await world.create('alice', 'survey', { name: 'Nobody answers', questions: questions(other) });
    await answer({ [support]: { support: 4 }, [issue]: { issue: 'Rent' }, [twice]: { why: 'one' } }, survey.id);
    await answer(
      { [support]: { available: 'false', reason: 'Not Home' }, [twice]: {}, [again]: { list: ['a', 'b'] } },
      survey.id,
    );
  });

  it('have one column for each question that is asked, in the order of the survey', async () => {
    const rows = await lines('alice', url);
    const names = Object.keys(rows[0]!).filter((name) => name.startsWith('answers.'));
    expect(names).toEqual([
      'answers.what\'s, "most" \\ $1 urgent',
      'answers.support',
      `answers.twice (${ids.twice})`,
      `answers.twice (${ids.again})`,
    ]);
    expect(Object.keys(rows[0]!)).not.toContain('survey.responses');
  });

  it('are the value where there is one, JSON where there are several, and null where nobody asked', async () => {
    const rows = await lines('alice', url);
    const found = rows.map((row) => [
      row['answers.support'],
      row['answers.what\'s, "most" \\ $1 urgent'],
      row[`answers.twice (${ids.twice})`],
      row[`answers.twice (${ids.again})`],
    ]);
    const several = { available: 'false', reason: 'Not Home' };
    const parsed = found.map(([support, ...more]) => [
      String(support).startsWith('{') ? (JSON.parse(String(support)) as object) : support,
      ...more,
    ]);
    expect(parsed).toEqual(
      expect.arrayContaining([
        ['4', 'Rent', 'one', null],
        [several, null, '{}', '["a", "b"]'],
      ]),
    );
  });

  it('keep a question that the survey has no more', async () => {
    const { id } = await world.create('alice', 'survey', {
      questions: [
        { questionId: ids.support, actions: [] },
        { questionId: ids.other, actions: [] },
      ],
    });
    await answer({ [ids.other]: { other: 'gone' } }, id);
    const operations = () => [{ op: 'remove', path: '/questions/1' }] as const;
    expect(await world.change('alice', 'survey', { kind: 'patch', id, etags: '*', operations })).toHaveProperty('text');
    const rows = await lines('alice', `${url}&filter=${encodeURIComponent(`/data/survey/surveyId eq "${id}"`)}`);
    expect(rows.map((row) => [row['answers.other'], row['answers.support']])).toEqual([['gone', null]]);
  });

  it('have the same columns in Parquet and CSV', async () => {
    const [row] = await lines('alice', url);
    const parquet = await readParquet((await askExport(world, 'alice', url.replace('ndjson', 'parquet'))).bytes);
    expect(Object.keys(parquet[0]!)).toEqual(Object.keys(row!));
    const csv = await askExport(world, 'alice', url.replace('ndjson', 'csv'));
    expect(csv.bytes.toString()).toContain('"answers.what\'s, ""most"" \\ $1 urgent"');
  });

  it('show nothing of the questions of others', async () => {
    expect(await lines('chelsea', url)).toEqual([]);
    expect(await lines('dora', url)).toEqual([]);
  });
});

it('each contact comes with the last result, as the door knows it', async () => {
  const { contact, status } = world.ids;
  const visit = (timestamp: string, more: JsonObject = {}) =>
    world.create('bob', 'interaction', { timestamp, successful: false, ...more });
  await visit('2026-06-03T10:00:00.000Z');
  const last = await visit('2026-07-02T10:00:00.000Z', { successful: true, statusId: status });
  await visit('2026-05-20T10:00:00.000Z');
  const untouched = await world.create('alice', 'contact', { externalId: 'untouched' });
  const rows = await lines('alice', '/v2/contacts/export?shape=last-result&format=ndjson');
  expect(rows.find(({ id }) => id === contact)).toMatchObject({
    'last.id': last.id,
    'last.timestamp': '2026-07-02T10:00:00.000Z',
    'last.createdBy': world.people.bob.userId,
    'last.campaignId': world.ids.campaign,
    'last.successful': true,
    'last.status': 'Wants a lawn sign',
  });
  expect(rows.find(({ id }) => id === untouched.id)).toMatchObject({ 'last.id': null, 'last.status': null });
});

it('knocks are counted by campaign, canvasser and the day where the campaign is', async () => {
  const campaign = await world.create('alice', 'campaign', { name: 'Far east', timeZone: 'Pacific/Auckland' });
  const knock = (person: 'alice' | 'bob', timestamp: string, more: JsonObject) =>
    world.create(person, 'interaction', { campaignId: campaign.id, timestamp, ...more });
  await knock('alice', '2026-05-09T11:59:59.999Z', { successful: true, unavailable: false });
  await knock('alice', '2026-05-09T12:00:00.000Z', { successful: false, unavailable: true });
  await knock('bob', '2026-05-09T12:30:00.000Z', { successful: true, unavailable: false });
  await knock('bob', '2026-05-09T13:30:00.000Z', { successful: null, unavailable: false });
  const filter = encodeURIComponent(`/data/campaignId eq "${campaign.id}"`);
  const url = `/v2/interactions/export?shape=knocks&filter=${filter}&format=`;
  const rows = await lines('alice', `${url}ndjson`);
  const common = { campaignId: campaign.id, campaign: 'Far east', doors: 1 };
  const [alice, bob] = [world.people.alice.userId, world.people.bob.userId];
  const own = { ...common, canvasserId: alice, canvasser: 'alice@doorstep.example', interactions: 1 };
  expect(rows).toHaveLength(3);
  expect(rows).toEqual(
    expect.arrayContaining([
      { ...own, day: '2026-05-09', contacted: 1, successful: 1 },
      { ...own, day: '2026-05-10', contacted: 0, successful: 0 },
      {
        ...{ ...common, canvasserId: bob, canvasser: 'bob@doorstep.example' },
        ...{ day: '2026-05-10', interactions: 2, contacted: 2, successful: 1 },
      },
    ]),
  );
  expect(await readParquet((await askExport(world, 'alice', `${url}parquet`)).bytes)).toHaveLength(3);
  expect(await lines('chelsea', `${url}ndjson`)).toEqual([]);
});
