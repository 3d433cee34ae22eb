/**
 * GraphQL over HTTP, by the audits of its specification's authors (https://graphql.github.io/graphql-over-http/draft/).
 * What the server knowingly does otherwise stands below, and fails here as soon as it does not any more.
 */
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeWorld, type World } from '../../world.ts';

const always400 = 'Apollo answers 400 to what it does not execute, whatever was accepted, and its clients expect that';
const otherwise: Readonly<Record<string, string>> = {
  // SHOULD use 200 with application/json when a document cannot be parsed, is not valid, or a variable is not.
  '572B': always400,
  FDE2: always400,
  '7B9B': always400,
};

describe.each(['on', 'off'])('with the short way %s', (shortWay) => {
  let world: World;
  let url: string;
  beforeAll(async () => {
    world = await makeWorld({ env: { SHORT_WAY: shortWay } });
    url = `${await world.app.listen({ port: 0, host: '127.0.0.1' })}/graphql`;
  });
  afterAll(() => world.close());

  const asAlice: typeof fetch = (address, init) => {
    const headers = new Headers(init?.headers);
    headers.set('authorization', world.as('alice').authorization);
    // Without it a GET could come from a form on anybody's site.
    headers.set('apollo-require-preflight', 'yes');
    return fetch(address, { ...init, headers });
  };
  test.each(serverAudits({ url: () => url, fetchFn: asAlice }))('$id: $name', async ({ id, fn }) => {
    const result = await fn();
    const reason = 'reason' in result ? result.reason : null;
    if (otherwise[id] === undefined) expect(reason).toBeNull();
    else expect(reason, `passes now, though ${otherwise[id]}`).toBe('Response status code is not 200');
  });
});
