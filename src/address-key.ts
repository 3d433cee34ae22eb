/**
 * When two addresses are the same door. Households are kept unique by these keys, imports find coordinates by them,
 * and they are stored: a change here needs the stored keys computed anew.
 *
 * A newcomer expects `APT 4` and `UNIT 4` to be two doors. They are one: `#`, `Apt`, `Unit` and a bare `4` are what
 * different clerks write for the same letterbox, and postal software matches them (USPS Publication 28 §213). Suites,
 * lots, floors and buildings stay apart.
 */
import { foldText } from './fold-text.ts';
import { directions, streetTypes, unitDesignators } from './postal-words.ts';
import { findStateCode } from './us-states.ts';

export interface KeyedAddress {
  readonly number?: string | null;
  readonly streetName: string;
  readonly city: string;
  readonly state?: string | null;
  readonly postalCode?: string | null;
  readonly country?: string | null;
}

const streetWords: Readonly<Record<string, string>> = { ...streetTypes, ...directions };
const cityWords: Readonly<Record<string, string>> = {
  SAINT: 'ST',
  SAINTE: 'STE',
  MOUNT: 'MT',
  FORT: 'FT',
  ...directions,
};
const sameLetterbox = new Set(['APT', 'UNIT', 'NO']);

export function addressKey(address: KeyedAddress): string {
  // Some clients keep the house number inside the street name, so the two are one part of the key.
  const street = `${foldNumber(address.number ?? '')} ${foldWords(address.streetName, streetWords)}`.trim();
  const city = foldWords(address.city, cityWords);
  const state = findStateCode(address.state ?? '') ?? foldText(address.state ?? '');
  const postalCode = foldText(address.postalCode ?? '');
  const country = (address.country ?? '').toUpperCase();
  const area = country === 'USA' ? postalCode.slice(0, 5) : postalCode;
  return [street, city, state, area, country].join('|');
}

/** The part of a household's key below its address; empty for a house of its own. */
export function unitKey(unitNum: string | null | undefined): string {
  const words = foldText(
    (unitNum ?? '').replace(/(?<=\p{L})-(?=\p{N})|(?<=\p{N})-(?=\p{L})/gu, '').replaceAll('#', ' '),
  );
  const all = words.split(' ').map((word) => unitDesignators[word] ?? word.replace(/^0+(?=\w)/, ''));
  const identifying = all.filter((word) => !sameLetterbox.has(word));
  return (identifying.length > 0 ? identifying : all).join(' ').replace(/^(\d+)(?:ST|ND|RD|TH) FL$/, 'FL $1');
}

function foldNumber(number: string): string {
  return foldText(number.replace(/(?<=\d)-(?=\p{L})/u, '')).replace(/^0+(?=\d)/, '');
}

function foldWords(text: string, words: Readonly<Record<string, string>>): string {
  return foldText(text)
    .split(' ')
    .map((word) => words[word] ?? word)
    .join(' ');
}
