/** `GET /v1/audit/reads`: who read personal data in bulk, newest first, for those who hold read@audit. */
import { listReads } from '../../audit/read-log.ts';
import type { JsonObject } from '../../json.ts';
import type { Model } from '../../model.ts';
import { invalidInput } from '../../problem.ts';
import { isUuid } from '../../uuid.ts';
import { makeNextLink } from '../next-link.ts';
import { query } from '../openapi/parameters.ts';
import { findSingle, parseQuery } from '../query-parameters.ts';
import type { Handle } from '../rest-parts.ts';
import type { ActionParts, ActionRoute } from './action.ts';
import { cursorParameter, limitParameter, parseLogPage } from './log-page.ts';

const text = { type: 'string' };
const entry: JsonObject = {
  type: 'object',
  description: 'Somebody has read personal data in bulk.',
  properties: {
    id: { ...text, format: 'uuid', description: 'Also the cursor, for `after`.' },
    at: { ...text, format: 'date-time' },
    userId: { ...text, format: 'uuid', 'x-reference': 'user', description: 'Left out where it was the system.' },
    client: { ...text, description: 'The application through which it was read.' },
    requestId: text,
    transport: { enum: ['rest', 'graphql', 'sync', 'feed', 'export'] },
    resource: { ...text, description: 'What was read; several with commas between.' },
    filter: { ...text, description: 'Which rows; left out for all that the reader may see.' },
    rows: { type: 'integer', minimum: 0 },
  },
  required: ['id', 'at', 'transport', 'resource', 'rows'],
  additionalProperties: false,
};

const url = '/v1/audit/reads';

export function makeReadLog(model: Model): readonly ActionRoute[] {
  return [
    {
      name: 'listReads',
      method: 'GET',
      url,
      description: 'Who read personal data in bulk, newest first. It takes the permission read@audit.',
      of: model.get('user'),
      access: 'token',
      parameters: {},
      query: [
        limitParameter,
        cursorParameter,
        query('userId', 'Only what this user has read.', { ...text, format: 'uuid', 'x-reference': 'user' }),
        query('resource', 'Only reads of this resource: `contacts`.', text),
      ],
      body: null,
      answers: [{ status: 200, description: 'A page of the read log.', holds: { entries: entry } }],
      problems: ['MALFORMED_REQUEST', 'INVALID_PAGE', 'INVALID_INPUT', 'FORBIDDEN'],
      make: makeListReads,
    },
  ];
}

function makeListReads({ database, authenticate }: ActionParts): Handle {
  return async (request, reply) => {
    const viewer = await authenticate(request);
    const parameters = parseQuery(request.url);
    const { limit, after } = parseLogPage(parameters);
    const refuse = (why: string) => invalidInput([{ pointer: '', message: why }]);
    const userId = findSingle(parameters, 'userId', refuse);
    if (userId !== null && !isUuid(userId)) throw refuse('userId must be a UUID');
    const resource = findSingle(parameters, 'resource', refuse);
    // One more than asked for tells whether there is another page.
    const entries = await listReads(database, viewer, { limit: limit + 1, after, userId, resource });
    const page = entries.slice(0, limit);
    const last = page.at(-1);
    if (entries.length > limit && last !== undefined) reply.header('link', makeNextLink(url, parameters, last.id));
    const data = page.map((one) => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null)));
    return reply.send({ data, meta: {} });
  };
}
