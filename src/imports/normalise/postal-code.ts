/**
 * ZIP codes: five digits, or nine with a hyphen. Spreadsheets turn them into numbers and lose the zero in front; it can
 * be given back where the state says that one is missing, and nowhere else.
 */
import { type Unusable, unusable } from './unusable.ts';

const oneZero = new Set(['CT', 'MA', 'ME', 'NH', 'NJ', 'RI', 'VT']);
const twoZeros = new Set(['PR', 'VI']);

export function normalisePostalCode(text: string, state: string | undefined): string | Unusable {
  const [, area = '', station = ''] = /^(\d+)(?:\.0)?(?: ?- ?(\d{4})?)?$/.exec(text) ?? [];
  const lost = oneZero.has(state ?? '') ? 1 : twoZeros.has(state ?? '') ? 2 : 0;
  const [whole, plus] = area.length > 5 ? [area.slice(0, -4), area.slice(-4)] : [area, station];
  const zip = whole.length === 5 - lost && lost > 0 ? whole.padStart(5, '0') : whole;
  if (zip.length !== 5 || (area.length > 5 && station !== '')) {
    return unusable(`must be a ZIP code of 5 or 9 digits, not "${text}"`);
  }
  return plus === '' || plus === '0000' ? zip : `${zip}-${plus}`;
}
