import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeWorld, type World } from '../../world.ts';
import { type Ask, dataOf, makeAsk } from './ask.ts';

let world: World;
let ask: Ask;

beforeAll(async () => {
  world = await makeWorld();
  ask = makeAsk(world);
});
afterAll(() => world.close());

test('a row is read by its id, with typed data, meta and relations', async () => {
  const { id } = await world.create('alice', 'interaction');
  const data = await dataOf(
    ask(
      'alice',
      `query ($id: ID!) { interaction(id: $id) {
      id customerId securityGroupId
      data { timestamp survey { surveyId responses } location { lat lng } successful }
      meta { resource etag created createdBy isDeleted }
      contact { id data { profile } primaryHousehold { id } }
      campaign { data { name status lists { listId type } } }
    } }`,
      { id },
    ),
  );
  expect(data.interaction).toMatchObject({
    id,
    customerId: world.ids.customer,
    securityGroupId: world.ids.group,
    data: { timestamp: '2026-05-09T17:41:08.250Z', survey: { surveyId: world.ids.survey }, successful: true },
    meta: { resource: 'interactions', createdBy: world.people.alice.userId, isDeleted: false },
    contact: { id: world.ids.contact, primaryHousehold: { id: world.ids.household } },
  });
});

test('a row that the caller may not see reads null, as one that does not exist', async () => {
  const query = 'query ($id: ID!) { contact(id: $id) { id } }';
  expect(await ask('dora', query, { id: world.ids.contact })).toMatchObject({ data: { contact: null } });
  expect(await ask('chelsea', query, { id: world.ids.contact })).toMatchObject({ data: { contact: null } });
});
