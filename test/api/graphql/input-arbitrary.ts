/**
 * Random values for arguments, made from their types: mostly such as somebody would send, some that are refused, and
 * any part of them may come in a variable.
 */
import {
  getNullableType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';
import type { Json, JsonObject } from '../../../src/json.ts';
import type { Dice } from './dice.ts';
import type { Samples } from './sample-values.ts';

/** A value as it stands in an operation, and as it stands among its variables. */
export interface Given {
  readonly literal: string;
  readonly json: Json;
}

export interface Variable {
  readonly declaration: string;
  readonly name: string;
  /** One for each time that the operation is asked; undefined where it is left out. */
  readonly values: readonly (Json | undefined)[];
}

export interface Inputs {
  /** A value of the type, or a variable that holds one. */
  give(type: GraphQLInputType, make?: () => Given): Given;
  /** Of what was given so far. */
  readonly variables: readonly Variable[];
}

export function literalOf(json: Json): Given {
  return { literal: JSON.stringify(json), json };
}

/** `times`: how often the operation is asked, with other variables each time. */
export function makeInputs(dice: Dice, samples: Samples, times: number): Inputs {
  const variables: Variable[] = [];
  // The value of a variable holds no variables.
  let within = 0;

  const make = (type: GraphQLInputType, depth: number, name: string): Given => {
    if (isNonNullType(type)) return makeSet(type.ofType, depth, name);
    return dice.chance(3) ? literalOf(null) : makeSet(type, depth, name);
  };
  const makeSet = (type: GraphQLInputType, depth: number, name: string): Given => {
    if (isListType(type)) return makeList(type.ofType, depth, name);
    if (isInputObjectType(type)) return makeObject(type, depth);
    if (isEnumType(type)) {
      const { name: word } = dice.pick(type.getValues());
      return { literal: word, json: word };
    }
    return isNonNullType(type) ? makeSet(type.ofType, depth, name) : literalOf(makeScalar(type.name));
  };
  const makeList = (type: GraphQLInputType, depth: number, name: string): Given => {
    // Coerced to a list of one; a variable would have to be a list.
    if (name !== 'between' && dice.chance(10)) return makeSet(getNullableType(type), depth, name);
    const [least, most] = name === 'between' ? [2, 2] : name === 'sort' ? [1, 2] : [0, 3];
    const items = dice.several(least, most, () => giveAt(type, depth, name));
    return { literal: `[${items.map(({ literal }) => literal).join(', ')}]`, json: items.map(({ json }) => json) };
  };
  const makeObject = (type: GraphQLInputObjectType, depth: number): Given => {
    const members = chooseMembers(dice, type, depth).map((field) => {
      const deeper = isInputObjectType(getNullableType(field.type)) || field.extensions.means?.kind === 'related';
      return [field.name, giveAt(field.type, deeper ? depth + 1 : depth, field.name)] as const;
    });
    return {
      literal: `{ ${members.map(([name, { literal }]) => `${name}: ${literal}`).join(', ')} }`,
      json: Object.fromEntries(members.map(([name, { json }]) => [name, json])),
    };
  };
  const makeScalar = (type: string): Json => {
    if (dice.chance(1)) return dice.pick<Json>(['nonsense', 7, true, -1]);
    switch (type) {
      case 'ID':
        return makeId(dice, samples.allIds);
      case 'Int':
        return Math.trunc(dice.pick(samples.numbers));
      case 'Float':
        return dice.pick(samples.numbers);
      case 'Boolean':
        return dice.chance(50);
      case 'DateTimeISO':
        return dice.pick(samples.moments);
      case 'LocalDate':
        return dice.pick(samples.days);
      default:
        return dice.pick(samples.texts);
    }
  };
  const declare = (type: GraphQLInputType, makeValue: () => Given): Given => {
    within += 1;
    const isStrict = isNonNullType(type) || dice.chance(20);
    const standIn = !dice.chance(isStrict ? 15 : 30) ? null : makeValue();
    // A default lets a place that wants a value have a variable that may be left out.
    const needed = isStrict && standIn === null;
    const values = Array.from({ length: times }, (): Json | undefined => {
      // One that is wrong refuses the whole operation, so that one in a while is enough.
      const isWrong = needed || isNonNullType(type);
      if (dice.chance(needed ? 1 : 15)) return undefined;
      return dice.chance(isWrong ? 1 : 6) ? null : makeValue().json;
    });
    within -= 1;
    const name = `v${variables.length}`;
    const start = standIn === null ? '' : ` = ${standIn.literal}`;
    const declared = `${String(getNullableType(type))}${needed ? '!' : ''}`;
    variables.push({ declaration: `$${name}: ${declared}${start}`, name, values });
    return { literal: `$${name}`, json: null };
  };
  const giveAt = (type: GraphQLInputType, depth: number, name: string): Given => {
    const makeValue = (): Given => make(type, depth, name);
    return within === 0 && dice.chance(15) ? declare(type, makeValue) : makeValue();
  };
  return {
    variables,
    give(type, makeValue = () => make(type, 0, '')) {
      return within === 0 && dice.chance(35) ? declare(type, makeValue) : makeValue();
    },
  };
}

/** One that is there, and now and then one that is not, or is no id. */
export function makeId(dice: Dice, ids: readonly string[]): string {
  if (ids.length === 0 || dice.chance(10)) return dice.pick(['00000000-0000-4000-8000-000000000000', '7', 'NULL']);
  const id = dice.pick(ids);
  return dice.chance(5) ? id.toUpperCase() : id;
}

/** One step of a sort has one member, a filter some; what leads on to another filter ends at some depth. */
function chooseMembers(dice: Dice, type: GraphQLInputObjectType, depth: number): readonly GraphQLInputField[] {
  const all = Object.values(type.getFields());
  const required = all.filter(isRequiredInputField);
  const optional = all.filter((field) => {
    const kind = field.extensions.means?.kind;
    const leadsOn = kind === 'every' || kind === 'any' || kind === 'not' || kind === 'related';
    return !required.includes(field) && !(leadsOn && depth >= 2);
  });
  if (optional.length === 0) return required;
  const isStep = all.some(({ extensions: { means } }) => means?.kind === 'sortBy');
  const most = isStep && !dice.chance(2) ? 1 : 2;
  const chosen = dice.several(required.length === 0 ? 1 : 0, most, () => dice.pick(optional));
  return [...new Set([...required, ...chosen])];
}

export function variablesOf(variables: readonly Variable[], time: number): JsonObject {
  const sent = variables.filter(({ values }) => values[time] !== undefined);
  return Object.fromEntries(sent.map(({ name, values }) => [name, values[time]!]));
}
