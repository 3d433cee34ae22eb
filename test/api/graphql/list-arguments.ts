/** Random arguments of a list: a page, an order and a cursor that belong together, and conditions in both languages. */
import type { GraphQLArgument } from 'graphql';
import type { Json } from '../../../src/json.ts';
import type { Resource } from '../../../src/model.ts';
import { makeFindAttribute } from '../../../src/read/term.ts';
import { operators } from '../../../src/filter/tree.ts';
import { parsePointer } from '../../../src/filter/pointer.ts';
import type { Dice } from './dice.ts';
import { type Given, type Inputs, literalOf, makeId } from './input-arbitrary.ts';
import type { Samples } from './sample-values.ts';

export interface ListDice {
  readonly dice: Dice;
  readonly inputs: Inputs;
  readonly samples: Samples;
}

/** `isNested`: pages inside pages are small, because what they cost multiplies. */
export function makeListArguments(
  declared: readonly GraphQLArgument[],
  resource: Resource,
  isNested: boolean,
  { dice, inputs, samples }: ListDice,
): readonly string[] {
  const places = samples.places.filter((place) => place.resource === resource);
  const place = places.length > 0 && dice.chance(15) ? dice.pick(places) : null;
  const giveValue = (argument: GraphQLArgument): Given | null => {
    const give = (make?: () => Given): Given => inputs.give(argument.type, make);
    switch (argument.name) {
      case 'limit':
        if (!isNested && dice.chance(40)) return null;
        return give(() => literalOf(dice.chance(2) ? dice.pick([-1, 1001]) : dice.below(5)));
      case 'skip':
        return dice.chance(20) ? give(() => literalOf(dice.chance(3) ? -1 : dice.below(3))) : null;
      case 'sort':
        if (place !== null) return printSort(place.sort);
        return dice.chance(30) ? give() : null;
      case 'after':
        if (place !== null) return give(() => literalOf(dice.pick(cursorsBeside(place, samples))));
        return dice.chance(1) ? give(() => literalOf('nonsense')) : null;
      case 'where':
        return dice.chance(15) ? give(() => literalOf(makeWhere(resource, dice, samples))) : null;
      case 'deleted':
        return dice.chance(10) ? give() : null;
      default:
        return dice.chance(25) ? give() : null;
    }
  };
  return declared.flatMap((argument) => {
    const value = giveValue(argument);
    return value === null ? [] : [`${argument.name}: ${value.literal}`];
  });
}

/** Cursors of the same list in the same order. */
function cursorsBeside({ resource, sort }: Samples['places'][number], { places }: Samples): readonly string[] {
  const beside = places.filter((place) => place.resource === resource && place.sort === sort);
  return beside.map(({ cursor }) => cursor);
}

/** The words ASC and DESC stand in an operation without quotes, and so do names. */
function printSort(sort: Json): Given {
  const literal = JSON.stringify(sort)
    .replaceAll(/"(\w+)":/g, '$1:')
    .replaceAll(/"(ASC|DESC)"/g, '$1');
  return { literal, json: sort };
}

function makeWhere(resource: Resource, dice: Dice, samples: Samples): string {
  const find = makeFindAttribute(resource);
  const pointers = samples.pointers.get(resource.name)!;
  const scalar = (type: string | undefined): Json => {
    if (dice.chance(5)) return dice.pick<Json>(['nonsense', 7, true]);
    if (type === 'reference') return makeId(dice, samples.allIds);
    if (type === 'integer' || type === 'decimal') return dice.pick(samples.numbers);
    if (type === 'boolean') return dice.chance(50);
    if (type === 'date') return dice.pick(samples.days);
    if (type === 'timestamp') return dice.pick(samples.moments);
    return type === 'document' && dice.chance(50) ? dice.pick(samples.numbers) : dice.pick(samples.texts);
  };
  const compare = (): string => {
    const pointer = dice.pick(pointers);
    const attribute = find(parsePointer(pointer)!);
    const value = (): Json => (attribute?.choices ? dice.pick(attribute.choices) : scalar(attribute?.type));
    const operator = dice.chance(50) ? dice.pick(['eq', 'neq']) : dice.pick(operators);
    if (operator === 'in' || operator === 'nin') return `${pointer} ${operator} ${JSON.stringify([value(), value()])}`;
    if (operator === 'between') return `${pointer} between ${JSON.stringify(value())},${JSON.stringify(value())}`;
    if (dice.chance(5)) return `${pointer} ${operator} ${dice.pick(pointers)}`;
    return `${pointer} ${operator} ${dice.chance(5) ? 'nil' : JSON.stringify(value())}`;
  };
  const first = dice.chance(15) ? `not (${compare()})` : compare();
  return dice.chance(30) ? `${first} ${dice.pick(['and', 'or'])} ${compare()}` : first;
}
