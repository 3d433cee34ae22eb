/** A refusal points at the field whose arguments it is about, wherever in the operation that stands. */
import { type FieldNode, GraphQLError } from 'graphql';
import { Problem } from '../../problem.ts';

export function locate<T>(node: FieldNode, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new GraphQLError(error.detail, { nodes: node, originalError: error });
  }
}
