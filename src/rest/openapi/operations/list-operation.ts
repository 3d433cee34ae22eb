/** `GET` of a list, also of what is linked to another row: each row then tells the id of its link. */
import type { JsonObject } from '../../../json.ts';
import type { Model, Resource } from '../../../model.ts';
import { pascalCase } from '../../../names.ts';
import type { RestRoute } from '../../route-table.ts';
import { headersOf } from '../headers.ts';
import { listParameters } from '../list-parameters.ts';
import type { DescribeRoute } from '../operation.ts';
import { referenceOf } from '../reference-of.ts';
import { closed, envelopeSchema, pageSchema, shownRow } from '../row-schemas.ts';

export const describeList: DescribeRoute = (route, model) => {
  const { resource, through } = route;
  return {
    id: `list${pascalCase(resource.plural)}`,
    summary: through === null ? `A page of ${resource.label}` : `A page of the ${resource.label} that are linked to it`,
    description:
      'The rows that the caller may see. Of further parameters those that nobody could have meant are passed over.',
    parameters: listParameters(resource),
    answers: {
      '200': {
        description: 'The page.',
        headers: headersOf('Link'),
        content: { 'application/json': { schema: schemaOf(route, model) } },
      },
    },
    problems: [
      ...(['MALFORMED_REQUEST', 'INVALID_FILTER', 'INVALID_SORT', 'INVALID_PAGE'] as const),
      ...(through === null ? [] : (['NOT_FOUND'] as const)),
    ],
  };
};

function schemaOf({ resource, through }: RestRoute, model: Model): JsonObject {
  if (through === null) return { $ref: `#/components/schemas/${resource.typeName}Page` };
  const link = { type: 'string', format: 'uuid', description: 'The id of the link.', 'x-reference': through.name };
  const params = closed({ [`${through.name}Id`]: link }, [`${through.name}Id`]);
  const { showsReferences = false } = through.declaration.addresses!.list!;
  if (showsReferences) return pageSchema(envelopeSchema(resource, referencesSchema(resource, model), { params }));
  return pageSchema(shownRow(resource, model, { params }));
}

/** The rows that a link links, as far as the caller may see them. */
function referencesSchema(resource: Resource, model: Model): JsonObject {
  const { link = [] } = resource.declaration;
  const rows = link.map((attribute) => {
    const { typeName } = model.get(referenceOf(resource, attribute));
    return [attribute.replace(/Id$/, ''), { $ref: `#/components/schemas/${typeName}` }] as const;
  });
  return closed(Object.fromEntries(rows), []);
}
