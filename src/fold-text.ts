/**
 * Text as a key sees it: capitals, no accents, no punctuation, single blanks. Two spellings that a person would call
 * the same fold to the same text. It is for comparing only; nothing folded is ever shown or stored as a name.
 */

/** Letters whose stroke or ligature is no combining mark, so that Unicode's decomposition leaves them alone. */
const undecomposed: Readonly<Record<string, string>> = {
  Ø: 'O',
  Ł: 'L',
  Đ: 'D',
  Ð: 'D',
  Þ: 'TH',
  Æ: 'AE',
  Œ: 'OE',
};

export function foldText(text: string): string {
  return (
    text
      .normalize('NFD')
      .toUpperCase()
      .replace(/[ØŁĐÐÞÆŒ]/g, (letter) => undecomposed[letter] ?? letter)
      // Marks, apostrophes and full stops vanish (O'BRIEN, U.S.); any other sign parts two words.
      .replace(/[\p{M}'’‘ʻʼ`´.]/gu, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  );
}
