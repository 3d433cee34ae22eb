/** `GET` of a list. */
import { pascalCase } from '../../../names.ts';
import { headersOf } from '../headers.ts';
import { listParameters } from '../list-parameters.ts';
import type { DescribeRoute } from '../operation.ts';

export const describeList: DescribeRoute = ({ resource }) => ({
  id: `list${pascalCase(resource.plural)}`,
  summary: `A page of ${resource.label}`,
  description:
    'The rows that the caller may see. Of further parameters those that nobody could have meant are passed over.',
  parameters: listParameters(resource),
  answers: {
    '200': {
      description: 'The page.',
      headers: headersOf('Link'),
      content: {
        'application/json': { schema: { $ref: `#/components/schemas/${resource.typeName}Page` } },
      },
    },
  },
  problems: ['MALFORMED_REQUEST', 'INVALID_FILTER', 'INVALID_SORT', 'INVALID_PAGE'],
});
