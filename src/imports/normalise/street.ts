/**
 * The capitals of a street. Abbreviations stay as the file has them (`St`, `Ave`): which of them a town writes is the
 * town's affair, and for comparing there is addressKey.
 */
import { capitalise } from './capitals.ts';

const upper = new Set('NE NW SE SW US PO RR HC CR SR FM II III IV'.split(' '));

export function normaliseStreet(text: string): string {
  return capitalise(text, streetWord);
}

function streetWord(word: string): string | null {
  if (upper.has(word) || /^\p{L}$/u.test(word)) return word;
  if (/^\d+(ST|ND|RD|TH)$/.test(word)) return word.toLowerCase();
  // Names of roads rather than words: A1A, 5A, U.S., WB&A.
  return /^[\p{L}\d&.]*(\d|&|\p{L}\.\p{L})[\p{L}\d&.]*$/u.test(word) ? word : null;
}
