/**
 * What a person leaves outside the rows of resources: files, copies, queues. Whoever keeps such things offers an eraser,
 * and the list of them is in cli/forget/erasers.ts.
 */
import type { Queryable } from '../store/database.ts';

export interface ForgottenPerson {
  readonly customerId: string;
  readonly contactId: string;
  /** Of the rows that were emptied, by the kebab-case plural of their resource. */
  readonly rows: ReadonlyMap<string, readonly string[]>;
  /** What the person was called and known by, as far as it can be told from others. */
  readonly names: readonly string[];
}

export interface Eraser {
  /** For the report: `read log`. */
  readonly what: string;
  /** In the transaction that forgets; how many things were emptied or removed. */
  readonly erase?: (tx: Queryable, person: ForgottenPerson) => Promise<number>;
  /** For what no transaction holds; after the commit. It may be asked again about the same person. */
  readonly eraseOutside?: (person: ForgottenPerson) => Promise<number>;
}
