/**
 * What is said of one route, and how that becomes an OpenAPI operation: tags, path parameters and the problems of every
 * route are added here, so that a verb says only what is its own.
 */
import type { JsonObject } from '../../json.ts';
import type { Model, Resource } from '../../model.ts';
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
  /** By media type. */
  readonly body?: JsonObject;
  readonly isBodyOptional?: boolean;
  /** The responses of a request that is not refused, by status. */
  readonly answers: Readonly<Record<string, JsonObject>>;
  /** The refusals of its own. */
  readonly problems: readonly RestProblemCode[];
}

export type DescribeRoute = (route: RestRoute, model: Model) => Operation;

/** Where an operation is, whichever table it comes from. */
export interface Place {
  readonly method: string;
  /** In the notation of the router. */
  readonly url: string;
  readonly tag: string;
  /** The parameters of the address, each with the resource whose id it is. */
  readonly ids: readonly { readonly name: string; readonly of: Resource }[];
  /** Whether a token may be missing. */
  readonly isPublic: boolean;
}

export function toOpenapi(operation: Operation, { tag, ids, isPublic }: Place): JsonObject {
  const { id, summary, description, body, isBodyOptional = false, answers } = operation;
  const parameters = [...pathParameters(ids), ...(operation.parameters ?? [])];
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(isPublic ? { security: [{}, { bearer: [] }] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: !isBodyOptional, content: body } }),
    responses: { ...answers, ...refer(problemsOf(operation)) },
  };
}

export function problemsOf({ problems }: Operation): readonly RestProblemCode[] {
  return [...problems, ...commonProblems];
}
