/**
 * The boundary between reading a file and writing to the database: one good row is one Door, a person behind a door.
 * What reads files knows nothing of tables, and what writes knows nothing of columns.
 */
import type { PersonName } from './normalise/person-name.ts';

export type FieldValue = string | number | boolean | readonly (string | number | boolean)[];

export interface DoorAddress {
  readonly number?: string;
  readonly streetName: string;
  readonly city: string;
  /** ISO 3166-1 alpha-3. */
  readonly country: string;
  readonly county?: string;
  readonly neighborhood?: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly coords?: { readonly lat: number; readonly lng: number; readonly confidence?: number };
}

export interface DoorProfile {
  readonly name: { readonly anglican: PersonName & { readonly given: string; readonly surname: string } };
  readonly emails?: readonly { readonly email: string; readonly active: boolean; readonly primary: boolean }[];
  readonly phones?: readonly {
    readonly phone: string;
    readonly phoneType: PhoneType;
    readonly active: boolean;
    readonly primary: boolean;
  }[];
  readonly gender?: string;
  readonly languages?: readonly string[];
  /** YYYY-MM-DD; absent where the file knows only the year, which is then the custom field `birthYear`. */
  readonly birthdate?: string;
  /** As of the day of the import. */
  readonly age?: number;
}

export type PhoneType = 'home' | 'mobile' | 'business';

export interface Door {
  /** As a spreadsheet counts: the header is row 1, the first person row 2. */
  readonly row: number;
  readonly address: DoorAddress;
  readonly unitNum: string | null;
  readonly householdExternalId: string | null;
  readonly contact: {
    readonly profile: DoorProfile;
    readonly externalId?: string;
    readonly notes?: string;
    readonly fields: Readonly<Record<string, FieldValue>>;
  };
}

/** `existing`: was there before, and was left alone. `duplicate`: the same person as another row, under another id. */
export type Verdict = 'created' | 'existing' | 'duplicate' | { readonly rejected: string; readonly column?: string };

/** Writes a batch in one transaction and answers for each door in its place. A batch may come again after a crash. */
export interface DoorWriter {
  write(batch: readonly Door[]): Promise<readonly Verdict[]>;
}

/** Why a row cannot be imported: the columns it is about and the rest of the sentence that starts with them. */
export interface RowFault {
  readonly column: string;
  readonly reason: string;
}
