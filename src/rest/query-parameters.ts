/**
 * The query string as REST reads it: names and values decoded, in their order, repeated ones kept.
 *
 * Parameters that are not ours are passed over, because existing clients send some of their own (`customerId`) and must
 * keep working. A misspelt one of ours is refused: with `filters=` passed over, a client would get every row.
 */
import { Problem } from '../problem.ts';

const names = ['filter', 'sort', 'skip', 'limit', 'after', 'deleted'];

export function parseQuery(url: string): URLSearchParams {
  const start = url.indexOf('?');
  const parameters = new URLSearchParams(start === -1 ? '' : url.slice(start + 1));
  for (const name of parameters.keys()) {
    const meant = names.find((one) => name.toLowerCase().startsWith(one));
    if (meant === undefined || name === meant || (meant === 'filter' && name.startsWith('filter['))) continue;
    throw new Problem('MALFORMED_REQUEST', `There is no parameter ${shorten(name)}; did you mean ${meant}?`);
  }
  return parameters;
}

/** The one value of a parameter, null when it is missing or empty: an empty box in somebody's form asks for nothing. */
export function findSingle(parameters: URLSearchParams, name: string, refuse: (why: string) => Problem): string | null {
  const values = parameters.getAll(name);
  if (values.length > 1) throw refuse(`${name} may come once, and came ${values.length} times.`);
  const value = values[0]?.trim() ?? '';
  return value === '' ? null : value;
}

/** What came, quoted, and cut where nobody reads on. */
export function shorten(text: string): string {
  return JSON.stringify(text.length > 64 ? `${text.slice(0, 63)}…` : text);
}
