/** Contacts, each with what came of the last visit that the caller may see. */
import type { Relation } from '../../model.ts';
import type { CopyColumn } from '../../read/copy-question.ts';
import { attributeColumn, columnName, freeText, wholeColumns } from '../columns.ts';
import type { Shape } from '../shape.ts';

const shown = [
  'id',
  'timestamp',
  'campaignId',
  'createdBy',
  'successful',
  'unavailable',
  'unavailableReason',
  'statusId',
];

export const lastResult: Shape = {
  name: 'last-result',
  description: 'One row for each contact, with the last interaction in columns `last.<attribute>`.',
  of: 'contact',
  reads: ['interaction', 'status'],
  takesColumns: true,
  make({ resource }, { model }) {
    const visit = model.get('interaction');
    const all = [...visit.envelope, ...visit.attributes];
    const relation = resource.relations.get('interactions') as Relation & { kind: 'many' };
    const columns = shown.map((name): CopyColumn => {
      const attribute = all.find((each) => columnName(each) === name)!;
      const column = attributeColumn(attribute, `last.${name}`);
      return { ...column, required: false, source: { kind: 'latest', attribute } };
    });
    const status = model.get('status').attributes.find(({ path }) => path[1] === 'name')!;
    const through = visit.relations.get('status') as Relation & { kind: 'one' };
    columns.push({
      ...{ name: 'last.status', field: freeText, required: false },
      source: { kind: 'latest', attribute: status, through },
    });
    const moment = all.find((each) => columnName(each) === 'timestamp')!;
    return Promise.resolve({ columns: [...wholeColumns(resource), ...columns], latest: { relation, moment } });
  },
};
