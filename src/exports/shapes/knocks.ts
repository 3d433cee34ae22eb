/**
 * Door knocks by campaign, canvasser and day. A day is one of the campaign's time zone, and who knocked is who recorded
 * the interaction.
 */
import type { Attribute, Relation } from '../../model.ts';
import type { CopyColumn } from '../../read/copy-question.ts';
import { attributeColumn, columnName, day, freeText, wholeNumber } from '../columns.ts';
import type { Shape } from '../shape.ts';

export const knocks: Shape = {
  name: 'knocks',
  description: 'One row for each campaign, canvasser and day, with the numbers of interactions, doors and results.',
  of: 'interaction',
  reads: ['campaign', 'user'],
  takesColumns: false,
  make({ resource }, { model }) {
    const all = [...resource.envelope, ...resource.attributes];
    const at = (name: string): Attribute => all.find((each) => columnName(each) === name)!;
    const of = (name: string, attribute: string): Attribute =>
      model.get(name).attributes.find(({ path }) => path[1] === attribute)!;
    const campaign = resource.relations.get('campaign') as Relation & { kind: 'one' };
    const canvasser = { kind: 'one', name: 'canvasser', target: 'user', attribute: at('createdBy') } as const;
    const far = (name: string, relation: Relation & { kind: 'one' }, attribute: Attribute): CopyColumn => {
      return { name, field: freeText, required: false, source: { kind: 'far', relation, attribute } };
    };
    const count = (name: string, what: (CopyColumn['source'] & { kind: 'count' })['of']): CopyColumn => {
      return { name, field: wholeNumber, required: true, source: { kind: 'count', of: what } };
    };
    const zone = of('campaign', 'timeZone');
    const columns: readonly CopyColumn[] = [
      attributeColumn(at('campaignId')),
      far('campaign', campaign, of('campaign', 'name')),
      attributeColumn(at('createdBy'), 'canvasserId'),
      far('canvasser', canvasser, of('user', 'email')),
      {
        ...{ name: 'day', field: day, required: true },
        source: { kind: 'day', moment: at('timestamp'), relation: campaign, zone },
      },
      count('interactions', 'rows'),
      count('doors', { distinct: at('householdId') }),
      count('contacted', { no: at('unavailable') }),
      count('successful', { yes: at('successful') }),
    ];
    return Promise.resolve({ columns });
  },
};
