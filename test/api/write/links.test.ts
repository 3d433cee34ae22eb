/** What only links a row goes with it and comes back with it; everything else keeps its reference. */
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeWorld, type Row, type World } from '../../world.ts';
import { create, envelopeOf, expectProblem, patch, remove, replace, restore } from './verdicts.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

interface Linked {
  readonly contact: Row;
  readonly household: Row;
  readonly link: Row;
  readonly listed: Row;
  readonly door: Row;
}

async function makeLinked(): Promise<Linked> {
  const contact = await world.create('alice', 'contact', { externalId: makeId(), primaryHouseholdId: null });
  const household = await world.create('alice', 'household', { unitNum: `Apt ${makeId()}` });
  const ends = { contactId: contact.id, householdId: household.id };
  const link = await world.create('alice', 'contactHousehold', ends);
  const listed = await world.create('alice', 'contactHouseholdList', { contactHouseholdId: link.id });
  const door = await world.create('alice', 'contactHouseholdCampaign', { contactHouseholdId: link.id });
  return { contact, household, link, listed, door };
}

async function isLive(resource: string, { id }: { readonly id: string }): Promise<boolean> {
  return (await world.rows<{ id: string }>(resource)).some((row) => row.id === id);
}

async function liveLinks({ link, listed, door }: Linked): Promise<readonly boolean[]> {
  return [
    await isLive('contactHousehold', link),
    await isLive('contactHouseholdList', listed),
    await isLive('contactHouseholdCampaign', door),
  ];
}

test('links go with a contact in the same change, and come back with it', async () => {
  const linked = await makeLinked();
  const gone = envelopeOf(await world.change('alice', 'contact', remove(linked.contact)));
  expect(await liveLinks(linked)).toEqual([false, false, false]);
  await world.change('alice', 'contact', restore({ id: gone.id, etag: gone.meta.etag }));
  expect(await liveLinks(linked)).toEqual([true, true, true]);
});

test('a link that somebody removed on its own does not come back with its contact', async () => {
  const linked = await makeLinked();
  await world.change('alice', 'contactHouseholdList', remove(linked.listed));
  const gone = envelopeOf(await world.change('alice', 'contact', remove(linked.contact)));
  await world.change('alice', 'contact', restore({ id: gone.id, etag: gone.meta.etag }));
  expect(await liveLinks(linked)).toEqual([true, false, true]);
});

test('a link comes back only when both its ends are there', async () => {
  const linked = await makeLinked();
  const contact = envelopeOf(await world.change('alice', 'contact', remove(linked.contact)));
  const household = envelopeOf(await world.change('alice', 'household', remove(linked.household)));
  await world.change('alice', 'contact', restore({ id: contact.id, etag: contact.meta.etag }));
  expect(await liveLinks(linked)).toEqual([false, false, false]);
  await world.change('alice', 'household', restore({ id: household.id, etag: household.meta.etag }));
  expect(await liveLinks(linked)).toEqual([true, true, true]);
});

test('a link that was made anew meanwhile is not made a second time', async () => {
  const linked = await makeLinked();
  const household = envelopeOf(await world.change('alice', 'household', remove(linked.household)));
  const version = { id: household.id, etag: household.meta.etag };
  const back = envelopeOf(await world.change('alice', 'household', restore(version)));
  const live = (await world.rows<Row & { contact_id: string }>('contactHousehold')).filter(
    (row) => row.contact_id === linked.contact.id,
  );
  expect(live).toHaveLength(1);
  await world.change('alice', 'contactHousehold', remove(live[0]!));
  const gone = envelopeOf(await world.change('alice', 'household', remove({ id: back.id, etag: back.meta.etag })));
  await world.change('alice', 'household', restore({ id: gone.id, etag: gone.meta.etag }));
  expect(await isLive('contactHousehold', linked.link)).toBe(false);
});

test('a link cannot be restored while one of its ends is gone', async () => {
  const linked = await makeLinked();
  const link = envelopeOf(await world.change('alice', 'contactHousehold', remove(linked.link)));
  await world.change('alice', 'contact', remove(linked.contact));
  const verdict = await world.change('alice', 'contactHousehold', restore({ id: link.id, etag: link.meta.etag }));
  expect(expectProblem(verdict, 'INVALID_INPUT').facts.errors).toMatchObject([{ pointer: '/contactId' }]);
});

test('an interaction keeps its contact when the contact is deleted, and can still be corrected', async () => {
  const linked = await makeLinked();
  const ends = { contactId: linked.contact.id, householdId: linked.household.id };
  const visit = await world.create('frank', 'interaction', ends);
  await world.change('alice', 'contact', remove(linked.contact));
  const corrected = await world.change('frank', 'interaction', patch(visit, replace('/successful', false)));
  expect(envelopeOf(corrected).data).toMatchObject({ ...ends, successful: false });
});

test('a new or changed reference must point at something that is there', async () => {
  const linked = await makeLinked();
  const visit = await world.create('frank', 'interaction', {});
  await world.change('alice', 'contact', remove(linked.contact));
  for (const id of [linked.contact.id, makeId()]) {
    const made = await world.change('alice', 'note', create({ contactId: id, text: 'Gone.' }));
    const moved = await world.change('frank', 'interaction', patch(visit, replace('/contactId', id)));
    const words = [made, moved].map((verdict) => expectProblem(verdict, 'INVALID_INPUT').facts.errors);
    expect(words).toEqual([words[0], words[0]]);
    expect(words[0]).toMatchObject([{ pointer: '/contactId' }]);
  }
});

test("a reference into another group, or another customer, is refused in an absent one's words", async () => {
  const foreign = await world.create('chelsea', 'contact', { externalId: makeId(), primaryHouseholdId: null });
  const theirs = await world.change('dora', 'contact', create({ profile: {}, fields: {} }));
  for (const id of [foreign.id, envelopeOf(theirs).id, makeId()]) {
    const verdict = await world.change('alice', 'note', create({ contactId: id, text: 'Who?' }));
    expect(expectProblem(verdict, 'INVALID_INPUT').detail).not.toContain(id);
  }
});

test('an interaction finds the link of its contact and household, and refuses people who are not linked', async () => {
  const [here, there] = [await makeLinked(), await makeLinked()];
  const ends = { contactId: here.contact.id, householdId: here.household.id };
  const visit = await world.create('frank', 'interaction', ends);
  expect(visit.data).toMatchObject({ contactHouseholdId: here.link.id });
  const stranger = world.body('interaction', { ...ends, householdId: there.household.id });
  expectProblem(await world.change('frank', 'interaction', create(stranger)), 'INVALID_INPUT');
  const wrong = world.body('interaction', { ...ends, contactHouseholdId: there.link.id });
  const refused = await world.change('frank', 'interaction', create(wrong));
  expect(expectProblem(refused, 'INVALID_INPUT').facts.errors).toMatchObject([{ pointer: '/contactHouseholdId' }]);
});
