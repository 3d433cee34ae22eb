/**
 * From a typed filter and a text in the filter language to one checked tree. A null stands for nil only where an
 * operator compares with it; anywhere else it is refused, because a condition that silently went away would find
 * everything.
 */
import { getNamedType, type GraphQLInputObjectType, type GraphQLSchema, isInputObjectType } from 'graphql';
import { checkFilter } from '../../filter/check.ts';
import { parseFilter } from '../../filter/parse.ts';
import { and, compare, everything, type Filter, not, type Operator, or } from '../../filter/tree.ts';
import { Late } from '../../late.ts';
import type { Resource } from '../../model.ts';
import { Problem } from '../../problem.ts';
import { makeFindAttribute } from '../../read/term.ts';
import { toWire } from './wire-value.ts';

type Given = Readonly<Record<string, unknown>>;

export interface FilterArguments {
  readonly filter: Given | null;
  /** A text, or what became of it when its values come late. */
  readonly where: string | Filter | null;
}

export function makeFilter(resource: Resource, { filter, where }: FilterArguments, schema: GraphQLSchema): Filter {
  const parts: Filter[] = [];
  if (filter !== null) parts.push(readMembers(getFilterType(schema, resource), filter, []));
  // As in REST, an empty text is an empty box in somebody's form and asks for nothing.
  if (typeof where === 'object' && where !== null) parts.push(where);
  else if (where !== null && where.trim() !== '') parts.push(parseFilter(where));
  return parts.length === 0 ? everything : checkFilter(and(...parts), makeFindAttribute(resource));
}

function getFilterType(schema: GraphQLSchema, { typeName }: Resource): GraphQLInputObjectType {
  const type = schema.getType(`${typeName}Filter`);
  if (!isInputObjectType(type)) throw new Error(`The schema has no ${typeName}Filter`);
  return type;
}

/** `place` are the names on the way here, for the message; pointers of a group's members begin with the group's. */
function readMembers(type: GraphQLInputObjectType, given: Given, place: readonly string[]): Filter {
  const parts: Filter[] = [];
  for (const { name, type: inner, extensions } of Object.values(type.getFields())) {
    if (!Object.hasOwn(given, name)) continue;
    const at = [...place, name];
    const value = given[name];
    const { means } = extensions;
    if (value === null || means === undefined) throw refuseNull(at);
    const memberType = getNamedType(inner) as GraphQLInputObjectType;
    const read = (one: unknown, where = at): Filter => readMembers(memberType, one as Given, where);
    switch (means.kind) {
      case 'every':
      case 'any': {
        const members = (value as readonly unknown[]).map((one, index) => read(one, [...at, String(index)]));
        parts.push(means.kind === 'every' ? and(...members) : or(...members));
        break;
      }
      case 'not':
        parts.push(not(read(value)));
        break;
      case 'compare':
        parts.push(readOperators(means.pointer, value as Given, at));
        break;
      case 'members':
        parts.push(readGroup(means.pointer, memberType, value as Given, at));
        break;
      case 'related': {
        const { relation, target } = means;
        const related = (quantifier: 'some' | 'none', of: Filter): Filter => ({
          kind: 'related',
          relation: relation.name,
          quantifier,
          of: checkFilter(of, makeFindAttribute(target)),
        });
        if (relation.kind === 'one') parts.push(related('some', read(value)));
        else parts.push(...readQuantifiers(memberType, value as Given, at, related));
        break;
      }
      case 'sort':
      case 'sortBy':
        throw new Error(`${type.name} is no filter`);
    }
  }
  return and(...parts);
}

function readQuantifiers(
  type: GraphQLInputObjectType,
  given: Given,
  place: readonly string[],
  related: (quantifier: 'some' | 'none', of: Filter) => Filter,
): readonly Filter[] {
  return (['some', 'none'] as const).flatMap((quantifier) => {
    if (!Object.hasOwn(given, quantifier)) return [];
    const at = [...place, quantifier];
    const inner = type.getFields()[quantifier]!.type as GraphQLInputObjectType;
    if (given[quantifier] === null) throw refuseNull(at);
    return related(quantifier, readMembers(inner, given[quantifier] as Given, at));
  });
}

function readGroup(
  pointer: readonly string[],
  type: GraphQLInputObjectType,
  given: Given,
  place: readonly string[],
): Filter {
  const parts = Object.values(type.getFields()).flatMap(({ name, extensions: { means } }): readonly Filter[] => {
    if (!Object.hasOwn(given, name)) return [];
    const at = [...place, name];
    if (given[name] === null) throw refuseNull(at);
    if (means?.kind === 'compare') return [readOperators([...pointer, ...means.pointer], given[name] as Given, at)];
    return [compare(pointer, given[name] === true ? 'eq' : 'neq', null)];
  });
  return and(...parts);
}

function readOperators(pointer: readonly string[], given: Given, place: readonly string[]): Filter {
  const parts = Object.entries(given).map(([operator, value]) => {
    if (operator !== 'isNull')
      return compare(pointer, operator as Operator, value instanceof Late ? value : toWire(value));
    if (value === null) throw refuseNull([...place, operator]);
    return compare(pointer, value === true ? 'eq' : 'neq', null);
  });
  return and(...parts);
}

function refuseNull(place: readonly string[]): Problem {
  return new Problem(
    'INVALID_FILTER',
    `filter.${place.join('.')}: expected a condition, found null. Leave it out, or ask for { isNull: true }.`,
  );
}
