/** What of yours could not be taken: the phone has given it up, and its person learns why. */
import type { CollectionDeclaration } from '../collection.ts';

export const syncRejection: CollectionDeclaration = {
  name: 'syncRejection',
  description: 'Something that your phone sent and that could not be taken.',
  path: null,
  of: 'syncRejection',
  own: 'userId',
  fields: {
    // RxDB's own documents have a member `collection`.
    kind: '/data/collection',
    documentId: '/data/documentId',
    code: '/data/code',
    reason: '/data/reason',
    payload: '/data/payload',
    walklistId: '/data/walklistId',
    status: '/data/status',
    resolved: '/data/resolved',
  },
};
