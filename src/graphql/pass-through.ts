/**
 * The fast way: an operation whose root fields all select rows becomes one statement, and its text is the answer.
 * Everything else, and everything that is refused, goes on to graphql-js, which asks the same compiler field by field;
 * so an error has the same path, place and null propagation on both ways because only one of them makes it.
 */
import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { Problem } from '../problem.ts';
import type { Reader } from '../read/reader.ts';
import type { GraphqlContext } from './context.ts';
import { wrapJson } from './raw-json.ts';

export function makePassThrough({ reader }: { readonly reader: Reader }): ApolloServerPlugin<GraphqlContext> {
  return {
    requestDidStart: async () => ({
      async responseForOperation({ contextValue: context }) {
        const { viewer, signal, requestId } = context;
        const asked = context.findAsked();
        if (asked === null) return null;
        try {
          context.throwIfFailed();
          const text = await reader.readRoots(viewer, asked.roots, { signal, given: asked.given, requestId });
          const http = { headers: new HeaderMap() };
          return { http, body: { kind: 'single', singleResult: { data: wrapJson(text.toString()) } } };
        } catch (error) {
          // A refusal costs nothing to repeat, and graphql-js finds the root it belongs to. Anything else would cost
          // the database the same again.
          if (!isRefusal(error)) context.fail(error);
          return null;
        }
      },
    }),
  };
}

/** Whether the error is about what was asked; graphql-js throws its own for the place of an argument. */
export function isRefusal(error: unknown): boolean {
  return error instanceof GraphQLError || (error instanceof Problem && error.status < 500);
}
