/**
 * The Link to the next page (RFC 8288): the same address with a cursor in place of `skip`. Skipping would repeat a row
 * for each one that was added in front of the page meanwhile; a cursor does not.
 */
export function makeNextLink(route: string, parameters: URLSearchParams, cursor: string): string {
  const next = new URLSearchParams(parameters);
  next.delete('skip');
  next.set('after', cursor);
  return `<${route}?${next.toString()}>; rel="next"`;
}
