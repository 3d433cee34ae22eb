/**
 * What a declaration is. One file in resources/ declares one resource, and GraphQL, REST, Prisma, filters, patches
 * and the shared tests follow from it. A declaration does no work: where a resource differs it picks from the short
 * closed set of hooks below, and a need that none of them meets becomes a better hook or is refused.
 */
import type { Field, LeafField } from './fields/field.ts';
import type { Fault, Problem, ProblemCode } from './problem.ts';
import type { Action } from './action.ts';
import type { Json, JsonObject } from './json.ts';
import type { Model } from './model.ts';
import type { ReadyQuestion } from './ready-question.ts';

/**
 * Who may read and write a row. `own`: the customer's own row. `customer`: read by every member, written by
 * permission. `group`: by permission in the row's security group. `group-and-above`: the same, and also read by
 * members of the groups below it.
 */
export type ScopeKind = 'own' | 'customer' | 'group' | 'group-and-above';

/** A column that Doorstep keeps for itself and no caller sees. */
export interface HiddenColumn {
  readonly sqlType: string;
  readonly prismaType: string;
  /** Computed from the data at every write; a hook sets it where this is missing. */
  readonly from?: (data: JsonObject) => string | null;
}

export interface Unique {
  readonly within: 'customer' | 'group';
  /** Attributes and hidden columns that must not repeat together among live rows; a null one never repeats. */
  readonly of: readonly string[];
  /** What a create does when the key is there already: answer with the row that has it, or refuse. */
  readonly onCreate: 'answer' | 'refuse';
  /** The refusal, as a sentence about the caller's input. */
  readonly message: string;
}

/**
 * Where REST reaches the rows of a resource below other resources, and many at once. A parameter in braces is a
 * reference of the row, or of a row that it refers to: `/v1/lists/{listId}/contacts/{contactId}/households/{householdId}`
 * leads from the link of a list to its contact-household, and from there to the contact and the household.
 */
export interface Addresses {
  /** One link, named by what it links. */
  readonly row?: string;
  /** What a link leads to from the one end that the address names: a contact's households. */
  readonly list?: {
    readonly route: string;
    /** The data of each listed row are the rows that it refers to, in place of its own attributes. */
    readonly showsReferences?: boolean;
  };
  /** Where many are written at once: creates, patches, or links that are made or changed by what they link. */
  readonly bulk?: {
    readonly route: string;
    readonly takes: readonly ('create' | 'patch' | 'put')[];
    /** The end that all the links of one request have in common. */
    readonly same?: string;
  };
}

/** What REST shows beside the own attributes of a row that it reads, as far as the caller may see it. */
export type Shown =
  /** The row that a reference leads to: its attributes alone, or under `data` beside its id. */
  | { readonly kind: 'row'; readonly reference: string; readonly as: 'data' | 'id and data' }
  /** How many different rows a chain of relations leads to. */
  | { readonly kind: 'count'; readonly along: readonly string[]; readonly description: string };

/** One row on its way into the database; `before` is null for a create, `after` for a removal. */
export interface Candidate {
  readonly id: string;
  readonly securityGroupId: string;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  /** What the caller sent beside the data (`params` in REST). */
  readonly params: JsonObject;
}

/** What `complete` makes of a candidate: the data to store (and another group), or what is wrong with it. */
export type Completion =
  | {
      readonly data: JsonObject;
      readonly securityGroupId?: string;
      readonly hidden?: Readonly<Record<string, Json>>;
    }
  | { readonly faults: readonly Fault[] }
  /** What is wrong is not the input: it is refused as this says. */
  | { readonly problem: Problem };

/** The transaction as a hook sees it. Statements are made with store's sql template. */
export interface HookContext {
  readonly database: { query<Row>(statement: object): Promise<readonly Row[]> };
  readonly model: Model;
  readonly customerId: string;
  readonly userId: string | null;
  /** The database's time, once this transaction had the customer's lock. */
  readonly now: Date;
  /** Whether the caller may write rows of that resource (kebab-case plural) in that group. */
  mayWrite(verb: 'insert' | 'modify', resource: string, securityGroupId: string): boolean;
  /** The first of a role's permissions that the caller does not hold in that group. */
  findUnheld(permissions: unknown, securityGroupId: string): string | null;
  /** Records rows that a hook wrote beside its own in the change log. */
  log(entries: readonly SideEffect[]): void;
}

export interface SideEffect {
  readonly resource: string;
  readonly id: string;
  readonly verb: 'create' | 'patch' | 'remove' | 'restore';
}

/** What is wrong with the input, or what the caller may not do. */
export type Refusal = { readonly faults: readonly Fault[] } | { readonly problem: Problem };

/** What stays of a row when the person whom it is about is forgotten. */
export interface Erasure {
  /** The references that lead from the row to the person, one after the other; empty for the person's own row. */
  readonly along: readonly string[];
  /** Texts in which the person's id may stand: rows where it does are emptied too. */
  readonly mentions?: readonly string[];
  /** The attributes that stay, members of groups with a dot: `survey.surveyId`. Every other one is emptied. */
  readonly keeps: readonly string[];
  /** Texts that stay in attributes which are emptied, because they say nothing of a person; in lower case. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
  /** Whether the row is deleted as well. */
  readonly ends: boolean;
}

