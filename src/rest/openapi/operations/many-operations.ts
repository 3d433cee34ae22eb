/** Many rows in one request: all of them are written, or none. Failures are named by their place in the body. */
import type { Json, JsonObject } from '../../../json.ts';
import type { Resource } from '../../../model.ts';
import { pascalCase } from '../../../names.ts';
import { passedOver } from '../body-schema.ts';
import { exampleAttributes, exampleEtag, exampleId } from '../examples.ts';
import { headersOf } from '../headers.ts';
import { putItemSchema } from '../link-schemas.ts';
import type { DescribeRoute, Operation } from '../operation.ts';
import { examplePatch } from './patch-operation.ts';
import { patchItemSchema } from '../patch-schema.ts';
import { closed } from '../row-schemas.ts';

const whole =
  'One transaction: everything is written, or nothing. The code of a refusal is that of the first item that failed.';

export const describeCreateMany: DescribeRoute = ({ resource }) => ({
  id: `create${pascalCase(resource.plural)}`,
  summary: `Create many ${resource.label}`,
  description: whole,
  ...written(resource),
  body: itemsOf({ $ref: `#/components/schemas/${resource.typeName}Create` }, { data: exampleAttributes(resource) }),
  problems: [
    ...(['MALFORMED_JSON', 'INVALID_INPUT', 'FORBIDDEN', 'ID_TAKEN', 'DUPLICATE'] as const),
    ...(['BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const),
  ],
});

export const describePatchMany: DescribeRoute = ({ resource }) => ({
  id: `patch${pascalCase(resource.plural)}`,
  summary: `Change many ${resource.label}, each under its etag`,
  description: whole,
  ...written(resource),
  body: itemsOf(patchItemSchema(resource), {
    id: exampleId(resource.name),
    etag: exampleEtag,
    data: examplePatch(resource),
  }),
  problems: [
    ...(['MALFORMED_JSON', 'MALFORMED_REQUEST', 'INVALID_INPUT', 'INVALID_PATCH', 'FORBIDDEN', 'NOT_FOUND'] as const),
    ...(['PATCH_TEST_FAILED', 'DUPLICATE', 'ETAG_STALE', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const),
    'ETAG_REQUIRED',
  ],
});

export const describePutMany: DescribeRoute = ({ resource, method, parameters }, model) => ({
  // Existing clients call it by either method.
  id: `${method === 'PUT' ? 'put' : 'post'}${pascalCase(resource.plural)}`,
  summary: `Make many ${resource.label}, or change those that are there`,
  description: whole,
  ...written(resource),
  body: itemsOf(putItemSchema(resource, parameters, model), {
    data: Object.fromEntries(
      (resource.declaration.link ?? [])
        .filter((end) => parameters.every(({ name }) => name !== end))
        .map((end) => [end, exampleAttributes(resource)[end]!]),
    ),
  }),
  problems: [
    ...(['MALFORMED_JSON', 'INVALID_INPUT', 'FORBIDDEN', 'NOT_FOUND', 'ID_TAKEN', 'DUPLICATE'] as const),
    ...(['BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const),
  ],
});

function written({ typeName, label }: Resource): Pick<Operation, 'answers'> {
  const schema = { $ref: `#/components/schemas/${typeName}Page` };
  const description = `The ${label} in the order of the items.`;
  return { answers: { '200': { description, headers: headersOf(), content: { 'application/json': { schema } } } } };
}

function itemsOf(items: JsonObject, example: Json): JsonObject {
  const data = { type: 'array', items, minItems: 1, maxItems: 1_000 };
  return { 'application/json': { schema: closed({ data, meta: passedOver }, ['data']), example: { data: [example] } } };
}
