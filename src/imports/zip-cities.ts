/**
 * The city that the postal service gives a ZIP code, for rows that have the one without the other: rural registers leave
 * the city out. The table is 4 MB, so it is loaded by the commands that import and by nothing else.
 */
import { createRequire } from 'node:module';

export function loadCityOfZip(): (zip: string) => string | null {
  // The package's own entry would load Canada too, and has no types.
  const { codes } = createRequire(import.meta.url)('zipcodes/lib/codes.js') as {
    readonly codes: Readonly<Record<string, { readonly city: string }>>;
  };
  return (zip) => (Object.hasOwn(codes, zip) ? codes[zip]!.city : null);
}
