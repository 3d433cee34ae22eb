/**
 * The GraphQL edge of errors. A Problem keeps its facts in `extensions`; what Apollo and graphql-js refuse keeps
 * Apollo's code; everything else is a bug, whose message may hold SQL or a voter's name and stays in the log.
 */
import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Log } from '../log.ts';
import { catalogue, Problem } from '../problem.ts';
import type { GraphqlContext } from './context.ts';

const refusals: ReadonlySet<unknown> = new Set(
  Object.values(ApolloServerErrorCode).filter((code) => code !== ApolloServerErrorCode.INTERNAL_SERVER_ERROR),
);

export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = findCause(error);
  const { locations, path } = formatted;
  const where = { ...(locations === undefined ? {} : { locations }), ...(path === undefined ? {} : { path }) };
  if (cause instanceof Problem) return { message: cause.detail, ...where, extensions: factsOf(cause) };
  const code = refusalCode(formatted, cause);
  if (code !== null) {
    const { message } = formatted;
    const { status, title } = catalogue.MALFORMED_REQUEST;
    return { message, ...where, extensions: { code, status, title, detail: message } };
  }
  const message = 'Something broke on our side. Its log has the request id.';
  return { message, ...where, extensions: { code: 'INTERNAL', ...catalogue.INTERNAL, detail: message } };
}

/** The members of `extensions`, beside the request id. */
export function factsOf({ code, status, title, detail, facts: { errors, etag } }: Problem): Record<string, unknown> {
  return dropUnset({ code, status, title, detail, errors, etag });
}

/** Adds the request id to every error, and writes to the log what the caller is not told. */
export function makeErrorReport({ log }: { readonly log: Log }): ApolloServerPlugin<GraphqlContext> {
  return {
    requestDidStart: async () => ({
      async didEncounterErrors({ errors, contextValue: { requestId, signal } }) {
        for (const error of errors) {
          const cause = findCause(error);
          // Nobody reads this answer, and a statement that was cancelled for it is no fault of ours.
          if (signal.aborted) log.debug({ requestId }, 'the client hung up');
          else if (cause instanceof Problem) reportProblem(cause, requestId, log);
          else if (refusalCode({ ...error, extensions: error.extensions }, cause) === null) {
            log.error({ err: cause, requestId }, 'the request broke');
          }
        }
      },
      async willSendResponse({ response: { body }, contextValue: { requestId } }) {
        if (body.kind !== 'single' || body.singleResult.errors === undefined) return;
        body.singleResult.errors = body.singleResult.errors.map((error) => ({
          ...error,
          extensions: { ...error.extensions, requestId },
        }));
      },
    }),
  };
}

function reportProblem({ code, status, detail }: Problem, requestId: string, log: Log): void {
  if (status >= 500) log.warn({ code, detail, requestId }, 'not served');
  else log.debug({ code, detail, requestId }, 'refused');
}

/** The code of something that the caller got wrong in the operation itself; null when it is a bug. */
function refusalCode({ extensions }: Pick<GraphQLFormattedError, 'extensions'>, cause: unknown): string | null {
  const code = extensions?.['code'];
  if (refusals.has(code)) return code as string;
  // graphql-js throws these, with their place in the operation, for arguments that a variable left without a value.
  const isArgument = cause instanceof GraphQLError && cause.nodes !== undefined;
  return isArgument && (code === undefined || !refusals.has(code)) ? ApolloServerErrorCode.BAD_USER_INPUT : null;
}

/** GraphQL wraps errors in errors, one for each edge they cross. */
function findCause(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError !== undefined) cause = cause.originalError;
  return cause;
}

function dropUnset(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
