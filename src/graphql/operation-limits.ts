/**
 * How large an operation may be, checked before anything is compiled: all of it becomes one SQL statement, and
 * PostgreSQL plans every relation in it. What an operation costs in rows is another question than how long it is.
 */
import {
  type ASTVisitor,
  GraphQLError,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';
import { isJsonObject, type Json } from '../json.ts';
import { Problem } from '../problem.ts';

/** Of one operation, with its fragments written out as often as they are spread. */
export const operationLimits = {
  /** Of the whole text, as it came. Blanks and comments are no tokens, and cost memory and time all the same. */
  characters: 200_000,
  /** Parsing stops there. */
  tokens: 10_000,
  /** The time that PostgreSQL plans grows with the square of their number. */
  selections: 500,
  /** `contacts { nodes { data { notes } } }` is four deep. */
  depth: 16,
  rootFields: 50,
  /** Each may ask for the same list once more. */
  aliases: 100,
  /** How often one may stand at one place, GraphQL says itself: once. */
  directives: 100,
} as const;

/** Of a selection set; `fields` are those of its own level. */
interface Size {
  readonly fields: number;
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
}

const nothing: Size = { fields: 0, depth: 0, aliases: 0, directives: 0 };

/** Throws for the body or query of a request whose text is too long to be parsed. */
export function checkLength(request: Json): void {
  const query = isJsonObject(request) ? request['query'] : null;
  const { characters } = operationLimits;
  if (typeof query !== 'string' || query.length <= characters) return;
  const [allowed, found] = [characters, query.length].map((count) => count.toLocaleString('en'));
  throw new Problem('MALFORMED_REQUEST', `An operation may have ${allowed} characters, this one has ${found}.`);
}

export function limitOperation(context: ValidationContext): ASTVisitor {
  const measure = makeMeasure(context);
  return {
    OperationDefinition({ selectionSet, directives = [] }) {
      const size = measure(selectionSet);
      const refuse = (message: string): void =>
        context.reportError(new GraphQLError(`An operation may ${message}.`, { nodes: selectionSet }));
      const count = (limit: 'rootFields' | 'aliases' | 'directives', found: number, what: string): void => {
        if (found > operationLimits[limit]) refuse(`have ${operationLimits[limit]} ${what}, this one has ${found}`);
      };
      count('rootFields', size.fields, 'root fields');
      count('aliases', size.aliases, 'aliases');
      count('directives', size.directives + directives.length, 'directives');
      const { depth } = operationLimits;
      if (size.depth > depth) refuse(`be ${depth} fields deep, this one is ${size.depth}`);
    },
  };
}

/** Each fragment is measured once, however often it is spread; one that is spread inside itself ends there. */
function makeMeasure(context: ValidationContext): (set: SelectionSetNode) => Size {
  const fragments = new Map<string, Size>();
  const measureFragment = (name: string): Size => {
    const known = fragments.get(name);
    if (known !== undefined) return known;
    fragments.set(name, nothing);
    const set = context.getFragment(name)?.selectionSet;
    const size = set === undefined ? nothing : measure(set);
    fragments.set(name, size);
    return size;
  };
  const measureNode = (node: SelectionNode): Size => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return measureFragment(node.name.value);
    if (node.kind === Kind.INLINE_FRAGMENT) return measure(node.selectionSet);
    // Introspection is no statement, and graphql-js limits how deep it may go.
    const isMeasured = node.selectionSet !== undefined && !node.name.value.startsWith('__');
    const below = isMeasured ? measure(node.selectionSet) : nothing;
    const aliases = below.aliases + (node.alias === undefined ? 0 : 1);
    return { ...below, fields: 1, depth: below.depth + 1, aliases };
  };
  const measure = ({ selections }: SelectionSetNode): Size =>
    selections.reduce((sum, node) => {
      const size = measureNode(node);
      return {
        fields: sum.fields + size.fields,
        depth: Math.max(sum.depth, size.depth),
        aliases: sum.aliases + size.aliases,
        directives: sum.directives + size.directives + (node.directives?.length ?? 0),
      };
    }, nothing);
  return measure;
}
