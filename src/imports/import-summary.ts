/** The books of an import: rows = created + existing + duplicates + blank + rejected, always. */
import type { Verdict } from './door.ts';
import type { Outcome } from './judge-row.ts';
import type { Reject } from './rejects.ts';

export interface ImportSummary {
  /** Rows below the header that were dealt with; all of them when `finished`. */
  readonly rows: number;
  /** Contacts that are new. */
  readonly created: number;
  /** Contacts that were there before this import, and were left as they are. */
  readonly existing: number;
  /** Rows that repeat a row above, or a person who is there under another id. */
  readonly duplicates: number;
  /** Rows with nothing in them. */
  readonly blank: number;
  readonly rejected: number;
  /** By the columns that the rejects file names. */
  readonly rejectedByColumn: Readonly<Record<string, number>>;
  /** Of the doors that were taken: how many have coordinates, a city found by ZIP code, only a year of birth. */
  readonly located: number;
  readonly citiesFromZip: number;
  readonly birthYearsOnly: number;
  readonly finished: boolean;
}

export interface Books {
  /** Counts a batch; the verdicts are those of its doors, in order. Answers with the rows to put into the rejects file. */
  enter(outcomes: readonly Outcome[], verdicts: readonly Verdict[]): readonly Reject[];
  summary(finished: boolean): ImportSummary;
}

export function makeBooks(): Books {
  const counts = { rows: 0, created: 0, existing: 0, duplicates: 0, blank: 0, rejected: 0 };
  const extras = { located: 0, citiesFromZip: 0, birthYearsOnly: 0 };
  const rejectedByColumn = new Map<string, number>();

  function enterDoor(outcome: Outcome & { kind: 'door' }, verdict: Verdict | undefined): Reject[] {
    const { door, cells } = outcome;
    if (verdict === undefined) throw new Error(`The writer gave no verdict on row ${door.row}.`);
    if (typeof verdict === 'object') {
      return [{ row: door.row, column: verdict.column ?? '', reason: verdict.rejected, cells }];
    }
    counts[verdict === 'duplicate' ? 'duplicates' : verdict] += 1;
    if (door.address.coords !== undefined) extras.located += 1;
    if (outcome.cityFromZip) extras.citiesFromZip += 1;
    if (outcome.yearOnly) extras.birthYearsOnly += 1;
    return [];
  }

  return {
    enter(outcomes, verdicts) {
      const left = verdicts.values();
      const rejects: Reject[] = [];
      for (const outcome of outcomes) {
        counts.rows += 1;
        if (outcome.kind === 'blank') counts.blank += 1;
        else if (outcome.kind === 'duplicate') counts.duplicates += 1;
        else if (outcome.kind === 'rejected') rejects.push(outcome.reject);
        else rejects.push(...enterDoor(outcome, left.next().value));
      }
      counts.rejected += rejects.length;
      for (const { column } of rejects) rejectedByColumn.set(column, (rejectedByColumn.get(column) ?? 0) + 1);
      return rejects;
    },
    summary: (finished) => ({ ...counts, ...extras, rejectedByColumn: Object.fromEntries(rejectedByColumn), finished }),
  };
}
