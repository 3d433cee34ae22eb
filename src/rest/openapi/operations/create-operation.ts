/** `POST` of a new row. */
import type { Resource } from '../../../model.ts';
import { exampleAttributes, exampleId } from '../examples.ts';
import type { DescribeRoute } from '../operation.ts';
import { rowAnswer } from '../answers.ts';

export const describeCreate: DescribeRoute = ({ resource }) => {
  const attributes = exampleAttributes(resource);
  const id = exampleId(resource.name);
  return {
    id: `create${resource.typeName}`,
    summary: `Create one of the ${resource.label}`,
    description: describeRepeats(resource),
    body: {
      'application/json': {
        schema: { $ref: `#/components/schemas/${resource.typeName}Create` },
        examples: {
          wrapped: { summary: 'Attributes under data', value: { id, data: attributes } },
          flat: { summary: 'Attributes at the top', value: { id, ...attributes } },
        },
      },
    },
    answers: {
      '200': rowAnswer(resource, 'The row was there already, from the same body or as the same thing.'),
      '201': rowAnswer(resource, 'The new row.', 'Location'),
    },
    problems: [
      ...(['MALFORMED_JSON', 'MALFORMED_REQUEST', 'INVALID_INPUT', 'FORBIDDEN', 'ID_TAKEN'] as const),
      ...((resource.declaration.unique ?? []).length > 0 ? (['DUPLICATE'] as const) : []),
      ...(resource.declaration.problems ?? []),
      ...(['BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const),
    ],
  };
};

/** What may not be there twice, as the declaration says it. */
function describeRepeats({ declaration }: Resource): string {
  const repeats = (declaration.unique ?? []).map(({ message, onCreate }) =>
    onCreate === 'answer' ? `200 with that row: ${message}` : `409 DUPLICATE: ${message}`,
  );
  const again = 'The same id with the same body answers 200 with the row, for good; with another body 409 ID_TAKEN.';
  return [again, ...repeats].join('\n\n');
}
