/**
 * Random operations over a schema, made from the schema alone, so that a resource which somebody declares tomorrow is
 * asked about as well. They are valid but for the values of some arguments: what validation refuses no server answers.
 *
 * Two fields under one response key have to be the same field with the same arguments. So a key, once taken in a type,
 * belongs to its field for the whole operation, whichever fragments bring the two together.
 */
import fc from 'fast-check';
import {
  getNamedType,
  getNullableType,
  GraphQLBoolean,
  type GraphQLField,
  GraphQLNonNull,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import type { JsonObject } from '../../../src/json.ts';
import type { PersonName } from '../../world.ts';
import { type Dice, makeDice } from './dice.ts';
import { type Inputs, literalOf, makeId, makeInputs, variablesOf } from './input-arbitrary.ts';
import { makeListArguments } from './list-arguments.ts';
import type { Samples } from './sample-values.ts';
import { makeStatsArguments } from './stats-arguments.ts';

export interface AnyOperation {
  readonly person: PersonName;
  readonly query: string;
  readonly operationName?: string;
  /** One object for each time that it is asked. */
  readonly variables: readonly JsonObject[];
}

export interface OperationOptions {
  readonly schema: GraphQLSchema;
  readonly samples: Samples;
  /** How often each is asked: a second time, what was kept of the first has to fit other variables. */
  readonly times: number;
}

/** Names that JavaScript has its own ideas about. */
const strangeKeys = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'length'];
const people = ['alice', 'alice', 'bob', 'chelsea', 'dora', 'erin', 'frank'] as const;

export function anyOperation(options: OperationOptions): fc.Arbitrary<AnyOperation> {
  return fc.gen().map((generate) => makeOperation(makeDice(generate), options));
}

function makeOperation(dice: Dice, { schema, samples, times }: OperationOptions): AnyOperation {
  const inputs = makeInputs(dice, samples, times);
  const { select, fragments } = makeSelect(dice, inputs, samples);
  const selection = select(schema.getQueryType()!, { depth: 0, lists: 0 });
  const { variables } = inputs;
  const declared = variables.length === 0 ? '' : `(${variables.map(({ declaration }) => declaration).join(', ')})`;
  const isNamed = dice.chance(20);
  const texts = [`query ${isNamed ? 'Main' : ''}${declared} ${selection}`, ...fragments];
  // Fragments may stand before what spreads them, and other operations beside.
  if (dice.chance(20)) texts.reverse();
  const hasOther = isNamed && dice.chance(30);
  if (hasOther) texts.push('query Other { other: __typename }');
  // With two of them, a request that does not say which is refused, and so is one that names a third.
  const names = hasOther ? ['Main', 'Main', 'Main', 'Other', null] : [isNamed ? 'Main' : null];
  const operationName = dice.chance(1) ? 'Nobody' : dice.pick(names);
  return {
    person: dice.pick(people),
    query: texts.join('\n'),
    ...(operationName === null ? {} : { operationName }),
    variables: Array.from({ length: times }, (_, time) => variablesOf(variables, time)),
  };
}

interface Level {
  readonly depth: number;
  /** How many lists there are around it. */
  readonly lists: number;
}

type Select = (type: GraphQLObjectType, level: Level) => string;
type AnyField = GraphQLField<unknown, unknown>;

