/**
 * A cell as its author meant it: composed (NFC), without control characters, zero-width characters and stray blanks,
 * which spreadsheets and web forms leave behind and nobody sees. Apostrophes become the plain one.
 */
export function cleanText(cell: string): string {
  // Nearly every cell is plain already, and this is asked of all of them.
  if (/^(?:[!-_a-~]+(?: [!-_a-~]+)*)?$/.test(cell)) return cell;
  return cell
    .normalize('NFC')
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/(?<=\p{L})[’‘`´](?=\p{L})/gu, "'")
    .trim();
}
