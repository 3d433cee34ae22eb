/** `GET` of one row. What shows other rows beside its own has no version that its etag could name. */
import { rowAnswer } from '../answers.ts';
import { headersOf } from '../headers.ts';
import type { DescribeRoute } from '../operation.ts';
import { shared } from '../parameters.ts';

export const describeGet: DescribeRoute = ({ resource }) => {
  const isNamedByEtag = resource.declaration.shows === undefined;
  const unchanged = { description: 'The client has this version already.', headers: headersOf('ETag') };
  return {
    id: `get${resource.typeName}`,
    summary: `One of the ${resource.label}`,
    parameters: [shared('deleted'), ...(isNamedByEtag ? [shared('ifNoneMatch')] : [])],
    answers: { '200': rowAnswer(resource, 'The row.'), ...(isNamedByEtag ? { '304': unchanged } : {}) },
    problems: ['MALFORMED_REQUEST', 'NOT_FOUND'],
  };
};
