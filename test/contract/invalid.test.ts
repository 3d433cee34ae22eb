/**
 * What `/openapi.json` calls invalid gets a problem that the operation names: one place of a valid request is broken at
 * a time, blindly, and the schema says whether that is wrong.
 */
import fc from 'fast-check';
import { v7 as makeId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { breakValue } from './break-value.ts';
import type { Operation } from './description.ts';
import { printRequest, type Request, type SendOptions } from './request.ts';
import { type Contract, makeContract, namesOf, numRuns, patience } from './set-up.ts';

const bodyLimit = 100_000;

let contract: Contract;
beforeAll(async () => {
  contract = await makeContract({ BODY_LIMIT: String(bodyLimit), BULK_BODY_LIMIT: String(bodyLimit) });
});
afterAll(() => contract.world.close());

/** Runs `check` with valid requests of the operation. */
async function withRequests(
  operation: Operation,
  runs: number,
  check: (request: Request, g: fc.GeneratorValue) => Promise<void>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => check(await contract.makeRequest(operation, g), g)),
    { numRuns: runs, endOnFailure: true },
  );
}

async function expectProblem(request: Request, statuses: readonly number[], options: SendOptions = {}): Promise<void> {
  const answer = await contract.send(request, options);
  const sent = options.text === undefined ? '' : ` with ${options.text.slice(0, 20)}`;
  const what = `${printRequest(request)}${sent} answers ${answer.status} ${JSON.stringify(answer.body)?.slice(0, 500)}`;
  expect(statuses, what).toContain(answer.status);
  expect(answer.mediaType, what).toBe('application/problem+json');
  expect(contract.compare(request.operation, answer), what).toEqual([]);
}

describe('a stranger, and members without the right, are refused in described ways', () => {
  test.each(namesOf(() => true))('%s', async (name) => {
    const operation = contract.find(name);
    await withRequests(operation, 1, async (request) => {
      if (!operation.isPublic) await expectProblem(request, [401], { person: null });
      for (const person of ['frank', 'chelsea', 'dora'] as const) {
        const answer = await contract.send(request, { person });
        expect(contract.compare(operation, answer), `${person}: ${printRequest(request)}`).toEqual([]);
      }
    });
  });
});

describe('an address of nothing is not found', () => {
  test.each(namesOf(({ path }) => path.includes('{')))('%s', async (name) => {
    await withRequests(contract.find(name), 1, async (request) => {
      for (const parameter of Object.keys(request.path)) {
        for (const id of ['nonsense', makeId()]) {
          await expectProblem({ ...request, path: { ...request.path, [parameter]: id } }, [404]);
        }
      }
    });
  });
});

describe('a broken query is refused', () => {
  test.each(namesOf((operation) => brokenQueries(operation).length > 0))('%s', async (name) => {
    const operation = contract.find(name);
    await withRequests(operation, 1, async (request) => {
      for (const pair of brokenQueries(operation)) await expectProblem({ ...request, query: [pair] }, [400]);
    });
  });
});

/** Values that the schemas of parameters refuse, as far as they refuse any. */
function brokenQueries({ parameters }: Operation): readonly (readonly [name: string, value: string])[] {
  return parameters.flatMap(({ in: place, name, schema, example }) => {
    if (place !== 'query') return [];
    const broken = (...values: readonly string[]) => values.map((value) => [name, value] as const);
    if (schema['type'] === 'integer') return broken('-1', '1.5', 'ten', '9007199254740992');
    if (schema['enum'] !== undefined) return broken('nonsense');
    if (schema['type'] === 'array') return broken('/nonsense', 'DESC');
    // The rest are texts: a cursor is made by the server, and an example says that there is a grammar.
    if (example !== undefined) return broken(`${String(example)} and`);
    return name === 'after' ? broken('nonsense') : [];
  });
}

describe('a change without the etag, or with a stale one, is refused', () => {
  test.each(namesOf((operation) => etagHeaders(operation).length > 0))('%s', async (name) => {
    const operation = contract.find(name);
    const isNeeded = operation.responses['428'] !== undefined;
    await withRequests(operation, 1, async (request) => {
      for (const header of etagHeaders(operation)) {
        await expectProblem({ ...request, headers: { [header]: `0-${'A'.repeat(27)}` } }, [412]);
        if (isNeeded) await expectProblem({ ...request, headers: { [header]: 'a b' } }, [400]);
      }
      if (isNeeded) await expectProblem({ ...request, headers: {} }, [428]);
    });
  });
});

function etagHeaders({ parameters, responses }: Operation): readonly string[] {
  if (responses['412'] === undefined) return [];
  return parameters.flatMap((each) => (each.in === 'header' ? [each.name] : []));
}

describe('a body that breaks its schema is refused', { timeout: patience }, () => {
  test.each(namesOf(({ body }) => body !== null))('%s', async (name) => {
    const operation = contract.find(name);
    const { schema } = operation.body!['application/json']!;
    await withRequests(operation, Math.ceil(numRuns / 2), async (request, g) => {
      for (let time = 0; time < 4; time++) {
        const body = breakValue(request.body ?? {}, g);
        if (contract.description.faultsOf(schema, body).length === 0) continue;
        await expectProblem({ ...request, body }, [400, 403, 404, 412, 428]);
      }
    });
  });
});

describe('a body that is no JSON, of another type or too large is refused', () => {
  test.each(namesOf(({ body }) => body !== null))('%s', async (name) => {
    await withRequests(contract.find(name), 1, async (request) => {
      await expectProblem(request, [400], { text: '{"data": ' });
      await expectProblem(request, [413], { text: ' '.repeat(bodyLimit + 1) });
      await expectProblem({ ...request, mediaType: 'text/plain' }, [415], { text: 'text' });
    });
  });
});