export interface Hooks {
  /** Rules between attributes that JSON Schema cannot say. Pure. */
  readonly validate?: (after: JsonObject, before: JsonObject | null) => readonly Fault[];
  /**
   * What the caller needs beside the permission on the row itself, once per batch; null where nothing is missing. Asked
   * when a row is made, changed or restored (then `before` is null too), because each of the three can give a right.
   */
  readonly permit?: (candidates: readonly Candidate[], context: HookContext) => Promise<readonly (Refusal | null)[]>;
  /** Fills in what follows from other rows, once per batch, before the rows are written. One completion each. */
  readonly complete?: (candidates: readonly Candidate[], context: HookContext) => Promise<readonly Completion[]>;
  /**
   * What `params.action` of a patch can be. The attributes are set after the patch, which may then be empty.
   */
  readonly actions?: Readonly<Record<string, Action>>;
  /** Consequences in other rows, once per batch, in the same transaction. */
  readonly afterWrite?: (written: readonly Candidate[], context: HookContext) => Promise<void>;
}

export interface Declaration {
  /** camelCase, singular. */
  readonly name: string;
  readonly plural: string;
  /** The REST address, `/v2/notes`; null where REST reaches the resource through others only. */
  readonly route: string | null;
  readonly addresses?: Addresses;
  /** By the pointer into the envelope at which REST shows it: `/data/address`. */
  readonly shows?: Readonly<Record<string, Shown>>;
  readonly scope: ScopeKind;
  readonly description: string;
  readonly required: readonly string[];
  readonly fields: Readonly<Record<string, Field>>;
  /**
   * Lists of attributes that get an index, each after the customer and before the id. `modified` where other systems
   * ask a large table again and again for what has changed.
   */
  readonly indexes?: readonly (readonly string[])[];
  /**
   * The rows are rules about rows of another resource: of those that refer to the same `within`, the first by `order`
   * whose `criteria` a row meets decides what it gets.
   */
  readonly decides?: {
    readonly about: string;
    readonly within: string;
    readonly criteria: string;
    readonly order: string;
    readonly gives: string;
  };
  /** The rows say something of people at home, or of users: long lists of them are recorded in the read log. */
  readonly personal?: true;
  readonly erasure?: Erasure;
  /** Attributes by which large lists are sorted: indexed with and without the security group. */
  readonly sorts?: readonly string[];
  readonly unique?: readonly Unique[];
  /** The two references of a row that only links: it is removed and restored together with what it links. */
  readonly link?: readonly [string, string];
  /** The reference of a row that is a part of another: it is removed and restored together with that one. */
  readonly partOf?: string;
  /**
   * Rows that a create may bring along, by the name that they have in `params`: they are made after the row, in the same
   * transaction, and refer to it with `by`. Each is the data of one row, with `defaults` for what it leaves out.
   */
  readonly brings?: Readonly<
    Record<string, { readonly resource: string; readonly by: string; readonly defaults: JsonObject }>
  >;
  /** By the names of the root fields that they become. */
  readonly questions?: Readonly<Record<string, ReadyQuestion>>;
  /** Attributes that only the server writes; `true` for a resource that nobody writes. */
  readonly readOnly?: readonly string[] | true;
  readonly hidden?: Readonly<Record<string, HiddenColumn>>;
  /** Members of the data that existing clients send along and that mean nothing here. */
  readonly passedOver?: readonly string[];
  /** References that a create may give as a whole row: `address: { data }` for `addressId`. */
  readonly embeds?: readonly string[];
  /** The reference whose row lends its security group to a create that names none. */
  readonly groupFrom?: string;
  /** What a create may send beside the data; a hook reads it. */
  readonly params?: Readonly<Record<string, LeafField>>;
  /** What each of `hooks.actions` needs beside its name. */
  readonly actionParams?: Readonly<Record<string, Readonly<Record<string, LeafField>>>>;
  /** What each of them takes as well, and does without. */
  readonly actionOptions?: Readonly<Record<string, Readonly<Record<string, LeafField>>>>;
  /** Rules between attributes as JSON Schema, for those who read the description of the API; `validate` decides. */
  readonly rules?: readonly JsonObject[];
  readonly hooks?: Hooks;
  /** What its hooks refuse with, beside what can be wrong with every resource. */
  readonly problems?: readonly Extract<ProblemCode, 'LEASE_HELD' | 'LEASE_ENDED'>[];
  /** Attributes that were called otherwise, old names by new ones: the migration keeps their data. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Attributes that are gone, and whose data may be dropped. */
  readonly dropped?: readonly string[];
  /** A complete body for documentation; references are filled in by the tests. */
  readonly example: JsonObject;
}

/** The references with whose rows a row comes and goes: both ends of a link, or what it is a part of. */
export function ownersOf({ link, partOf }: Declaration): readonly string[] {
  return link ?? (partOf === undefined ? [] : [partOf]);
}

export function defineResource(declaration: Declaration): Declaration {
  const { name, fields, required } = declaration;
  for (const attribute of required) {
    if (fields[attribute] === undefined) throw new Error(`${name}: requires ${attribute}, which it does not declare`);
  }
  return Object.freeze(declaration);
}
