/**
 * What is said of one route, and how that becomes an OpenAPI operation: tags, path parameters and the problems of every
 * route are added here, so that a verb says only what is its own.
 */
import type { JsonObject } from '../../json.ts';
import type { Model } from '../../model.ts';
import type { RestRoute } from '../route-table.ts';
import { pathParameters } from './parameters.ts';
import type { RestProblemCode } from './problem-examples.ts';
import { commonProblems, refer } from './problem-responses.ts';

export interface Operation {
  /** camelCase; unique in the document. */
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  /** Beside those in the path. */
  readonly parameters?: readonly JsonObject[];
  readonly body?: JsonObject;
  /** The responses of a request that is not refused, by status. */
  readonly answers: Readonly<Record<string, JsonObject>>;
  /** The refusals of its own. */
  readonly problems: readonly RestProblemCode[];
}

export type DescribeRoute = (route: RestRoute, model: Model) => Operation;

export function toOpenapi(operation: Operation, route: RestRoute): JsonObject {
  const { id, summary, description, body, answers } = operation;
  const parameters = [...pathParameters(route.parameters), ...(operation.parameters ?? [])];
  return {
    operationId: id + placeOf(route),
    tags: [route.resource.plural],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: body } }),
    responses: { ...answers, ...refer(problemsOf(operation)) },
  };
}

/** Rows that are reached from other rows: getContactHouseholdByContactAndHousehold, listHouseholdsByContact. */
function placeOf({ parameters }: RestRoute): string {
  const names = parameters.flatMap(({ of, lead }) => (lead.length === 0 ? [] : [of.typeName]));
  return names.length === 0 ? '' : `By${names.join('And')}`;
}

export function problemsOf({ problems }: Operation): readonly RestProblemCode[] {
  return [...problems, ...commonProblems];
}
