/** Nothing is made twice: retries, ids that clients choose, and people and doors that are there already. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { makeWorld, type World } from '../../world.ts';
import { create, envelopeOf, expectProblem, outcomeOf, patch, remove, replace, restore } from './verdicts.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const person = (given: string, more: JsonObject = {}): JsonObject => ({
  profile: { name: { anglican: { given, surname: 'Núñez' } }, birthdate: '1970-02-03' },
  fields: {},
  ...more,
});

test('the same id with the same body answers with the same row, also after a correction and after deletion', async () => {
  const id = makeId();
  const body = world.body('interaction');
  const first = envelopeOf(await world.change('frank', 'interaction', create(body, { id })));
  expect(outcomeOf(await world.change('frank', 'interaction', create(body, { id })))).toBe('existing');
  const corrected = envelopeOf(
    await world.change('frank', 'interaction', patch({ id, etag: first.meta.etag }, replace('/successful', false))),
  );
  const again = await world.change('frank', 'interaction', create(body, { id }));
  expect(envelopeOf(again)).toEqual(corrected);
  await world.change('frank', 'interaction', remove({ id, etag: corrected.meta.etag }));
  const gone = await world.change('frank', 'interaction', create(body, { id }));
  expect(outcomeOf(gone)).toBe('existing');
  expect(envelopeOf(gone).meta.isDeleted).toBe(true);
});

test('a body is left as it came, so that it can be sent again', async () => {
  const id = makeId();
  const body = person('Ada', {
    profile: { name: { anglican: { given: 'Ada', surname: 'Ek' } }, emails: [{ email: 'a@b.cd' }] },
  });
  const before = structuredClone(body);
  expect(outcomeOf(await world.change('alice', 'contact', create(body, { id })))).toBe('created');
  expect(body).toEqual(before);
  expect(outcomeOf(await world.change('alice', 'contact', create(body, { id })))).toBe('existing');
});

test('the same id with another body is refused', async () => {
  const id = makeId();
  await world.change('frank', 'interaction', create(world.body('interaction'), { id }));
  const other = world.body('interaction', { successful: false });
  expectProblem(await world.change('frank', 'interaction', create(other, { id })), 'ID_TAKEN');
});

test('the spelling of a body does not make it another one', async () => {
  const id = makeId();
  const body = world.body('interaction', { timestamp: '2026-05-09T17:41:08.250Z', notThere: null });
  const { notThere: _, ...plain } = body;
  await world.change('frank', 'interaction', create(plain, { id }));
  const reversed = Object.fromEntries(Object.entries(plain).reverse());
  const respelt = {
    ...reversed,
    timestamp: '2026-05-09T19:41:08.25+02:00',
    statusId: null,
    contactId: String(plain['contactId']).toUpperCase(),
  };
  expect(outcomeOf(await world.change('frank', 'interaction', create(respelt, { id: id.toUpperCase() })))).toBe(
    'existing',
  );
});

test('twenty creates with one id at once make one row', async () => {
  const id = makeId();
  const body = world.body('note');
  const verdicts = await Promise.all(
    Array.from({ length: 20 }, () => world.change('frank', 'note', create(body, { id }))),
  );
  expect(verdicts.map(outcomeOf).sort()).toEqual(['created', ...Array.from({ length: 19 }, () => 'existing')]);
});

test('an id that another customer uses is free', async () => {
  const id = makeId();
  await world.create('alice', 'role', { name: 'ours' }, { id });
  const theirs = await world.change('dora', 'role', create({ name: 'theirs' }, { id }));
  expect(outcomeOf(theirs)).toBe('created');
});

test('an id in a group that the caller cannot write to is simply taken', async () => {
  const id = makeId();
  const body = person('Hidden');
  await world.create('alice', 'contact', { ...body, primaryHouseholdId: null }, { id });
  const verdict = await world.change('chelsea', 'contact', create(body, { id }));
  expectProblem(verdict, 'ID_TAKEN');
});

test('a contact with a known externalId answers with the contact that has it', async () => {
  const first = envelopeOf(await world.change('alice', 'contact', create(person('Ana', { externalId: 'V-1' }))));
  const second = await world.change('alice', 'contact', create(person('Someone else', { externalId: 'V-1' })));
  expect(outcomeOf(second)).toBe('existing');
  expect(envelopeOf(second)).toEqual(first);
});

test('the same name, birthdate and household are the same person, whatever the accents and capitals', async () => {
  const home = { primaryHouseholdId: world.ids.household };
  const first = envelopeOf(await world.change('alice', 'contact', create(person('Béla', home))));
  const second = await world.change('alice', 'contact', create(person('BELA', home)));
  expect(envelopeOf(second).id).toBe(first.id);
  expect(outcomeOf(await world.change('alice', 'contact', create(person('Béla'))))).toBe('created');
});

test('another group may have the same person', async () => {
  await world.change('alice', 'contact', create(person('Cleo', { externalId: 'V-2' })));
  const verdict = await world.change('chelsea', 'contact', create(person('Cleo', { externalId: 'V-2' })));
  expect(outcomeOf(verdict)).toBe('created');
});

test('thirty creates of one door and one person at once make one of each', async () => {
  const address = { number: '9', streetName: 'Elm Street', city: 'Millbrook', country: 'USA' };
  const spellings = ['Elm Street', 'ELM ST', 'elm st.'];
  const doors = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      world.change(
        'alice',
        'household',
        create({
          unitNum: index % 2 === 0 ? 'Apt 4' : '#4',
          address: { data: { ...address, streetName: spellings[index % 3]! } },
        }),
      ),
    ),
  );
  expect(new Set(doors.map((verdict) => envelopeOf(verdict).id)).size).toBe(1);
  expect(doors.map(outcomeOf).filter((outcome) => outcome === 'created')).toHaveLength(1);
  const home = { primaryHouseholdId: envelopeOf(doors[0]).id };
  const people = await Promise.all(
    Array.from({ length: 30 }, () => world.change('alice', 'contact', create(person('Dana', home)))),
  );
  expect(new Set(people.map((verdict) => envelopeOf(verdict).id)).size).toBe(1);
  const addresses = await world.rows<{ street_name: string }>('address');
  expect(addresses.filter(({ street_name }) => /elm/i.test(street_name))).toHaveLength(1);
});

test('two of a kind in one batch are one', async () => {
  const body = person('Twin', { externalId: 'V-twin' });
  const verdicts = await world.changeAll('alice', 'contact', [create(body), create(body), create(body)]);
  expect(verdicts.map(outcomeOf)).toEqual(['created', 'existing', 'existing']);
  expect(new Set(verdicts.map((verdict) => envelopeOf(verdict).id)).size).toBe(1);
});

test('an id chosen for somebody who was there already stays as an alias', async () => {
  const real = envelopeOf(await world.change('alice', 'contact', create(person('Eve', { externalId: 'V-3' }))));
  const id = makeId();
  const body = person('Eve', { externalId: 'V-3' });
  expect(envelopeOf(await world.change('alice', 'contact', create(body, { id }))).id).toBe(real.id);
  expect(outcomeOf(await world.change('alice', 'contact', create(body, { id })))).toBe('existing');
  const note = await world.change('alice', 'note', create({ contactId: id, text: 'Knows Béla.' }));
  expect(envelopeOf(note).data).toMatchObject({ contactId: real.id });
  expectProblem(await world.change('alice', 'contact', create(person('Another'), { id })), 'ID_TAKEN');
});

test('a patch into a duplicate is refused and changes nothing', async () => {
  await world.change('alice', 'contact', create(person('Fay', { externalId: 'V-4' })));
  const other = envelopeOf(await world.change('alice', 'contact', create(person('Gus', { externalId: 'V-5' }))));
  const version = { id: other.id, etag: other.meta.etag };
  expectProblem(await world.change('alice', 'contact', patch(version, replace('/externalId', 'V-4'))), 'DUPLICATE');
  expect(outcomeOf(await world.change('alice', 'contact', patch(version, replace('/externalId', 'V-6'))))).toBe(
    'changed',
  );
});

test('a restore into a duplicate is refused', async () => {
  const first = envelopeOf(await world.change('alice', 'contact', create(person('Hal', { externalId: 'V-7' }))));
  const gone = envelopeOf(await world.change('alice', 'contact', remove({ id: first.id, etag: first.meta.etag })));
  await world.change('alice', 'contact', create(person('Hal', { externalId: 'V-7' })));
  expectProblem(await world.change('alice', 'contact', restore({ id: gone.id, etag: gone.meta.etag })), 'DUPLICATE');
});

test('an email is unique within the customer whatever its capitals, and free in another one', async () => {
  await world.change('alice', 'user', create({ email: 'Ira@example.org' }));
  expectProblem(await world.change('alice', 'user', create({ email: 'ira@EXAMPLE.org' })), 'DUPLICATE');
  expect(outcomeOf(await world.change('dora', 'user', create({ email: 'ira@example.org' })))).toBe('created');
});
