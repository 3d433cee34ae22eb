/** What happens to documents on their way: nulls are left out here, and characters that no server stores are taken out. */
type Members = Readonly<Record<string, unknown>>;

/** GraphQL answers with null where nothing is set, and a schema of RxDB knows no null. */
export function fromServer<T extends object>(document: T): T {
  return Object.fromEntries(Object.entries(document).filter(([, value]) => value !== null)) as T;
}

/**
 * One text with a NUL or half a character in it would be refused before anybody looks at the row that it belongs to, and
 * RxDB would send the whole queue again for ever.
 */
export function toServer<T extends object>(row: T): T {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, clean(value)])) as T;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\uFFFD');
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value as Members).map(([name, member]) => [name, clean(member)]));
}
