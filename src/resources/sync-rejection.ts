/**
 * Something that a phone sent and that could not be taken. The server keeps it whole, because the phone gives it up: what
 * a canvasser has heard at a door is lost nowhere, and a person at the office decides what becomes of it.
 *
 * What was sent is kept as text. It may be anything, characters that PostgreSQL stores in no document included, and JSON
 * text spells those with escapes.
 */
import { choice } from '../fields/choice.ts';
import { reference } from '../fields/reference.ts';
import { text } from '../fields/text.ts';
import { timestamp } from '../fields/timestamp.ts';
import { defineResource } from '../resource.ts';

/** No request is larger. */
const longest = { maxLength: 16_777_216 };

export const syncRejection = defineResource({
  name: 'syncRejection',
  plural: 'syncRejections',
  route: '/v1/sync-rejections',
  scope: 'group',
  description: 'Something that a phone sent and that could not be taken.',
  required: ['userId', 'collection', 'documentId', 'code', 'reason', 'payload', 'status'],
  readOnly: true,
  personal: true,
  // That something was sent and refused stays; what it said and about whom does not.
  erasure: {
    along: ['interactionId', 'contactId'],
    mentions: ['payload', 'assumed'],
    keeps: [
      ...['userId', 'collection', 'documentId', 'code', 'interactionId', 'walklistId', 'status', 'resolved'],
      'resolvedById',
    ],
    ends: true,
  },
  fields: {
    userId: reference('user', 'Whose phone sent it.'),
    collection: choice(['interaction', 'walklistItem'], 'What kind of document it is.'),
    documentId: text('Its id, as it was sent.', { maxLength: 1024 }),
    code: text('Why it was refused: the code of the problem.', { maxLength: 64 }),
    reason: text('The same in a sentence.'),
    payload: text('The document, as JSON.', longest),
    assumed: text('What the phone believed the server to have, as JSON; nothing where it made the document.', longest),
    interactionId: reference('interaction', 'The visit as the server had it, where it had one.'),
    walklistId: reference('walklist', 'The walklist, where it is about one of its stops.'),
    status: choice(['open', 'kept', 'forced', 'merged'], 'What somebody at the office has decided.'),
    resolved: timestamp('When that was.'),
    resolvedById: reference('user', 'Who that was.', { inverse: null }),
  },
  indexes: [['documentId'], ['status']],
  sorts: ['modified'],
  example: {
    collection: 'interaction',
    documentId: '01900000-0000-7000-8000-00000000000f',
    code: 'INVALID_INPUT',
    reason: '/survey/surveyId: must be the id of an existing survey that you may see',
    payload: '{"id":"01900000-0000-7000-8000-00000000000f","unavailable":true}',
    status: 'open',
  },
});
