/** Where a reference of a resource leads. A declaration that names another attribute there stops the start. */
import type { Resource } from '../../model.ts';

/** The name of the resource. */
export function referenceOf({ declaration, name }: Resource, attribute: string): string {
  const field = declaration.fields[attribute];
  if (field?.storage !== 'column' || field.reference === undefined) throw new Error(`${name} has no ${attribute}`);
  return field.reference.to;
}
