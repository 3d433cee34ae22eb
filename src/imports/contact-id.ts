/**
 * The id of a contact whom nothing else could tell again: no id of the file's, no birth date. It follows from what the
 * file says, so that an import that is run a second time finds the person instead of making another.
 */
import { createHash } from 'node:crypto';
import type { Door } from './door.ts';

/** Null for a contact that the server recognises by itself: see `unique` in resources/contact.ts. */
export function makeContactId(door: Door, group: string): string | null {
  const key = anonymousKey(door);
  if (key === null) return null;
  const hex = createHash('sha256').update(`${group}|${key}`).digest('hex');
  // RFC 9562 §5.8: version 8, the variant in the two highest bits of the 17th digit.
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Everything that a file says of somebody without an id and a birth date; null for everybody else. */
export function anonymousKey({ address, unitNum, householdExternalId, contact }: Door): string | null {
  const { profile, externalId } = contact;
  if (externalId !== undefined || profile.birthdate !== undefined) return null;
  // Coordinates may come with the second run, and an age is as of its day.
  const { coords: _coords, ...place } = address;
  const { age: _age, ...person } = profile;
  return JSON.stringify([place, unitNum, householdExternalId, person, contact.notes, contact.fields]);
}
