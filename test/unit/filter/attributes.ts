/** A few attributes of every type to filter on, without a resource model. */
import type { AttributeType, FindAttribute } from '../../../src/filter/attribute-type.ts';
import { printPointer } from '../../../src/filter/pointer.ts';

const attributes: Readonly<Record<string, AttributeType>> = {
  '/id': { type: 'reference' },
  '/meta/created': { type: 'timestamp' },
  '/data/campaignId': { type: 'reference' },
  '/data/timestamp': { type: 'timestamp' },
  '/data/ended': { type: 'date' },
  '/data/name': { type: 'text' },
  '/data/description': { type: 'text' },
  '/data/precedence': { type: 'integer' },
  '/data/distance': { type: 'decimal' },
  '/data/successful': { type: 'boolean' },
  '/data/unavailable': { type: 'boolean' },
  '/data/state': { type: 'choice', choices: ['not-home', 'come-back'] },
  '/data/survey': { type: 'group' },
};

export const find: FindAttribute = Object.assign(
  (pointer: readonly string[]): AttributeType | null => {
    if (pointer[0] === 'data' && (pointer[1] === 'profile' || pointer[1] === 'fields')) return { type: 'document' };
    return attributes[printPointer(pointer)] ?? null;
  },
  { known: Object.keys(attributes) },
);
