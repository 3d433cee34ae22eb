/**
 * The description of the REST API, OpenAPI 3.1, made from the same table of routes that the server registers. Nothing
 * in here knows a resource.
 */
import type { JsonObject } from '../../json.ts';
import type { Model, Resource } from '../../model.ts';
import type { ActionRoute } from '../actions/action.ts';
import { makeActions } from '../actions/add-actions.ts';
import { makeRoutes, type RestRoute } from '../route-table.ts';
import { linksOf } from './answers.ts';
import { attributesSchema, createSchema } from './create-schema.ts';
import { describeAction } from './describe-action.ts';
import { describeVerb } from './describe-verb.ts';
import { headers } from './headers.ts';
import { putSchema } from './link-schemas.ts';
import { type Operation, type Place, problemsOf, toOpenapi } from './operation.ts';
import { parameters } from './parameters.ts';
import { actionBodySchema, hasActions, operationSchema, patchBodySchema, patchSchema } from './patch-schema.ts';
import { problemResponses, problemSchema } from './problem-responses.ts';
import { pageSchema, shownRow } from './row-schemas.ts';

const description = `
Rows are envelopes: \`id\`, \`customerId\`, \`securityGroupId\`, the resource's own attributes in \`data\`, and what the
server keeps about the row in \`meta\`. Attributes that are not set are left out of answers.

A change names the version that it is for, by the etag of the row that was read. Refusals are problem documents
(RFC 9457); their codes are permanent. A row that the caller may not see is answered like one that is not there.

Objects are closed: an attribute that is not described is refused.

Texts hold neither U+0000 nor halves of surrogate pairs, integers lie within ±9007199254740991, and nothing is nested
more than 64 deep.
`;

export function makeOpenapi(model: Model, { version }: { readonly version: string }): JsonObject {
  const routes = makeRoutes(model);
  const described = [
    ...routes.map((route) => ({ place: placeOf(route), operation: nameByPlace(describeRoute(route, model), route) })),
    ...makeActions(model).map((action) => ({ place: placeOfAction(action), operation: describeAction(action) })),
  ];
  const reached = model.resources.filter((resource) => routes.some((route) => route.resource === resource));
  return {
    openapi: '3.1.1',
    info: { title: 'Doorstep', summary: 'Data of door-to-door canvassing.', description: description.trim(), version },
    servers: [{ url: '/', description: 'This server.' }],
    tags: reached.map(({ plural, declaration }) => ({ name: plural, description: declaration.description })),
    security: [{ bearer: [] }],
    paths: pathsOf(described.map(({ place, operation }) => [place, toOpenapi(operation, place)])),
    components: {
      schemas: {
        ...Object.fromEntries(model.resources.flatMap((resource) => schemasOf(resource, model))),
        JsonPatchOperation: operationSchema,
        JsonPatch: patchSchema,
        JsonPatchBody: patchBodySchema,
        Problem: problemSchema,
      },
      responses: problemResponses(described.map(({ operation }) => problemsOf(operation))),
      links: Object.fromEntries(model.resources.flatMap(linksOf)),
      parameters,
      headers,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'A token for one person in one organization; `doorstep token <email>` prints one.',
        },
      },
    },
  };
}

function describeRoute(route: RestRoute, model: Model): Operation {
  return describeVerb[route.verb](route, model);
}

function placeOf({ method, url, resource, parameters }: RestRoute): Place {
  return { method, url, tag: resource.plural, ids: parameters, isPublic: false };
}

function placeOfAction({ method, url, of: resource, parameters, access }: ActionRoute): Place {
  const ids = Object.entries(parameters).map(([name, of]) => ({ name, of }));
  return { method, url, tag: resource.plural, ids, isPublic: access === 'public' };
}

/** Rows that are reached from other rows: getContactHouseholdByContactAndHousehold, listHouseholdsByContact. */
function nameByPlace(operation: Operation, { parameters }: RestRoute): Operation {
  const names = parameters.flatMap(({ of, lead }) => (lead.length === 0 ? [] : [of.typeName]));
  return names.length === 0 ? operation : { ...operation, id: `${operation.id}By${names.join('And')}` };
}

function pathsOf(operations: readonly (readonly [Place, JsonObject])[]): JsonObject {
  const paths = new Map<string, JsonObject>();
  for (const [{ url, method }, operation] of operations) {
    const path = url.replaceAll(/:(\w+)/g, '{$1}');
    paths.set(path, { ...paths.get(path), [method.toLowerCase()]: operation });
  }
  return Object.fromEntries(paths);
}

function schemasOf(resource: Resource, model: Model): readonly (readonly [string, JsonObject])[] {
  const { typeName, declaration } = resource;
  const isWritten = declaration.readOnly !== true;
  const isReached = declaration.route !== null;
  const named = (suffix: string, schema: JsonObject) => [`${typeName}${suffix}`, schema] as const;
  return [
    named('', shownRow(resource, model)),
    ...(isReached ? [named('Page', pageSchema({ $ref: `#/components/schemas/${typeName}` }))] : []),
    ...(isWritten ? [named('Input', attributesSchema(resource, model))] : []),
    ...(isWritten && isReached ? [named('Create', createSchema(resource, model))] : []),
    ...(declaration.addresses?.row === undefined ? [] : [named('Put', putSchema(resource))]),
    ...(hasActions(resource) ? [named('Patch', actionBodySchema(resource))] : []),
  ];
}
