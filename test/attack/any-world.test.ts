/**
 * Random worlds and random people in them, over both transports: whatever is asked or changed, the server does what
 * sixty lines of rules (worlds/rights.ts) say. A failure prints its seed and path, which `fc.assert` takes again.
 * WORLDS=2000 asks for more than a run of all tests has time for.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { type Dice, makeDice } from '../api/graphql/dice.ts';
import { makeTestDatabase, type TestDatabase } from '../database.ts';
import { makeTestApp } from '../world.ts';
import { answer } from './worlds/answer.ts';
import { anyChange, anyQuestion } from './worlds/any-question.ts';
import { askGraphql, changeByGraphql } from './worlds/ask-graphql.ts';
import { askRest, changeByRest, restCanAsk } from './worlds/ask-rest.ts';
import { buildWorld } from './worlds/build-world.ts';
import { type Facts, makeFacts, type Person, type Row } from './worlds/facts.ts';
import { kinds } from './worlds/kinds.ts';
import type { Change, Question, Selection, Shown } from './worlds/question.ts';
import { makeRights } from './worlds/rights.ts';

const worlds = Number(process.env['WORLDS'] ?? 40);
const patience = Math.max(60_000, worlds * 1_000);
const rounds = 3;
const questionsOfRound = 10;
const changesOfRound = 3;

let database: TestDatabase;
let app: App;
const told = { questions: 0, found: 0, changes: 0, done: 0 };

beforeAll(async () => {
  database = await makeTestDatabase();
  // Three levels of lists with their counts cost more than anybody may ask for; what they cost is tested elsewhere.
  app = await makeTestApp(database.url, { env: { COST_LIMIT: '1000000000' } });
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

test('everybody sees and changes what the rules say, and nothing else', { timeout: patience + 20_000 }, async () => {
  const property = fc.asyncProperty(fc.gen(), async (generate) => {
    const dice = makeDice(generate);
    await tryWorld(makeFacts(dice), dice);
  });
  await fc.assert(property, { numRuns: worlds, interruptAfterTimeLimit: patience, endOnFailure: true });
  // Most questions find something, and a good part of the changes is allowed, or they would prove nothing.
  expect(told.found).toBeGreaterThan(told.questions / 4);
  expect(told.done).toBeGreaterThan(told.changes / 12);
});

async function tryWorld(made: Facts, dice: Dice): Promise<void> {
  const tokens = await buildWorld(app, made);
  let facts = made;
  for (let round = 0; round < rounds; round += 1) {
    const asked = dice.several(questionsOfRound, questionsOfRound, () => {
      return { person: dice.pick(facts.people), question: anyQuestion(facts, dice) };
    });
    await Promise.all(asked.map(({ person, question }) => tryQuestion(person, tokens.get(person)!, question, facts)));
    for (let times = 0; times < changesOfRound; times += 1) {
      const person = dice.pick(facts.people);
      facts = await tryChange(person, tokens.get(person)!, anyChange(facts, dice), facts, dice);
    }
  }
}

async function tryQuestion(person: Person, token: string, question: Question, facts: Facts): Promise<void> {
  const rights = makeRights(facts);
  const shown = rights.maySignIn(person) ? answer(question, person, facts, rights) : null;
  const expected = rights.maySignIn(person) ? { shown } : { code: 'UNAUTHENTICATED' };
  told.questions += 1;
  if (shown !== null && (shown['nodes'] as readonly unknown[] | undefined)?.length !== 0) told.found += 1;
  const cursor = question.kind === 'list' ? cursorOf(question) : null;
  const byGraphql = await askGraphql(app.http.app, token, question, cursor);
  expect({ person, question, got: byGraphql }).toEqual({ person, question, got: expected });
  if (!restCanAsk(question)) return;
  const byRest = await askRest(app.http.app, token, question, cursor);
  const plain = 'shown' in expected ? { shown: withoutRelated(shown, question.select) } : expected;
  expect({ person, question, got: byRest }).toEqual({ person, question, got: plain });
}

/** The facts as they are then. */
async function tryChange(person: Person, token: string, change: Change, facts: Facts, dice: Dice): Promise<Facts> {
  const { outcome, rows } = predict(change, person, facts);
  told.changes += 1;
  if (outcome === 'ok') told.done += 1;
  const send = kinds[change.of].route !== null && dice.chance(50) ? changeByRest : changeByGraphql;
  const got = await send(app.http.app, token, change);
  expect({ person, change, got }).toEqual({ person, change, got: outcome });
  return { ...facts, rows };
}

interface Predicted {
  readonly outcome: string;
  readonly rows: readonly Row[];
}

function predict(change: Change, person: Person, facts: Facts): Predicted {
  const { rows } = facts;
  const { customer } = person;
  const rights = makeRights(facts);
  if (!rights.maySignIn(person)) return { outcome: 'UNAUTHENTICATED', rows };
  if (change.kind === 'create') {
    const { of: kind, id, about, mark } = change;
    const made = rights.mayMake(person, kind, rights.find(customer, 'contact', about), change.group);
    if (typeof made === 'string') return { outcome: made, rows };
    const row = { customer, kind, id, group: made.group, mark, references: { contactId: about }, isDeleted: false };
    return { outcome: 'ok', rows: [...rows, row] };
  }
  const row = rights.find(customer, change.of, change.id);
  const outcome = rights.mayChange(person, change.kind === 'patch' ? 'modify' : 'destroy', row);
  if (outcome !== 'ok') return { outcome, rows };
  if (change.etag !== 'any') return { outcome: change.etag === 'none' ? 'ETAG_REQUIRED' : 'ETAG_STALE', rows };
  const changed = change.kind === 'patch' ? { ...row!, mark: change.mark } : { ...row!, isDeleted: true };
  return { outcome, rows: rows.map((each) => (each === row ? changed : each)) };
}

/** A cursor of that place in the list, as anybody might have been given it or have made it by hand. */
function cursorOf({ of, page: { after, sort, isDescending } }: Question & { readonly kind: 'list' }): string | null {
  if (after === null) return null;
  const order = isDescending ? 'DESC' : 'ASC';
  const byMark = sort === 'mark' ? [`/data/${kinds[of].mark!} ${order}`] : [];
  const values = sort === 'mark' ? [after.mark, after.id] : [after.id];
  return Buffer.from(JSON.stringify([[...byMark, `/id ${order}`].join(' '), ...values])).toString('base64url');
}

/** As REST shows it: no relations, no counts. */
function withoutRelated(shown: Shown | null, { inner }: Selection): Shown | null {
  if (shown === null) return null;
  const { nodes } = shown;
  if (Array.isArray(nodes))
    return { nodes: (nodes as readonly Shown[]).map((node) => withoutRelated(node, { inner })) };
  const related = new Set(inner.map(({ relation }) => relation.name));
  return Object.fromEntries(Object.entries(shown).filter(([name]) => !related.has(name)));
}
