/**
 * The variables whose value is nothing but a value: an id that is looked up or decides, an operand of a comparison. An
 * operation is compiled once for all of their values. Every other variable decides what is asked (a page's size, a whole
 * filter, a directive), and each of its values makes another question.
 */
import {
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  isInputObjectType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

const operators: ReadonlySet<string> = new Set(['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'like']);

export function findLateVariables(schema: GraphQLSchema, document: DocumentNode): ReadonlySet<string> {
  const late = new Set<string>();
  const others = new Set<string>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      VariableDefinition: () => false,
      Variable({ name }, _key, parent) {
        const isLate = isIdOfRow(parent, types) || isOperand(parent, types);
        (isLate ? late : others).add(name.value);
      },
    }),
  );
  return new Set([...late].filter((name) => !others.has(name)));
}

type Parent = ASTNode | readonly ASTNode[] | undefined;

/** A directive at the field has arguments too, which decide what is asked. */
function isIdOfRow(parent: Parent, types: TypeInfo): boolean {
  if (!isKind(parent, Kind.ARGUMENT) || types.getDirective()) return false;
  const kind = types.getFieldDef()?.extensions.means?.kind;
  return kind === 'find' || kind === 'decided';
}

/** Inputs that compare have operators for members; what members of every other input stand for is said on them. */
function isOperand(parent: Parent, types: TypeInfo): boolean {
  if (!isKind(parent, Kind.OBJECT_FIELD) || !operators.has(parent.name.value)) return false;
  const type = types.getParentInputType();
  return isInputObjectType(type) && type.getFields()[parent.name.value]?.extensions.means === undefined;
}

function isKind<K extends Kind>(parent: Parent, kind: K): parent is Extract<ASTNode, { readonly kind: K }> {
  return parent !== undefined && 'kind' in parent && parent.kind === kind;
}
