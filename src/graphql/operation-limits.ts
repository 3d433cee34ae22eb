/**
 * How large an operation may be, checked before anything is compiled: all of it becomes one SQL statement, and
 * PostgreSQL plans every relation in it. What an operation costs in rows is another question than how long it is.
 */
import { type ASTVisitor, GraphQLError, Kind, type SelectionSetNode, type ValidationContext } from 'graphql';

export const operationLimits = {
  /** Of the text; parsing stops there. */
  tokens: 10_000,
  /** With fragments written out. The time that PostgreSQL plans grows with the square of their number. */
  selections: 500,
  /** `contacts { nodes { data { notes } } }` is four deep. */
  depth: 16,
  rootFields: 50,
} as const;

/** Runs after the specified rules, so there are no circles of fragments any more, and the selections are counted. */
export function limitOperation(context: ValidationContext): ASTVisitor {
  const refuse = (message: string, node: SelectionSetNode): void =>
    context.reportError(new GraphQLError(message, { nodes: node }));
  return {
    OperationDefinition({ selectionSet }) {
      const { depth, rootFields } = operationLimits;
      const fields = countFields(selectionSet, context);
      if (fields > rootFields)
        refuse(`An operation may have ${rootFields} root fields, this one has ${fields}.`, selectionSet);
      const deepest = measureDepth(selectionSet, context);
      if (deepest > depth) refuse(`An operation may be ${depth} fields deep, this one is ${deepest}.`, selectionSet);
    },
  };
}

function countFields({ selections }: SelectionSetNode, context: ValidationContext): number {
  return selections.reduce((sum, node) => {
    if (node.kind === Kind.FIELD) return sum + 1;
    const inner = node.kind === Kind.INLINE_FRAGMENT ? node : context.getFragment(node.name.value);
    return inner ? sum + countFields(inner.selectionSet, context) : sum;
  }, 0);
}

function measureDepth({ selections }: SelectionSetNode, context: ValidationContext): number {
  let deepest = 0;
  for (const node of selections) {
    if (node.kind === Kind.FIELD) {
      // Introspection is no statement, and graphql-js limits how deep it may go.
      const below =
        node.selectionSet === undefined || node.name.value.startsWith('__')
          ? 0
          : measureDepth(node.selectionSet, context);
      deepest = Math.max(deepest, 1 + below);
      continue;
    }
    const inner = node.kind === Kind.INLINE_FRAGMENT ? node : context.getFragment(node.name.value);
    if (inner) deepest = Math.max(deepest, measureDepth(inner.selectionSet, context));
  }
  return deepest;
}
