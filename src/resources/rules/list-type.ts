/** How the doors of a list are treated in a campaign: the same three words in three resources. */
import { choice } from '../../fields/choice.ts';
import type { LeafField } from '../../fields/field.ts';

export function listType(description: string): LeafField {
  return choice(['do-not-knock', 'high-priority', 'normal'], description, { default: 'normal' });
}
