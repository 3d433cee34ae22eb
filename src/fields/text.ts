/** Text. The database compares it by code point (C.UTF-8), so sorting is the same on every machine. */
import { GraphQLString } from 'graphql';
import { type LeafField, type LeafOptions, withDefault } from './field.ts';

export interface TextOptions extends LeafOptions {
  /** In characters (code points), as JSON Schema counts. */
  readonly maxLength?: number;
  readonly minLength?: number;
  /** A JSON Schema format: email, uri. */
  readonly format?: string;
  /** A linear-time regular expression. */
  readonly pattern?: string;
}

/** Nobody's name or note is longer; a field that needs more says so. */
const defaultMaxLength = 8192;

export function text(description: string, options: TextOptions = {}): LeafField {
  const { default: _, ...rules } = options;
  return withDefault(
    {
      storage: 'column',
      kind: 'text',
      description,
      schema: { type: 'string', maxLength: defaultMaxLength, ...rules },
      sqlType: 'text',
      prismaType: 'String',
      json: (column) => `to_json(${column})::text`,
      csv: (column) => column,
      parquet: { type: 'STRING' },
      isFreeText: true,
      graphqlType: () => GraphQLString,
      comparison: 'Text',
    },
    options,
  );
}
