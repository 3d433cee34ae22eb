/**
 * What an operation costs is charged before it runs, refused above the limit, and told in `extensions.cost`. A text that
 * came as far as this is valid, and is remembered for the short way.
 */
import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { Problem } from '../problem.ts';
import type { GraphqlContext } from './context.ts';
import type { Asked, Operations } from './operations.ts';

export function makeCharge({ operations }: { readonly operations: Operations }): ApolloServerPlugin<GraphqlContext> {
  return {
    requestDidStart: async () => ({
      async didResolveOperation({ source, document, request, contextValue: context }) {
        operations.remember(source, document);
        const asked = operations.ask(document, request);
        if (asked !== null) chargeAll(context, asked);
      },
      async willSendResponse({ response: { body }, contextValue: { findCost } }) {
        const cost = findCost();
        if (body.kind !== 'single' || cost === null) return;
        body.singleResult.extensions = { ...body.singleResult.extensions, cost };
      },
    }),
  };
}

function chargeAll(context: GraphqlContext, asked: Asked): void {
  try {
    context.chargeAll(asked);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    // Apollo reads the status from here.
    const extensions = { http: { status: error.status } };
    throw new GraphQLError(error.detail, { originalError: error, extensions });
  }
}
