/** `DELETE` of one row. */
import { rowAnswer } from '../answers.ts';
import type { DescribeRoute } from '../operation.ts';
import { shared } from '../parameters.ts';

export const describeRemove: DescribeRoute = ({ resource }) => ({
  id: `delete${resource.typeName}`,
  summary: `Delete one of the ${resource.label}`,
  description: 'The row is hidden from then on, and seen by those who ask for deleted rows. Its links go with it.',
  parameters: [shared('etag'), shared('ifMatch')],
  answers: { '200': rowAnswer(resource, 'The row as it was deleted.') },
  problems: ['MALFORMED_REQUEST', 'FORBIDDEN', 'NOT_FOUND', 'ETAG_STALE', 'ETAG_REQUIRED'],
});
