/**
 * The columns of a whole resource, as they follow from its declaration: the envelope's, and each attribute by the way
 * that leads to it (`survey.surveyId`). Documents and arrays stay JSON.
 */
import type { LeafField } from '../fields/field.ts';
import { integer } from '../fields/integer.ts';
import { text } from '../fields/text.ts';
import { date } from '../fields/date.ts';
import type { Attribute, Resource } from '../model.ts';
import type { CopyColumn } from '../read/copy-question.ts';

/** JSON that SQL has written as text already. */
const jsonText: CopyColumn['field'] = {
  json: (column) => column,
  csv: (column) => column,
  parquet: { type: 'JSON' },
};

export const freeText: LeafField = text('');
export const wholeNumber: LeafField = integer('');
export const day: LeafField = date('');

export function wholeColumns(resource: Resource): readonly CopyColumn[] {
  const data = Object.entries(resource.declaration.fields).flatMap(([key, field]): readonly CopyColumn[] => {
    if (field.storage !== 'rows') {
      return resource.attributes.filter(({ path }) => path[1] === key).map((attribute) => attributeColumn(attribute));
    }
    const rows = resource.rows.find(({ path }) => path[1] === key)!;
    return [{ name: key, field: jsonText, required: true, source: { kind: 'rows', rows } }];
  });
  const envelope = (depth: number) => resource.envelope.filter(({ path }) => path.length === depth);
  return [
    ...envelope(1).map((attribute) => attributeColumn(attribute)),
    ...data,
    ...envelope(2).map((attribute) => attributeColumn(attribute)),
  ];
}

export function attributeColumn(attribute: Attribute, name = columnName(attribute)): CopyColumn {
  const { field, required } = attribute;
  return { name, field, required, source: { kind: 'attribute', attribute } };
}

/** Without the envelope's `data` and `meta`. */
export function columnName({ path }: Attribute): string {
  return path.slice(path.length > 1 ? 1 : 0).join('.');
}
