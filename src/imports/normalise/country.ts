/** Countries as ISO 3166-1 alpha-3. Files of the US leave the column empty or write it in one of these ways. */
import { foldText } from '../../fold-text.ts';
import { type Unusable, unusable } from './unusable.ts';

const usa = new Set(['US', 'USA', 'UNITED STATES', 'UNITED STATES OF AMERICA']);

export function normaliseCountry(text: string): string | Unusable {
  const name = foldText(text);
  if (usa.has(name)) return 'USA';
  return /^[A-Z]{3}$/.test(name) ? name : unusable(`"${text}" is not a country code of three letters (ISO 3166-1)`);
}
