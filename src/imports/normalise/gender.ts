/** The genders of the contact's profile: d diverse, f female, m male, n non-binary, o other. Unknown is no gender at all. */
import { type Unusable, unusable } from './unusable.ts';

const codes: Readonly<Record<string, string | null>> = {
  D: 'd',
  DIVERSE: 'd',
  F: 'f',
  FEMALE: 'f',
  W: 'f',
  WOMAN: 'f',
  M: 'm',
  MALE: 'm',
  MAN: 'm',
  N: 'n',
  NB: 'n',
  X: 'n',
  NONBINARY: 'n',
  'NON-BINARY': 'n',
  O: 'o',
  OTHER: 'o',
  U: null,
  UNKNOWN: null,
};

export function normaliseGender(text: string): string | null | Unusable {
  const code = codes[text.toUpperCase()];
  return code === undefined ? unusable(`"${text}" is not a gender (f, m, n, d, o or U)`) : code;
}
