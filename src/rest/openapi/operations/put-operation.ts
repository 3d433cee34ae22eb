/** `PUT` of a link at the address of what it links. */
import { rowAnswer } from '../answers.ts';
import type { DescribeRoute } from '../operation.ts';
import { shared } from '../parameters.ts';

export const describePut: DescribeRoute = ({ resource }) => ({
  id: `put${resource.typeName}`,
  summary: `Make one of the ${resource.label}, or change the one that is there`,
  description: 'The attributes that come are set, and the others stay. An etag is heeded where one comes.',
  parameters: [shared('etag'), shared('ifMatch')],
  body: { 'application/json': { schema: { $ref: `#/components/schemas/${resource.typeName}Put` }, example: {} } },
  isBodyOptional: true,
  answers: {
    '200': rowAnswer(resource, 'The link that was there, as it is now.'),
    '201': rowAnswer(resource, 'The new link.'),
  },
  problems: [
    ...(['MALFORMED_JSON', 'MALFORMED_REQUEST', 'INVALID_INPUT', 'FORBIDDEN', 'NOT_FOUND', 'ID_TAKEN'] as const),
    ...(['DUPLICATE', 'ETAG_STALE', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const),
  ],
});
