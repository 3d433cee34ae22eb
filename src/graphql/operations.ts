/**
 * What operations ask, kept for as long as they are asked again: a text that was validated keeps its document, and a
 * document keeps the selections it became. Clients send the same few texts with other variables all day.
 */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getOperationAST,
  getVariableValues,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { printFilter } from '../filter/print.ts';
import type { Json } from '../json.ts';
import { type Given, Late } from '../late.ts';
import type { Root } from '../read/roots-sql.ts';
import { costOf } from './selection/cost.ts';
import { findLateVariables, type LateVariables } from './selection/late-variables.ts';
import { liftWhere } from './selection/lift-where.ts';
import { makeRoots } from './selection/make-root.ts';
import { toWire } from './selection/wire-value.ts';

/** An operation whose root fields all select rows. */
export interface Selected {
  readonly roots: readonly Root[];
  readonly cost: number;
}

export interface Asked extends Selected {
  readonly given: Given;
}

export interface Request {
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface Operations {
  /** What a valid document asks for; null when graphql-js has to answer, or to say what is wrong. */
  ask(document: DocumentNode, request: Request): Asked | null;
  /** The document of a text that was validated before. */
  find(text: string): DocumentNode | undefined;
  remember(text: string, document: DocumentNode): void;
}

const documentsKept = 1_000;
/** In bytes, as far as they can be told. */
const memoryKept = 67_108_864;
/** A token, the node it belongs to and their places: a document is a hundred times as large as a terse text. */
const bytesOfToken = 250;
const selectionsKept = 1_000;
/** A longer one holds a whole filter or a list that will not come again. */
const longestKey = 2_000;

/** Whoever says what is wrong looks again. Without it half a megabyte of wrong items held the server for minutes. */
const oneFault = { maxErrors: 1 };

interface Prepared {
  readonly number: number;
  readonly definition: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly late: LateVariables;
}

export function makeOperations(schema: GraphQLSchema): Operations {
  const documents = new LRUCache<string, DocumentNode>({
    max: documentsKept,
    maxSize: memoryKept,
    sizeCalculation: (document, text) => 2 * text.length + bytesOfToken * countTokens(document),
  });
  const selections = new LRUCache<string, Selected>({ max: selectionsKept });
  const preparedBy = new WeakMap<DocumentNode, Map<string | null, Prepared | null>>();
  let count = 0;

  const getPrepared = (document: DocumentNode, name: string | null | undefined): Prepared | null => {
    const byName = preparedBy.get(document) ?? new Map<string | null, Prepared | null>();
    preparedBy.set(document, byName);
    // An empty name is one, and nobody's; no name at all means the only operation.
    const known = byName.get(name ?? null);
    if (known !== undefined) return known;
    const definition = getOperationAST(document, name);
    // A name that is not there is whatever the client likes, and kept by nobody.
    if (!definition) return null;
    const isQuery = definition.operation === OperationTypeNode.QUERY;
    const late = isQuery ? findLateVariables(schema, document) : new Map<string, never>();
    const prepared = isQuery ? { number: (count += 1), definition, fragments: findFragments(document), late } : null;
    byName.set(name ?? null, prepared);
    return prepared;
  };

  return {
    find: (text) => documents.get(text),
    remember: (text, document) => void documents.set(text, document),
    ask(document, { operationName, variables: raw }) {
      const prepared = getPrepared(document, operationName);
      if (prepared === null) return null;
      const { number, definition, fragments, late } = prepared;
      const { coerced } = getVariableValues(schema, definition.variableDefinitions ?? [], raw ?? {}, oneFault);
      if (coerced === undefined) return null;
      const { variables, given, key } = separate(coerced, late);
      const known = selections.get(`${number} ${key}`);
      if (known !== undefined) return { roots: known.roots, cost: known.cost, given };
      const roots = tryRoots(() => makeRoots(definition, { schema, operation: { fragments, variables } }));
      if (roots === null) return null;
      const selected = { roots, cost: costOf(roots) };
      if (key.length <= longestKey) selections.set(`${number} ${key}`, selected);
      return { roots, cost: selected.cost, given };
    },
  };
}

/** Variables with those that come late put in as such, and a key that tells apart what they ask. */
function separate(
  coerced: Readonly<Record<string, unknown>>,
  late: LateVariables,
): { readonly variables: Readonly<Record<string, unknown>>; readonly given: Given; readonly key: string } {
  const names = Object.keys(coerced);
  if (names.length === 0) return { variables: coerced, given: {}, key: '' };
  const variables: Record<string, unknown> = {};
  const given: Record<string, Json> = {};
  let key = '';
  for (const name of names) {
    const value = coerced[name];
    const use = value === null ? undefined : late.get(name);
    const lifted = use === 'filter' ? liftWhere(String(value), name) : null;
    if (lifted !== null) {
      Object.assign(given, lifted.given);
      variables[name] = lifted.filter;
      key += `${name}~${printFilter(lifted.filter)} `;
    } else if (use === 'value') {
      given[name] = toWire(value);
      variables[name] = Late.value(name);
      key += `${name} `;
    } else {
      variables[name] = value;
      key += `${name}=${JSON.stringify(value)} `;
    }
  }
  return { variables, given, key };
}

/** Null when the operation has to go the other way, which will say why. */
function tryRoots(make: () => readonly Root[] | null): readonly Root[] | null {
  try {
    return make();
  } catch {
    return null;
  }
}

/** One at least: what has no places was not parsed from a text. */
function countTokens({ loc }: DocumentNode): number {
  let count = 1;
  for (let token = loc?.startToken; token?.next; token = token.next) count += 1;
  return count;
}

function findFragments({ definitions }: DocumentNode): Readonly<Record<string, FragmentDefinitionNode>> {
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return fragments;
}
