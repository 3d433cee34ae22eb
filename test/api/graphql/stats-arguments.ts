/** Random arguments of fields that ask for groups, of what is measured of a group, and of ready questions. */
import { getNamedType, type GraphQLArgument, type GraphQLEnumType } from 'graphql';
import type { Meaning } from '../../../src/graphql/meaning.ts';
import { type Given, literalOf, makeId } from './input-arbitrary.ts';
import { type ListDice, makeListArguments } from './list-arguments.ts';

type StatsMeaning = Meaning & { readonly kind: 'stats' | 'measure' | 'question' };

/** Those of a list that groups have as well. */
const ofLists: ReadonlySet<string> = new Set(['filter', 'where', 'skip', 'limit', 'deleted']);

export function makeStatsArguments(
  declared: readonly GraphQLArgument[],
  means: StatsMeaning,
  given: ListDice,
): readonly string[] {
  const { dice, inputs, samples } = given;
  const write = (argument: GraphQLArgument, make: () => Given): string =>
    `${argument.name}: ${inputs.give(argument.type, make).literal}`;
  const wordOf = (argument: GraphQLArgument): string =>
    dice.pick((getNamedType(argument.type) as GraphQLEnumType).getValues()).name;
  if (means.kind === 'stats') {
    const listed = declared.filter(({ name }) => ofLists.has(name));
    const [groupBy] = declared.filter(({ name }) => name === 'groupBy');
    const words = dice.several(0, 3, () => wordOf(groupBy!));
    return [...makeListArguments(listed, means.resource, false, given), `groupBy: [${words.join(' ')}]`];
  }
  const hasNumber = means.kind === 'measure' && declared.some(({ name }) => name === 'pointer');
  return declared.flatMap((argument) => {
    switch (argument.name) {
      case 'at':
        return [write(argument, () => literalOf(dice.pick([0, 0.25, 0.5, 1, 2])))];
      case 'of':
        return [`of: ${wordOf(argument)}`];
      case 'pointer':
        return hasNumber && declared.some(({ name }) => name === 'of') ? [] : [`pointer: "/meta/etag"`];
      case 'since':
      case 'until':
        return dice.chance(20) ? [`${argument.name}: ${inputs.give(argument.type).literal}`] : [];
      case 'filter':
      case 'where':
        return [];
      default: {
        const isRequired = String(argument.type).endsWith('!');
        const ids = samples.ids.get(argument.name.replace(/Id$/, '')) ?? samples.ids.get('campaign')!;
        return isRequired || dice.chance(10) ? [write(argument, () => literalOf(makeId(dice, ids)))] : [];
      }
    }
  });
}
