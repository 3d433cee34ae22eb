/** What `serve` prints when it is ready: where the doors are, and a request for each that works as it is pasted. */
import { demoIds } from '../../../seed/demo-ids.ts';
import type { App } from '../../app.ts';
import type { TokenClaims } from '../../access/tokens.ts';

const lifetimeSeconds = 24 * 3600;
const alice: TokenClaims = {
  userId: demoIds.alice,
  customerId: demoIds.customer,
  organizationId: demoIds.organization,
  client: null,
};

/** The latest interactions, and who was visited. */
const query = '{ interactions(limit: 2, sort: [{ timestamp: DESC }]) { totalCount nodes { id meta { etag } } } }';
const list = '/v2/interactions?limit=2&sort=/data/timestamp&sort=DESC';

export async function makeWelcome({ app, url }: { readonly app: App; readonly url: string }): Promise<string> {
  const urls = ['', 'Doorstep is ready.', '', `  GraphQL  ${url}/graphql`, `  REST     ${url}/docs`, ''];
  if ((await app.viewers.find(alice)) === null) {
    return [...urls, 'A bearer token for somebody who has an account: npx doorstep token <email>', ''].join('\n');
  }
  const bearer = `-H 'authorization: Bearer ${await app.tokens.sign({ ...alice, lifetimeSeconds })}'`;
  return [
    ...urls,
    'Try it as alice@doorstep.example of the demo; this token is good for a day:',
    '',
    `curl -s ${url}/graphql ${bearer} -H 'content-type: application/json' -d '${JSON.stringify({ query })}'`,
    '',
    `curl -s '${url}${list}' ${bearer}`,
    '',
    'Others: npx doorstep token bob@doorstep.example. Ctrl-C stops the server.',
    '',
  ].join('\n');
}
