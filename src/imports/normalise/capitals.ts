/**
 * Capitals for text that a register keeps in capitals only. Text that already mixes both cases was typed by somebody
 * who knew (MacLeod, deVries) and is left alone.
 */

/** Mac is a prefix in these names only: Macy, Mack, Machado and Macias are whole words. */
const macNames =
  /^MAC(ALISTER|ALLISTER|ARTHUR|AULAY|BETH|BRIDE|CALLUM|CORMACK|DERMOTT|DONALD|DONELL|DONNELL|DOUGALL|DUFF|EWEN|FADYEN|FARLANE|GILLIVRAY|GREGOR|INNES|INTOSH|INTYRE|IVER|KAY|KENNA|KENZIE|KINNON|LACHLAN|LAREN|LAUGHLIN|LEAN|LEISH|LELLAN|LENNAN|LEOD|MILLAN|MURRAY|NAMARA|NEIL|NEILL|PHEE|PHERSON|QUARRIE|RAE|TAVISH|VICAR)$/;

/** Small inside a name or place, capital in front of it: De la Cruz, Town of Rockingham. */
const particles = new Set(
  'AL AND AT AU DA DAS DE DEL DELLA DEN DER DES DI DO DOS DU LA LAS LE LOS OF TEN TER THE VAN VON Y ZU'.split(' '),
);

export function isMixedCase(text: string): boolean {
  const letters = text.replace(/\bMa?c(?=\p{Lu}{2})/gu, '');
  return /\p{Ll}/u.test(letters) && /\p{Lu}/u.test(letters);
}

/** `special` may answer for a word by itself, given in capitals; otherwise the rules of names apply. */
export function capitalise(text: string, special: (word: string) => string | null = () => null): string {
  if (isMixedCase(text)) return text;
  return text
    .toUpperCase()
    .split(' ')
    .map((word, index) => {
      if (index > 0 && particles.has(word)) return word.toLowerCase();
      return special(word) ?? capitaliseWord(word);
    })
    .join(' ');
}

function capitaliseWord(word: string): string {
  return word.replace(/[\p{L}\p{M}']+/gu, (letters) => {
    const prefix = /^(?:\p{L}{1,2}'|MC)(?=\p{L}{2})/u.exec(letters)?.[0] ?? (macNames.test(letters) ? 'MAC' : '');
    return firstCapital(prefix) + firstCapital(letters.slice(prefix.length));
  });
}

function firstCapital(letters: string): string {
  return letters.toLowerCase().replace(/\p{L}/u, (letter) => letter.toUpperCase());
}
