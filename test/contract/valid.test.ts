/** What `/openapi.json` calls valid succeeds, and every answer is what it says. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { printRequest } from './request.ts';
import { type Contract, makeContract, namesOf, numRuns, patience } from './set-up.ts';
import { closedOperations } from './unsayable.ts';

let contract: Contract;
beforeAll(async () => {
  contract = await makeContract();
});
afterAll(() => contract.world.close());

describe('what is valid succeeds', { timeout: patience }, () => {
  test.each(namesOf(({ operationId }) => closedOperations[operationId] === undefined))('%s', async (name) => {
    const { find, makeRequest, send, compare } = contract;
    const operation = find(name);
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (g) => {
        const request = await makeRequest(operation, g);
        const answer = await send(request);
        const what = `${printRequest(request)} answers ${answer.status} ${JSON.stringify(answer.body)?.slice(0, 500)}`;
        expect(answer.status, what).toBeLessThan(400);
        expect(compare(operation, answer), what).toEqual([]);
      }),
      { numRuns, endOnFailure: true },
    );
  });
});

test('the Link of a page leads to the next one, until there is none', async () => {
  const { find, send, compare } = contract;
  const operation = find('listContacts');
  const base = { operation, path: {}, headers: {}, mediaType: '', body: undefined };
  const seen: number[] = [];
  for (let query: [string, string][] = [['limit', '2']]; query.length > 0;) {
    const answer = await send({ ...base, query });
    expect(compare(operation, answer)).toEqual([]);
    seen.push((answer.body as { readonly data: readonly unknown[] }).data.length);
    const next = /<[^?]*\?([^>]*)>; rel="next"/.exec(answer.headers['link'] ?? '')?.[1];
    query = next === undefined ? [] : [...new URLSearchParams(next)];
  }
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.slice(0, -1)).toEqual(seen.slice(1).map(() => 2));
});

test('the links of an answer lead to its row', async () => {
  const { find, send, compare, makeRequest } = contract;
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      const created = await send(await makeRequest(find('createNote'), g));
      const { id } = created.body as { readonly id: string };
      const base = {
        path: { id },
        query: [],
        headers: { etag: created.headers['etag']! },
        mediaType: '',
        body: undefined,
      };
      for (const name of ['getNote', 'deleteNote']) {
        const answer = await send({ ...base, operation: find(name) });
        expect([answer.status, compare(find(name), answer)]).toEqual([200, []]);
      }
    }),
    { numRuns: 1 },
  );
});