function makeSelect(
  dice: Dice,
  inputs: Inputs,
  samples: Samples,
): { readonly select: Select; readonly fragments: readonly string[] } {
  const fragments: string[] = [];
  /** Finished fragments by type: one that is still being written would spread itself. */
  const finished = new Map<string, string[]>();
  /** What stands under a key of a type, without its selection. */
  const taken = new Map<string, string>();
  const written = new Map<string, { readonly head: string; readonly field: AnyField }[]>();
  const flags: string[] = [];
  let left = 45;
  let aliases = 0;

  const findKey = (type: GraphQLObjectType, name: string, what: string): string => {
    const fresh = (): string => (dice.chance(15) ? dice.pick(strangeKeys) : `a${(aliases += 1)}`);
    const others = Object.keys(type.getFields());
    let key = dice.chance(25) ? fresh() : dice.chance(4) ? dice.pick(others) : name;
    while ((taken.get(`${type.name} ${key}`) ?? what) !== what) key = `a${(aliases += 1)}`;
    taken.set(`${type.name} ${key}`, what);
    return key;
  };
  const flag = (): string => {
    if (dice.chance(40)) return String(dice.chance(50));
    if (flags.length > 0 && dice.chance(50)) return dice.pick(flags);
    const { literal } = inputs.give(new GraphQLNonNull(GraphQLBoolean), () => literalOf(dice.chance(50)));
    if (literal.startsWith('$')) flags.push(literal);
    return literal;
  };
  const directives = (): string => {
    const one = (name: string): string => (dice.chance(7) ? ` @${name}(if: ${flag()})` : '');
    return dice.chance(50) ? one('skip') + one('include') : one('include') + one('skip');
  };
  const argumentsOf = (field: AnyField, { lists }: Level): string => {
    const { means } = field.extensions;
    if (field.args.length === 0) return '';
    if (means?.kind === 'find' || means?.kind === 'decided') {
      const of = means.kind === 'find' ? means.resource.name : means.decision.within.field.reference!.to;
      const ids = samples.ids.get(of)!;
      return `(${field.args[0]!.name}: ${inputs.give(field.args[0]!.type, () => literalOf(makeId(dice, ids))).literal})`;
    }
    if (means?.kind === 'history') {
      const limit = dice.chance(50) ? 'limit: 2' : `limit: ${dice.below(3)}, after: "${dice.below(5_000)}.0"`;
      return dice.chance(70) ? `(${limit})` : '';
    }
    if (means?.kind === 'stats' || means?.kind === 'measure' || means?.kind === 'question') {
      const given = makeStatsArguments(field.args, means, { dice, inputs, samples });
      return given.length === 0 ? '' : `(${given.join(', ')})`;
    }
    if (means?.kind === 'pull') return `(limit: ${dice.chance(3) ? 0 : 1 + dice.below(5)})`;
    const target = means?.kind === 'page' ? means.resource : means?.kind === 'many' ? means.target : null;
    if (target === null) throw new Error(`${field.name} has arguments, and nobody said what they mean`);
    const given = makeListArguments(field.args, target, lists > 0, { dice, inputs, samples });
    return given.length === 0 ? '' : `(${given.join(', ')})`;
  };
  const below = (field: AnyField, { depth, lists }: Level): string => {
    const type = getNamedType(field.type);
    const isList = field.args.length > 1;
    return isObjectType(type) ? ` ${select(type, { depth: depth + 1, lists: isList ? lists + 1 : lists })}` : '';
  };
  const writeField = (type: GraphQLObjectType, level: Level): string => {
    const isFull = left <= 0 || level.depth >= 9;
    const fields = Object.values(type.getFields()).filter(({ name, type: inner, args, extensions }) => {
      // It selects no rows, so graphql-js answers it whichever way is asked.
      if (extensions.means?.kind === 'answer') return false;
      if (args.length > 1 && level.lists >= 3) return false;
      // What a group was made by stands far away from its key.
      if (type.name.endsWith('StatsKey') && name !== 'pointers') return false;
      return !isFull || !isObjectType(getNullableType(inner));
    });
    if (fields.length === 0 || dice.chance(6)) {
      return `${dice.chance(50) ? `${findKey(type, '__typename', '__typename')}: ` : ''}__typename${directives()}`;
    }
    const field = dice.pick(fields);
    const what = `${field.name}${argumentsOf(field, level)}`;
    const key = findKey(type, field.name, what);
    const head = `${key === field.name ? '' : `${key}: `}${what}`;
    const known = written.get(type.name) ?? [];
    written.set(type.name, [...known, { head, field }]);
    return `${head}${directives()}${below(field, level)}`;
  };
  const spread = (type: GraphQLObjectType, level: Level): string => {
    const known = finished.get(type.name) ?? [];
    if (known.length > 0 && dice.chance(40)) return `...${dice.pick(known)}${directives()}`;
    const inner = select(type, level);
    const name = `F${fragments.length}`;
    fragments.push(`fragment ${name} on ${type.name} ${inner}`);
    finished.set(type.name, [...known, name]);
    return `...${name}${directives()}`;
  };
  const select: Select = (type, level) => {
    const items = dice.several(1, level.depth === 0 ? 3 : 4, (): string => {
      left -= 1;
      const again = written.get(type.name) ?? [];
      if (left > 0 && dice.chance(8)) {
        return `...${dice.chance(50) ? ` on ${type.name}` : ''}${directives()} ${select(type, level)}`;
      }
      if (left > 0 && dice.chance(8)) return spread(type, level);
      if (again.length > 0 && left > 0 && dice.chance(12)) {
        const { head, field } = dice.pick(again);
        // What was written further up may not fit here any more.
        if (field.args.length < 2 || level.lists < 3) return `${head}${below(field, level)}`;
      }
      return writeField(type, level);
    });
    return `{ ${items.join(level.depth === 0 ? '\n' : ' ')} }`;
  };
  return { select, fragments };
}
