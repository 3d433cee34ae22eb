/** `PATCH` of one row. */
import type { JsonObject } from '../../../json.ts';
import type { Resource } from '../../../model.ts';
import { rowAnswer } from '../answers.ts';
import { exampleAttributes } from '../examples.ts';
import type { DescribeRoute } from '../operation.ts';
import { shared } from '../parameters.ts';
import { sentAttributes } from '../create-schema.ts';
import { hasActions } from '../patch-schema.ts';

export const describePatch: DescribeRoute = ({ resource }) => {
  const operations = examplePatch(resource);
  const schema = {
    $ref: `#/components/schemas/${hasActions(resource) ? `${resource.typeName}Patch` : 'JsonPatchBody'}`,
  };
  return {
    id: `patch${resource.typeName}`,
    summary: `Change one of the ${resource.label}`,
    description: 'By JSON Patch (RFC 6902), all or nothing. What the attributes may be is what a create says of them.',
    parameters: [shared('etag'), shared('ifMatch')],
    body: {
      'application/json': {
        schema,
        examples: {
          wrapped: { summary: 'Operations under data', value: { data: operations } },
          bare: { summary: 'Operations alone', value: operations },
        },
      },
      'application/json-patch+json': { schema, example: operations },
    },
    answers: { '200': rowAnswer(resource, 'The row as it is now.') },
    problems: [
      ...(['MALFORMED_JSON', 'MALFORMED_REQUEST', 'INVALID_INPUT', 'INVALID_PATCH', 'FORBIDDEN', 'NOT_FOUND'] as const),
      'PATCH_TEST_FAILED',
      ...((resource.declaration.unique ?? []).length > 0 ? (['DUPLICATE'] as const) : []),
      ...(resource.declaration.problems ?? []),
      ...(['ETAG_STALE', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'ETAG_REQUIRED'] as const),
    ],
  };
};

/** Sets the first attribute of the example; a link's ends are what makes it that link, and are only tested. */
export function examplePatch(resource: Resource): readonly JsonObject[] {
  const attributes = exampleAttributes(resource);
  const own = Object.keys(resource.declaration.example).find((name) => sentAttributes(resource)[name] !== undefined);
  const name = own ?? Object.keys(attributes)[0]!;
  return [{ op: own === undefined ? 'test' : 'replace', path: `/${name}`, value: attributes[name]! }];
}
