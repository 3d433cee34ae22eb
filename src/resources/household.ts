/** A door: an address and, in a larger building, a unit. The same door is not made twice. */
import { unitKey } from '../address-key.ts';
import { reference } from '../fields/reference.ts';
import { text } from '../fields/text.ts';
import { defineResource } from '../resource.ts';

export const household = defineResource({
  name: 'household',
  plural: 'households',
  route: '/v2/households',
  addresses: { bulk: { route: '/v2/households/bulk', takes: ['create'] } },
  shows: { '/data/address': { kind: 'row', reference: 'addressId', as: 'id and data' } },
  scope: 'group',
  personal: true,
  description: 'A door: an address and, in a larger building, a unit.',
  required: ['addressId'],
  embeds: ['addressId'],
  // One line of text that existing clients make of the address.
  passedOver: ['formattedAddress'],
  groupFrom: 'addressId',
  params: { externalId: text('What another system calls it.', { maxLength: 256 }) },
  fields: {
    unitNum: text('The unit, such as "Apt 2".', { maxLength: 64 }),
    addressId: reference('address', 'Where it is.'),
    externalId: text('What another system calls it.', { maxLength: 256 }),
  },
  hidden: {
    unitKey: {
      sqlType: 'text',
      prismaType: 'String',
      from: ({ unitNum }) => (typeof unitNum === 'string' ? unitKey(unitNum) : ''),
    },
  },
  unique: [
    {
      within: 'group',
      of: ['addressId', 'unitKey'],
      onCreate: 'answer',
      message: 'Another household is at this address and unit.',
    },
  ],
  indexes: [['externalId']],
  sorts: ['modified'],
  hooks: {
    // Existing clients send the externalId beside the data.
    complete: async (candidates) =>
      candidates.map(({ after, before, params }) => {
        const { externalId } = params;
        if (before !== null || externalId === undefined || externalId === null) return { data: after! };
        if (typeof externalId !== 'string' || externalId.length > 256) {
          return { faults: [{ pointer: '/params/externalId', message: 'must be a text of at most 256 characters' }] };
        }
        return { data: { ...after!, externalId } };
      }),
  },
  example: { unitNum: 'Apt 2' },
});
