/**
 * The variables whose value is nothing but a value: an id that is looked up or decides, a checkpoint, an operand of a
 * comparison, what a ready question is limited to. An operation is compiled once for all of their values. A text in the
 * filter language holds such values beside what is compared. Every other variable decides what is asked (a page's size, a
 * whole filter, a directive), and each of its values makes another question.
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

const operators: ReadonlySet<string> = new Set(['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'like', 'in', 'nin']);

/** By name: a value, or a text that holds values. */
export type LateVariables = ReadonlyMap<string, 'value' | 'filter'>;

export function findLateVariables(schema: GraphQLSchema, document: DocumentNode): LateVariables {
  const uses = new Map<string, Set<'value' | 'filter' | 'other'>>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      VariableDefinition: () => false,
      Variable({ name }, _key, parent) {
        const use =
          isGivenValue(parent, types) || isOperand(parent, types)
            ? 'value'
            : isWhere(parent, types)
              ? 'filter'
              : 'other';
        uses.set(name.value, (uses.get(name.value) ?? new Set()).add(use));
      },
    }),
  );
  const late = new Map<string, 'value' | 'filter'>();
  for (const [name, [use, ...others]] of uses) if (use !== 'other' && others.length === 0) late.set(name, use!);
  return late;
}

type Parent = ASTNode | readonly ASTNode[] | undefined;

/** A directive at the field has arguments too, which decide what is asked. */
function isGivenValue(parent: Parent, types: TypeInfo): boolean {
  if (!isKind(parent, Kind.ARGUMENT) || types.getDirective()) return false;
  const kind = types.getFieldDef()?.extensions.means?.kind;
  if (kind === 'pull') return parent.name.value === 'checkpoint';
  return kind === 'find' || kind === 'decided' || kind === 'question';
}

/** Lists of rows have an argument of that name, and groups and what is measured of them. */
function isWhere(parent: Parent, types: TypeInfo): boolean {
  if (!isKind(parent, Kind.ARGUMENT) || types.getDirective() || parent.name.value !== 'where') return false;
  const kind = types.getFieldDef()?.extensions.means?.kind;
  return kind === 'page' || kind === 'many' || kind === 'stats' || kind === 'measure';
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
