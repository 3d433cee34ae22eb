/** What a caller wants changed, and what became of it. Every transport makes Changes and gets Verdicts. */
import type { JsonObject } from '../json.ts';
import type { Operation } from '../patch/operation.ts';
import type { Fault, Problem } from '../problem.ts';
import type { Output, Spelling } from '../read/selection.ts';
import type { AskedAction } from './actions.ts';
import type { Place } from './places.ts';

/** The etags that the caller would accept; `*` for any; null when none came, which is ETAG_REQUIRED in its turn. */
export type Etags = readonly string[] | '*' | null;

export interface Create {
  readonly kind: 'create';
  /** The client may choose it; offline apps do. */
  readonly id: string | null;
  readonly securityGroupId: string | null;
  /** The attributes as they came, in the spelling of the wire; checked here and nowhere else. */
  readonly data: JsonObject;
  /** What came beside the data. */
  readonly params: JsonObject;
  /** What the transport already found wrong with the item; it is refused with these in its turn. */
  readonly faults?: readonly Fault[];
}

export interface Patch {
  readonly kind: 'patch';
  readonly id: string;
  readonly etags: Etags;
  /**
   * Throws a Problem for a patch that is none: called only after the row, the permission and the etag are right, with the
   * data as it is, which nobody can change before the patch is written.
   */
  readonly operations: (data: JsonObject) => readonly Operation[];
  /** What is done behind the operations; called when they are. */
  readonly action?: () => AskedAction | null;
  /** What comes beside the data, for the hooks; no transport sends any (see actions.ts). */
  readonly params?: JsonObject;
}

export interface Remove {
  readonly kind: 'remove';
  readonly id: string;
  readonly etags: Etags;
  /** Throws a Problem where the row's data say that it must stay. */
  readonly check?: (data: JsonObject) => void;
}

export interface Restore {
  readonly kind: 'restore';
  readonly id: string;
  readonly etags: Etags;
}

/** A link that is made, or changed when there is one: see put-rows.ts. */
export interface Put {
  readonly kind: 'put';
  /** For a row that is made. */
  readonly id: string | null;
  readonly securityGroupId: string | null;
  /** What it links. */
  readonly place: Place;
  /** Whether the place is the address of a request: what is not there is then not found, else the input is wrong. */
  readonly isAddressed: boolean;
  readonly etags: Etags;
  readonly data: JsonObject;
  readonly faults?: readonly Fault[];
}

export type Change = Create | Patch | Remove | Restore | Put;

/** `existing`: a create found its row there already. `unchanged`: a patch that made no difference wrote nothing. */
export type Outcome = 'created' | 'existing' | 'changed' | 'unchanged' | 'removed' | 'restored';

export type Verdict =
  | {
      readonly outcome: Outcome;
      readonly id: string;
      readonly etag: string;
      /** The row as it is now, in the members and spelling that were asked for. */
      readonly text: string;
    }
  | { readonly problem: Problem };

export interface WriteOptions {
  /** With `abort` one failure undoes the batch, and the others are told ABORTED. */
  readonly onError: 'abort' | 'continue';
  /** Empty: nobody looks at the rows, so they are not read again, and verdicts have neither etag nor text. */
  readonly members: readonly Output[];
  readonly spelling: Spelling;
  readonly requestId: string | null;
  /** Imports and the seed: whether the log keeps what changed, only that it changed, or nothing. */
  readonly logging?: 'full' | 'without-values' | 'none';
}
