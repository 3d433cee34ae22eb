/** What has to be known of an operation to read any part of it. */
import type { FragmentDefinitionNode, GraphQLSchema } from 'graphql';

export interface Operation {
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** After coercion, defaults included. */
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface SelectionContext {
  readonly schema: GraphQLSchema;
  readonly operation: Operation;
}
