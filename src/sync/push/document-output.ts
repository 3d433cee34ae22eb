/** The members of a flat document, for the compiler of reads: what is JSON inside becomes a string. */
import type { Attribute } from '../../model.ts';
import type { Collection } from '../../read/collection.ts';
import type { Output } from '../../read/selection.ts';
import { namedAttributes } from './device-field.ts';

const position: Attribute = {
  path: ['syncSeq'],
  column: 'sync_seq',
  required: true,
  field: {
    storage: 'column',
    kind: 'text',
    description: 'The position of the last change, as a text: 64 bits.',
    schema: { type: 'string' },
    sqlType: 'bigint',
    prismaType: 'BigInt',
    json: (column) => `'"' || ${column}::text || '"'`,
    csv: (column) => column,
    parquet: { type: 'STRING' },
    graphqlType: () => null,
    comparison: null,
  },
};

const positionOutput: Output = { kind: 'attribute', key: 'syncSeq', attribute: position };

/** Of a row whose id is this attribute. */
export function documentOutputs(id: Attribute, collection: Collection): readonly Output[] {
  const members = [{ name: 'id', attribute: id }, ...namedAttributes(collection)];
  return [
    ...members.map(({ name, attribute }): Output => ({ kind: 'attribute', key: name, attribute: flat(attribute) })),
    positionOutput,
  ];
}

function flat(attribute: Attribute): Attribute {
  const { field } = attribute;
  if (field.kind !== 'document') return attribute;
  return { ...attribute, field: { ...field, json: (column) => `to_json(${column}::text)::text` } };
}
