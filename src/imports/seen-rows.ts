/**
 * Who was already in this file. Files repeat people; the same row again is a duplicate, and the same person with other
 * content is a question for a human. What is remembered are hashes in one typed array, 20 bytes a slot and at most 70 %
 * of the slots in use: 29 to 57 bytes a person whatever the length of a row, 8 million voters in under half a gigabyte.
 * Two people share the 64 bits of an identity by chance once in 600,000 such files.
 */
import { createHash } from 'node:crypto';
import { addressKey, unitKey } from '../address-key.ts';
import { nameKey } from '../name-key.ts';
import { anonymousKey } from './contact-id.ts';
import type { Door } from './door.ts';

export interface Sighting {
  /** The row in which this person was first. */
  readonly row: number;
  /** What is different there; empty for the same row again. */
  readonly differs: readonly string[];
}

/** The identity's 64 bits, the row, the digest of everything, and a byte for each part of it to explain a difference. */
const slotSize = 5;
const parts = ['another name', 'another birth date', 'another address', 'other content'] as const;

export class SeenRows {
  private slots = new Uint32Array(1024 * slotSize);
  private count = 0;

  /** Remembers the door, or says where its person was seen before. */
  see(door: Door): Sighting | null {
    const id = createHash('sha256').update(identityOf(door)).digest();
    const entry = [id.readUInt32LE(0), id.readUInt32LE(4), door.row, ...contentOf(door)];
    const at = this.find(this.slots, entry[0]!, entry[1]!);
    const row = this.slots[at + 2]!;
    if (row !== 0) return { row, differs: this.differences(at, entry) };
    this.slots.set(entry, at);
    this.count += 1;
    if (this.count * slotSize > this.slots.length * 0.7) this.grow();
    return null;
  }

  private differences(at: number, entry: readonly number[]): readonly string[] {
    if (this.slots[at + 3] === entry[3]) return [];
    const changed = (this.slots[at + 4]! ^ entry[4]!) >>> 0;
    const named = parts.filter((_, index) => ((changed >>> (index * 8)) & 0xff) !== 0);
    return named.length > 0 ? named : ['other content'];
  }

  private find(slots: Uint32Array, high: number, low: number): number {
    const capacity = slots.length / slotSize;
    let slot = high % capacity;
    for (;;) {
      const at = slot * slotSize;
      if (slots[at + 2] === 0 || (slots[at] === high && slots[at + 1] === low)) return at;
      slot = (slot + 1) % capacity;
    }
  }

  private grow(): void {
    const larger = new Uint32Array(this.slots.length * 2);
    for (let at = 0; at < this.slots.length; at += slotSize) {
      if (this.slots[at + 2] === 0) continue;
      larger.set(this.slots.subarray(at, at + slotSize), this.find(larger, this.slots[at]!, this.slots[at + 1]!));
    }
    this.slots = larger;
  }
}

/**
 * The file's own id; without one the same name, birth date and door, which a contact must not share with another; and
 * without a birth date everything, because a father and a son of one name differ in something else.
 */
function identityOf(door: Door): string {
  const { address, unitNum, contact } = door;
  if (contact.externalId !== undefined) return `id|${contact.externalId}`;
  const { name, birthdate } = contact.profile;
  if (birthdate === undefined) return `all|${anonymousKey(door)}`;
  return ['door', nameKey(name.anglican), birthdate, addressKey(address), unitKey(unitNum)].join('|');
}

function contentOf({ address, unitNum, householdExternalId, contact }: Door): readonly [number, number] {
  const { name, birthdate, ...profile } = contact.profile;
  const { birthYear, ...fields } = contact.fields;
  const split = [
    name,
    [birthdate, birthYear],
    [address, unitNum],
    [profile, fields, contact.notes, householdExternalId],
  ];
  const hashes = split.map((part) => hash(JSON.stringify(part) ?? ''));
  const bytes = hashes
    .map((value, index) => ((value >>> 24) << (index * 8)) >>> 0)
    .reduce((sum, byte) => sum + byte, 0);
  return [hash(hashes.join()), bytes];
}

/** FNV-1a: quick, and good enough to compare two rows of which the identity has already said that they belong together. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}
