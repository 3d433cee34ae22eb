/** Phone numbers as a canvasser dials them: (614) 555-0134. One that is not from North America keeps its own spelling. */
import { type Unusable, unusable } from './unusable.ts';

export function normalisePhone(text: string): string | Unusable {
  const digits = text.replace(/\D/g, '');
  const [, area, exchange, line] = /^1?(\d{3})(\d{3})(\d{4})$/.exec(digits) ?? [];
  if (area !== undefined) return `(${area}) ${exchange}-${line}`;
  return digits.length >= 7 && digits.length <= 15 ? text : unusable(`"${text}" is not a phone number`);
}
