/**
 * The fast way: an operation whose root fields all select rows becomes one statement, and its text is the answer.
 * Everything else, and everything that is refused, goes on to graphql-js, which asks the same compiler field by field;
 * so an error has the same path, place and null propagation on both ways because only one of them makes it.
 */
import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getOperationAST,
  getVariableValues,
  Kind,
  OperationTypeNode,
} from 'graphql';
import { Problem } from '../problem.ts';
import type { Reader, Root } from '../read/reader.ts';
import type { GraphqlContext } from './context.ts';
import { wrapJson } from './raw-json.ts';
import { makeRoots } from './selection/make-root.ts';

export function makePassThrough({ reader }: { readonly reader: Reader }): ApolloServerPlugin<GraphqlContext> {
  return {
    requestDidStart: async () => ({
      async responseForOperation({ schema, document, request, contextValue: context }) {
        // Apollo's own `operation` is undefined, against its type, where the name is missing or wrong.
        const operation = getOperationAST(document, request.operationName);
        if (operation?.operation !== OperationTypeNode.QUERY) return null;
        const variables = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables ?? {});
        if (variables.coerced === undefined) return null;
        const fragments = findFragments(document);
        const roots = tryRoots(() =>
          makeRoots(operation, { schema, operation: { fragments, variables: variables.coerced } }),
        );
        if (roots === null) return null;
        try {
          const text = await reader.readRoots(context.viewer, roots, { signal: context.signal });
          const http = { headers: new HeaderMap() };
          return { http, body: { kind: 'single', singleResult: { data: wrapJson(text) } } };
        } catch (error) {
          // A refusal costs nothing to repeat, and graphql-js finds the root it belongs to. Anything else would cost
          // the database the same again.
          if (!(error instanceof Problem && error.status < 500)) context.fail(error);
          return null;
        }
      },
    }),
  };
}

/** Null when the operation has to go the other way, which will say why. */
function tryRoots(make: () => readonly Root[] | null): readonly Root[] | null {
  try {
    return make();
  } catch {
    return null;
  }
}

function findFragments({ definitions }: DocumentNode): Readonly<Record<string, FragmentDefinitionNode>> {
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return fragments;
}
