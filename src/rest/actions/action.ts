/**
 * Addresses that REST has beside those of rows: something is decided, exchanged, or set for somebody. They are data too,
 * with the schema that their bodies are checked by, so that whoever describes the API need not look into a handler.
 */
import type { Credentials } from '../../accounts/credentials.ts';
import type { Joining, SignUps } from '../../accounts/joining.ts';
import type { MemberPasswords } from '../../accounts/member-passwords.ts';
import type { PasswordResets } from '../../accounts/password-resets.ts';
import type { Exports } from '../../exports/exports.ts';
import type { JsonObject } from '../../json.ts';
import type { Model, Resource } from '../../model.ts';
import type { ProblemCode } from '../../problem.ts';
import type { Database } from '../../store/database.ts';
import type { Changes } from '../../sync/changes.ts';
import type { DeviceCalls } from '../../sync/device-calls.ts';
import type { Wake } from '../../sync/wake.ts';
import type { Handle, RestParts } from '../rest-parts.ts';

export interface ActionParts extends RestParts {
  readonly database: Database;
  readonly credentials: Credentials;
  readonly passwordResets: PasswordResets;
  readonly memberPasswords: MemberPasswords;
  readonly devices: DeviceCalls;
  readonly changes: Changes;
  readonly wake: Wake;
  readonly exports: Exports;
  readonly joining: Joining;
  readonly signUps: SignUps;
}

export interface ActionAnswer {
  readonly status: number;
  readonly description: string;
  /**
   * One envelope of `of`, an array of them, an object that says nothing, a page of entries with that schema, or what is
   * said of each media type.
   */
  readonly holds: 'row' | 'rows' | 'nothing' | { readonly entries: JsonObject } | { readonly content: JsonObject };
}

export interface ActionRoute {
  /** camelCase, unique. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** In the notation of the router. */
  readonly url: string;
  readonly description: string;
  /** The resource that it belongs to, and whose rows it answers with. */
  readonly of: Resource;
  /** `public`: also without a token. */
  readonly access: 'token' | 'public';
  /** The names in the address, each with the resource whose id it is. */
  readonly parameters: Readonly<Record<string, Resource>>;
  /** What the query string may hold, as OpenAPI describes parameters. */
  readonly query?: readonly JsonObject[];
  /** Whether a header has to name the etag of the row in the address. */
  readonly isGuarded?: boolean;
  /** JSON Schema of the body; null where there is none. */
  readonly body: JsonObject | null;
  readonly answers: readonly ActionAnswer[];
  /** Refusals of its own, beside those of every body, token and address. */
  readonly problems: readonly ProblemCode[];
  readonly make: (parts: ActionParts) => Handle;
}

export type MakeActions = (model: Model) => readonly ActionRoute[];

/** An answer that holds nothing, for clients that parse every answer. */
export const emptyAnswer = { data: {}, meta: {} };
