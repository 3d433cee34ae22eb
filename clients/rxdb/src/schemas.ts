/**
 * RxDB's schemas. Everything but the id may be missing: a tombstone has nothing else, and what is not set is left out.
 */
import type { RxJsonSchema } from 'rxdb';
import { type CollectionName, collections } from './collections.ts';

export type DoorstepDocument = Readonly<Record<string, string | number | boolean | undefined>> & {
  readonly id: string;
};

/** Of documents as they are kept. */
export function schemaOf(name: CollectionName): RxJsonSchema<DoorstepDocument> {
  return makeSchema(name, {});
}

/** Of documents as they are sent: the mark of what is deleted is a member there. */
export function wireSchemaOf(name: CollectionName): RxJsonSchema<DoorstepDocument> {
  return makeSchema(name, { isDeleted: { type: 'boolean' } });
}

function makeSchema(
  name: CollectionName,
  more: Readonly<Record<string, { readonly type: string }>>,
): RxJsonSchema<DoorstepDocument> {
  const members = Object.entries(collections[name].members).map(([member, type]) => [member, { type }] as const);
  return {
    title: name,
    version: 0,
    primaryKey: 'id',
    type: 'object',
    properties: {
      id: { type: 'string', maxLength: 36 },
      syncSeq: { type: 'string' },
      ...Object.fromEntries(members),
      ...more,
    },
    required: ['id'],
  };
}
