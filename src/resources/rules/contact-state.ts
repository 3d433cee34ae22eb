/** What a campaign knows of a contact; a status carries one of these so that it can be checked against it. */
import { choice } from '../../fields/choice.ts';
import type { LeafField } from '../../fields/field.ts';

export const contactStates = [
  'appointment',
  'not-contacted-high-priority',
  'not-contacted-do-not-knock',
  'not-contacted-normal',
  'contacted-available-successful',
  'contacted-available-not-successful',
  'contacted-unavailable-not-home',
  'contacted-unavailable-other',
  'come-back',
  'unknown',
] as const;

export function contactState(description: string): LeafField {
  return choice(contactStates, description);
}
