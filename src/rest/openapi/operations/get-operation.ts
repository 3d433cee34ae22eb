/** `GET` of one row. */
import { headersOf } from '../headers.ts';
import type { DescribeRoute } from '../operation.ts';
import { shared } from '../parameters.ts';
import { rowAnswer } from '../answers.ts';

export const describeGet: DescribeRoute = ({ resource }) => ({
  id: `get${resource.typeName}`,
  summary: `One of the ${resource.label}`,
  parameters: [shared('deleted'), shared('ifNoneMatch')],
  answers: {
    '200': rowAnswer(resource, 'The row.'),
    '304': { description: 'The client has this version already.', headers: headersOf('ETag') },
  },
  problems: ['MALFORMED_REQUEST', 'NOT_FOUND'],
});
