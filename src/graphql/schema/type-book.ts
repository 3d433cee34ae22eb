/**
 * The one place that speaks type-graphql. It builds classes and applies type-graphql's decorators to them as functions,
 * because which types there are follows from declarations at run time. Types refer to each other by their GraphQL name,
 * so the order in which they are written down does not matter.
 *
 * type-graphql collects what it is told in one global place. A book empties that place when it is opened and when it is
 * built, which is why several schemas can be built in one process, one after the other.
 */
import 'reflect-metadata';
import {
  assertValidSchema,
  type GraphQLScalarType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import {
  Arg,
  buildSchemaSync,
  Field,
  getMetadataStorage,
  InputType,
  Mutation,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
  Subscription,
} from 'type-graphql';
import { choiceName } from '../../fields/choice.ts';
import type { InputMeaning, Meaning } from '../meaning.ts';

export interface ValueShape {
  readonly name: string;
  /** A scalar, or the name of a type in the book. */
  readonly type: GraphQLScalarType | string;
  readonly list?: boolean;
  readonly nullable?: boolean;
  readonly description: string;
  readonly default?: unknown;
}

export interface InputShape extends ValueShape {
  readonly means?: InputMeaning;
}

export interface FieldShape extends ValueShape {
  readonly arguments?: readonly ValueShape[];
  readonly means?: Meaning;
}

export interface TypeBook {
  object(name: string, description: string, fields: readonly FieldShape[]): void;
  input(name: string, description: string, fields: readonly InputShape[]): void;
  /** Names, each with the value that the program works with. */
  words(name: string, description: string, words: Readonly<Record<string, string>>): void;
  /** An enum for a choice: the program works with the wire form, and rows arrive spelt for GraphQL. */
  choice(name: string, description: string, choices: readonly string[]): void;
  query(field: FieldShape): void;
  mutation(field: FieldShape): void;
  subscription(field: FieldShape): void;
  build(): GraphQLSchema;
}

type Made = object & { readonly prototype: object };

export function openTypeBook(): TypeBook {
  getMetadataStorage().clear();
  const types = new Map<string, object>();
  const choices = new Set<string>();
  const Root = makeClass('Root');
  Resolver()(Root as never);

  const add = (name: string, type: object): void => {
    if (types.has(name)) throw new Error(`Two GraphQL types would be called ${name}`);
    types.set(name, type);
  };
  const find = (type: ValueShape['type']): object => {
    const found = typeof type === 'string' ? types.get(type) : type;
    if (found === undefined) throw new Error(`No GraphQL type is called ${String(type)}`);
    return found;
  };
  const typeOf = ({ type, list }: ValueShape) => (list === true ? () => [find(type)] : () => find(type));
  const optionsOf = (value: ValueShape) => ({
    nullable: value.nullable ?? false,
    description: value.description,
    ...(value.default === undefined ? {} : { defaultValue: value.default }),
  });
  const meanings = new Map<string, ReadonlyMap<string, Meaning | InputMeaning | undefined>>();
  const remember = (name: string, fields: readonly (FieldShape | InputShape)[]): void => {
    meanings.set(
      name,
      new Map([...(meanings.get(name) ?? []), ...fields.map((field) => [field.name, field.means] as const)]),
    );
  };
  const addArguments = (made: Made, field: FieldShape): void => {
    field.arguments?.forEach((argument, index) => {
      Arg(argument.name, typeOf(argument), optionsOf(argument))(made.prototype, field.name, index);
    });
  };
  const addRoot = (decorate: typeof Query, field: FieldShape): void => {
    decorate(typeOf(field), optionsOf(field))(Root.prototype, field.name, {});
    addArguments(Root, field);
  };

  return {
    object(name, description, fields) {
      const made = makeClass(name);
      add(name, made);
      ObjectType(name, { description, simpleResolvers: true })(made as never);
      for (const field of fields) {
        Field(typeOf(field), optionsOf(field))(made.prototype, field.name);
        addArguments(made, field);
      }
      remember(name, fields);
    },
    input(name, description, fields) {
      const made = makeClass(name);
      add(name, made);
      InputType(name, { description })(made as never);
      for (const field of fields) Field(typeOf(field), optionsOf(field))(made.prototype, field.name);
      remember(name, fields);
    },
    words(name, description, words) {
      const copy = { ...words };
      add(name, copy);
      registerEnumType(copy, { name, description });
    },
    choice(name, description, wire) {
      this.words(name, description, Object.fromEntries(wire.map((word) => [choiceName(word), word])));
      choices.add(name);
    },
    query(field) {
      addRoot(Query, field);
      remember('Query', [field]);
    },
    mutation(field) {
      addRoot(Mutation, field);
      remember('Mutation', [field]);
    },
    subscription(field) {
      const options = { ...optionsOf(field), subscribe: listenElsewhere };
      Subscription(typeOf(field), options)(Root.prototype, field.name, {});
      addArguments(Root, field);
      remember('Subscription', [field]);
    },
    build() {
      // Its own check runs the introspection query, which takes longer than all the rest.
      const schema = buildSchemaSync({ resolvers: [Root as never], validate: false, skipCheck: true, pubSub });
      assertValidSchema(schema);
      getMetadataStorage().clear();
      leaveResolvingToTheServer(schema);
      for (const [name, means] of meanings) addMeanings(schema, name, means);
      for (const name of choices) acceptSpeltChoices(schema, name);
      return schema;
    },
  };
}

/** type-graphql wants to be told who emits; the server listens for itself. */
const pubSub = { publish: () => undefined, subscribe: listenElsewhere };

function listenElsewhere(): never {
  throw new Error('Subscriptions are answered by streams.ts');
}

function makeClass(name: string): Made {
  return Object.defineProperty(class {}, 'name', { value: name });
}

/** Every field is resolved by its meaning, by one function that the server brings; the schema stays free of doing. */
function leaveResolvingToTheServer(schema: GraphQLSchema): void {
  for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      delete field.resolve;
      delete field.subscribe;
    }
  }
}

function addMeanings(schema: GraphQLSchema, name: string, meanings: ReadonlyMap<string, unknown>): void {
  const type = schema.getType(name);
  if (!isObjectType(type) && !isInputObjectType(type)) return;
  for (const field of Object.values<{ name: string; extensions: object }>(type.getFields())) {
    field.extensions = { ...field.extensions, means: meanings.get(field.name) };
  }
}

/** Rows come from the database in GraphQL's spelling, while enum values in arguments become the wire form. */
function acceptSpeltChoices(schema: GraphQLSchema, name: string): void {
  const type = schema.getType(name);
  if (isEnumType(type)) type.serialize = (value) => choiceName(String(value));
}
