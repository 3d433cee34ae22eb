/** From the fields that are asked of a row to the members of its JSON. */
import { type FieldNode, getArgumentValues, getNamedType, type GraphQLObjectType } from 'graphql';
import type { Late } from '../../late.ts';
import type { Attribute, Resource } from '../../model.ts';
import type { Output } from '../../read/selection.ts';
import type { Meaning } from '../meaning.ts';
import { collectSubfields } from './collect-fields.ts';
import { checkGivenId } from './check-given-id.ts';
import { makeHistory } from './make-history.ts';
import { makeList } from './make-list.ts';
import type { SelectionContext } from './operation.ts';

/** What stands below `nodes`, which all ask for one row (or a part of it) of that type. */
export function makeMembers(
  nodes: readonly FieldNode[],
  type: GraphQLObjectType,
  resource: Resource,
  context: SelectionContext,
  group: readonly Attribute[] = [],
): readonly Output[] {
  const fields = type.getFields();
  return [...collectSubfields(nodes, context.operation)].map(([key, [node, ...others]]): Output => {
    const name = node!.name.value;
    if (name === '__typename') return { kind: 'constant', key, json: JSON.stringify(type.name) };
    const field = fields[name]!;
    const below = (target: Resource, inner?: readonly Attribute[]): readonly Output[] =>
      makeMembers([node!, ...others], getNamedType(field.type) as GraphQLObjectType, target, context, inner);
    const { means } = field.extensions;
    switch (means?.kind) {
      case 'attribute':
        return { kind: 'attribute', key, attribute: means.attribute };
      case 'member':
        return { kind: 'attribute', key, attribute: group.find(({ path }) => path.at(-1) === name)! };
      case 'label':
        return { kind: 'constant', key, json: JSON.stringify(resource.label) };
      case 'object':
        return { kind: 'object', key, members: below(resource, means.group), ...groupOf(means) };
      case 'rows':
        return { kind: 'rows', key, rows: means.rows, members: means.rows.field.bare ? null : below(resource) };
      case 'one':
        return { kind: 'one', key, relation: means.relation, members: below(means.target) };
      case 'many': {
        const list = makeList([node!, ...others], field, means.target, context, (below, inner) =>
          makeMembers(below, inner, means.target, context),
        );
        return { kind: 'list', key, relation: means.relation, list };
      }
      case 'decided': {
        const { decision, target } = means;
        const given = getArgumentValues(field, node!, context.operation.variables);
        const argument = decision.within.path.at(-1)!;
        const within = checkGivenId(given[argument] as string | Late, argument, node!);
        return { kind: 'decided', key, decision, within, members: below(target) };
      }
      case 'history':
        return makeHistory(key, [node!, ...others], field, context);
      default:
        throw new Error(`${type.name}.${name} is no member of a row`);
    }
  });
}

function groupOf({ group }: Meaning & { readonly kind: 'object' }): { group?: readonly Attribute[] } {
  return group === undefined ? {} : { group };
}
