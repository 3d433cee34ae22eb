/** A segment is made and deleted together with its survey, and comes back with it. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../src/json.ts';
import { makeWorld, type PersonName, type Row, type World } from '../../world.ts';
import { envelopeOf, expectProblem, remove, restore } from './verdicts.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

interface SegmentRow {
  readonly id: string;
  readonly survey_id: string;
  readonly name: string;
  readonly criteria: Json;
}

const segmentsOf = async ({ id }: { readonly id: string }): Promise<readonly SegmentRow[]> =>
  (await world.rows<SegmentRow>('segment')).filter((row) => row.survey_id === id);

const createSurvey = (person: PersonName, segments: Json, id: string | null = null) =>
  world.change(person, 'survey', {
    ...{ kind: 'create', id, securityGroupId: null },
    data: { name: 'Survey', questions: [] },
    params: { segments },
  });

const everybody = (precedence: number): JsonObject => ({ campaignId: world.ids.campaign, precedence });

test('a create that brings segments makes them with the survey, for everybody unless they say for whom', async () => {
  const young = { filter: 'all', clauses: [{ source: '/data/profile/age', operator: 'lt', value: 35 }] };
  const survey = envelopeOf(
    await createSurvey('alice', [everybody(2), { ...everybody(1), name: 'Young', criteria: young }]),
  );
  const made = await segmentsOf(survey);
  expect(made.map(({ name, criteria }) => [name, criteria]).sort()).toEqual([
    ['Everybody', { filter: 'any', clauses: [{ source: '1', operator: 'eq', value: '1' }] }],
    ['Young', young],
  ]);
  const logged = await world.database.query<{ resource: string }>({
    text: 'SELECT resource FROM change_log WHERE row_id = ANY($1) ORDER BY resource',
    values: [[survey.id, ...made.map(({ id }) => id)]],
  });
  expect(logged.map(({ resource }) => resource)).toEqual(['segments', 'segments', 'surveys']);
});

test('a segment that cannot be made takes its survey with it, and is named; the rest of the batch goes on', async () => {
  const bad = {
    ...everybody(1),
    criteria: { filter: 'all', clauses: [{ source: '/data/agee', operator: 'eq', value: 1 }] },
  };
  const [first, second, third] = [makeId(), makeId(), makeId()];
  const change = (id: string, segments: Json) => ({
    ...({ kind: 'create', id, securityGroupId: null } as const),
    data: { name: 'Survey', questions: [] },
    params: { segments },
  });
  const verdicts = await world.changeAll('alice', 'survey', [
    change(first, [everybody(1)]),
    change(second, [everybody(1), bad]),
    change(third, null),
  ]);
  const { errors } = expectProblem(verdicts[1], 'INVALID_INPUT').facts;
  expect(errors).toMatchObject([{ pointer: '/params/segments/1/criteria/clauses/0/source' }]);
  const live = (await world.rows<{ id: string }>('survey')).map(({ id }) => id);
  expect([first, second, third].map((id) => live.includes(id))).toEqual([true, false, true]);
  expect([await segmentsOf({ id: first }), await segmentsOf({ id: second })].map(({ length }) => length)).toEqual([
    1, 0,
  ]);
  const logged = await world.database.query({ text: 'SELECT FROM change_log WHERE row_id = $1', values: [second] });
  expect(logged).toEqual([]);
  // Nothing remembers the id that was refused.
  envelopeOf(await createSurvey('alice', [everybody(1)], second));
});

test('what is no list of segments is refused at its place', async () => {
  const cases: readonly (readonly [Json, string])[] = [
    ['all', '/params/segments'],
    [[], '/params/segments'],
    [[everybody(1), 'second'], '/params/segments/1'],
    [[{ ...everybody(1), surveyId: 5, weight: 1 }], '/params/segments/0/weight'],
    [[{ precedence: 1 }], '/params/segments/0/campaignId'],
    [[{ ...everybody(1), campaignId: makeId() }], '/params/segments/0/campaignId'],
  ];
  for (const [segments, pointer] of cases) {
    const { facts } = expectProblem(await createSurvey('alice', segments), 'INVALID_INPUT');
    expect([segments, facts.errors?.map((fault) => fault.pointer)]).toEqual([segments, [pointer]]);
  }
});

test('who may make surveys and no segments makes neither', async () => {
  const role = await world.create('alice', 'role', { permissions: ['read@*', 'insert@surveys'] });
  const { id: userId } = await world.create('alice', 'user', { email: `${makeId()}@doorstep.example` });
  const { organization: organizationId } = world.ids;
  await world.create('alice', 'membership', { userId, organizationId, roleId: role.id, status: 'active' });
  const { customerId } = world.people.alice.viewer;
  const viewer = (await world.viewers.find({ customerId, userId, organizationId, client: null }))!;
  const before = (await world.rows('survey')).length;
  const [verdict] = await world.writer.write(
    viewer,
    world.model.get('survey'),
    [
      {
        ...{ kind: 'create', id: null, securityGroupId: null },
        data: { name: 'S', questions: [] },
        params: { segments: [everybody(1)] },
      },
    ],
    { onError: 'abort', members: [], spelling: 'rest', requestId: null },
  );
  expectProblem(verdict, 'FORBIDDEN');
  expect(await world.rows('survey')).toHaveLength(before);
});

const version = ({ id, meta }: { readonly id: string; readonly meta: { readonly etag: string } }) => ({
  id,
  etag: meta.etag,
});

test('segments go with their survey and come back with it, but not those that somebody had deleted', async () => {
  const survey = envelopeOf(await createSurvey('alice', [everybody(1), everybody(2)]));
  const [one, other] = await segmentsOf(survey);
  const { etag } = (await world.rows<Row>('segment')).find(({ id }) => id === one!.id)!;
  await world.change('alice', 'segment', remove({ id: one!.id, etag }));
  const gone = envelopeOf(await world.change('alice', 'survey', remove(version(survey))));
  expect(await segmentsOf(survey)).toEqual([]);
  await world.change('alice', 'survey', restore(version(gone)));
  expect((await segmentsOf(survey)).map(({ id }) => id)).toEqual([other!.id]);
});

test('a segment cannot come back on its own while its survey is gone', async () => {
  const survey = envelopeOf(await createSurvey('alice', [everybody(1)]));
  const [segment] = await segmentsOf(survey);
  await world.change('alice', 'survey', remove(version(survey)));
  const [{ etag }] = (await world.database.query<{ etag: string }>({
    text: 'SELECT etag FROM segments WHERE id = $1',
    values: [segment!.id],
  })) as [{ etag: string }];
  const verdict = await world.change('alice', 'segment', restore({ id: segment!.id, etag }));
  expect(expectProblem(verdict, 'INVALID_INPUT').facts.errors).toMatchObject([{ pointer: '/surveyId' }]);
});
