/** `GET` of a list, also of what is linked to another row: each row then tells the id of its link. */
import type { JsonObject } from '../../../json.ts';
import type { Model } from '../../../model.ts';
import { pascalCase } from '../../../names.ts';
import type { RestRoute } from '../../route-table.ts';
import { headersOf } from '../headers.ts';
import { type Listed, listParameters } from '../list-parameters.ts';
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
    parameters: listParameters([{ lead: '', row: resource }, ...shownIn(route, model)]),
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

/** The rows that stand in the data of each row, in place of its own attributes. */
function shownIn({ resource, through }: RestRoute, model: Model): readonly Listed[] {
  if (through?.declaration.addresses?.list?.showsReferences !== true) return [];
  const { link = [] } = resource.declaration;
  return link.map((attribute) => {
    return { lead: `/data/${attribute.replace(/Id$/, '')}`, row: model.get(referenceOf(resource, attribute)) };
  });
}

function schemaOf(route: RestRoute, model: Model): JsonObject {
  const { resource, through } = route;
  if (through === null) return { $ref: `#/components/schemas/${resource.typeName}Page` };
  const link = { type: 'string', format: 'uuid', description: 'The id of the link.', 'x-reference': through.name };
  const params = closed({ [`${through.name}Id`]: link }, [`${through.name}Id`]);
  const rows = shownIn(route, model).map(({ lead, row }) => {
    return [lead.replace('/data/', ''), { $ref: `#/components/schemas/${row.typeName}` }] as const;
  });
  if (rows.length === 0) return pageSchema(shownRow(resource, model, { params }));
  // Each as far as the caller may see it.
  return pageSchema(envelopeSchema(resource, closed(Object.fromEntries(rows), []), { params }));
}
