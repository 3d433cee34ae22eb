/**
 * Makes a Door of a row, or the list of everything that is wrong with it, so that a person mends a row once.
 * A newcomer expects a missing birth date, unit or ZIP code to be a fault: only a name, a street and a city are needed.
 */
import type { Door, FieldValue, RowFault } from './door.ts';
import type { Layout } from './layout.ts';
import { makeAddress } from './make-address.ts';
import { makeProfile } from './make-profile.ts';
import { makeAttribute } from './read-attribute.ts';
import { makeRowReader, type RowReader } from './row-reader.ts';

export interface DoorSurroundings {
  /** YYYY-MM-DD. */
  readonly today: string;
  /** The city that the postal service gives a ZIP code, for rows without one. */
  readonly cityOfZip?: (zip: string) => string | null;
}

export type MadeDoor =
  | { readonly door: Door; readonly cityFromZip: boolean; readonly yearOnly: boolean }
  | { readonly faults: readonly RowFault[] };

export function makeDoorMaker(layout: Layout, header: readonly string[], surroundings: DoorSurroundings) {
  const attributes = new Map(
    Object.entries(layout.attributes).map(([pointer, source]) => [pointer, makeAttribute(source, header)]),
  );
  const fieldNames = [...attributes.keys()].filter((pointer) => pointer.startsWith('/fields/'));

  return function makeDoor(row: number, cells: readonly string[]): MadeDoor {
    const reader = makeRowReader(attributes, cells, surroundings.today);
    if (cells.some((cell) => cell.includes('\ufffd'))) complainOfEncoding(attributes.keys(), reader);
    const address = makeAddress(reader, surroundings.cityOfZip);
    const { profile, birthYear } = makeProfile(reader, surroundings.today);
    const fields: Record<string, FieldValue> = birthYear === undefined ? {} : { birthYear };
    for (const pointer of fieldNames) {
      const value = reader.find(pointer);
      if (value !== undefined) fields[pointer.slice('/fields/'.length)] = value;
    }
    const externalId = reader.findText('/externalId');
    const notes = reader.findText('/notes');
    if (notes !== undefined && notes.length > 2048) reader.complain('/notes', 'is longer than 2,048 characters');
    const householdExternalId = reader.findText('/household/externalId') ?? null;
    if (address === null || profile === null || reader.faults.length > 0) return { faults: reader.faults };
    const contact = {
      profile,
      ...(externalId === undefined ? {} : { externalId }),
      ...(notes === undefined ? {} : { notes }),
      fields,
    };
    const door = { row, address: address.address, unitNum: address.unitNum, householdExternalId, contact };
    return { door, cityFromZip: address.cityFromZip, yearOnly: birthYear !== undefined };
  };
}

/** The replacement character is what is left of bytes that were not in the declared encoding, and of careless exports. */
function complainOfEncoding(pointers: Iterable<string>, reader: RowReader): void {
  for (const pointer of pointers) {
    if (!reader.raw(pointer).includes('\ufffd')) continue;
    reader.complain(pointer, 'has characters that are not UTF-8; if the file is from Windows, import it as latin1');
  }
}
