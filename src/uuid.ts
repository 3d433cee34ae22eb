/**
 * Whether a text is a UUID as PostgreSQL keeps it: any version, in either case. The library's own check knows the
 * versions there are, and would refuse ids that existing clients have had for years.
 */
const pattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return pattern.test(text);
}
