/** The parts of a person's name, in the capitals and the forms a canvasser would write them. */
import { capitalise } from './capitals.ts';

export interface PersonName {
  readonly title?: string;
  readonly given?: string;
  readonly middlename?: string;
  readonly surname?: string;
  readonly suffix?: string;
}

const suffixes: Readonly<Record<string, string>> = {
  JR: 'Jr.',
  JUNIOR: 'Jr.',
  SR: 'Sr.',
  SENIOR: 'Sr.',
  II: 'II',
  '2ND': 'II',
  III: 'III',
  '3RD': 'III',
  IV: 'IV',
  '4TH': 'IV',
  V: 'V',
  VI: 'VI',
  ESQ: 'Esq.',
  MD: 'MD',
  PHD: 'PhD',
  DDS: 'DDS',
};
const titles: Readonly<Record<string, string>> = {
  MR: 'Mr.',
  MRS: 'Mrs.',
  MS: 'Ms.',
  MISS: 'Miss',
  MX: 'Mx.',
  DR: 'Dr.',
  REV: 'Rev.',
  HON: 'Hon.',
};
/** Words that a surname may begin with, when it has to be told from a middle name. */
const surnamePrefixes = new Set(
  'AL BEN BIN DA DE DEL DELLA DEN DER DI DOS DU EL LA LE LOS MC SAN ST TEN TER VAN VON'.split(' '),
);

export const normaliseName = (text: string): string => capitalise(text);

export function normaliseSuffix(text: string): string {
  return suffixes[bare(text)] ?? capitalise(text);
}

export function normaliseTitle(text: string): string {
  return titles[bare(text)] ?? capitalise(text);
}

/** "Smith Jr" in a surname column: the suffix leaves the surname. A lone V is more often an initial, and stays. */
export function splitSurname(text: string): { readonly surname: string; readonly suffix?: string } {
  const parts = /^(.+?),? +(\S+)$/u.exec(text);
  const suffix = parts === null || bare(parts[2]!) === 'V' ? undefined : suffixes[bare(parts[2]!)];
  return suffix === undefined ? { surname: capitalise(text) } : { surname: capitalise(parts![1]!), suffix };
}

/** A whole name in one cell: "SMITH JR, MARY ANN", "Dr. Mary Ann de la Cruz, Jr." */
export function splitFullName(text: string): PersonName {
  const pieces = text.split(',').map((piece) => piece.trim());
  const after = pieces.length > 1 ? suffixes[bare(pieces.at(-1)!)] : undefined;
  if (after !== undefined) pieces.pop();
  const surnameFirst = pieces.length > 1;
  const words = (surnameFirst ? pieces.slice(1).join(' ') : pieces[0]!).split(' ').filter((word) => word !== '');
  const title = words.length > 1 ? titles[bare(words[0]!)] : undefined;
  if (title !== undefined) words.shift();
  const last = words.length > (surnameFirst ? 1 : 2) ? suffixes[bare(words.at(-1)!)] : undefined;
  if (last !== undefined) words.pop();
  const given = words.shift() ?? '';
  const { surname, suffix = after ?? last } = splitSurname(surnameFirst ? pieces[0]! : takeSurname(words));
  return {
    ...(title === undefined ? {} : { title }),
    given: capitalise(given),
    ...(words.length === 0 ? {} : { middlename: capitalise(words.join(' ')) }),
    surname,
    ...(suffix === undefined ? {} : { suffix }),
  };
}

/** Takes the surname off the end of what follows the given name: its last word, or all from "de la" or "van" on. */
function takeSurname(words: string[]): string {
  const prefix = words.findIndex((word, index) => surnamePrefixes.has(bare(word)) && index < words.length - 1);
  return words.splice(prefix < 0 ? Math.max(words.length - 1, 0) : prefix).join(' ');
}

function bare(word: string): string {
  return word.replaceAll('.', '').toUpperCase();
}
