/**
 * Whether a contact is reserved. What the column holds is only half of it: the lease of the walklist may have run out
 * since, and nobody writes a row at that moment. So the hour is asked at every read.
 */
import { boolean } from '../../fields/boolean.ts';
import type { LeafField } from '../../fields/field.ts';

export function reserved(description: string): LeafField {
  const readAs = (column: string): string => {
    const row = column.slice(0, column.lastIndexOf('.'));
    return `(${column} AND NOT EXISTS (SELECT FROM walklists walk WHERE walk.customer_id = ${row}.customer_id AND walk.id = ${row}.reservation_walklist_id AND walk.status = 'checked-out' AND walk.expires <= now()))`;
  };
  return { ...boolean(description), readAs };
}
