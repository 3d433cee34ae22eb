/**
 * One of a few words. It is text with a CHECK, not a PostgreSQL enum, so that a word can be added without a lock.
 * GraphQL names cannot hold a hyphen: `do-not-knock` is `do_not_knock` there, and only there.
 */
import { type LeafField, type LeafOptions, withDefault } from './field.ts';

export function choice(choices: readonly string[], description: string, options: LeafOptions = {}): LeafField {
  const field = {
    storage: 'column',
    kind: 'choice',
    description,
    schema: { type: 'string', enum: choices },
    sqlType: 'text',
    prismaType: 'String',
    check: (column: string) => `${column} IN (${choices.map((word) => `'${word}'`).join(', ')})`,
    json: (column: string) => `'"' || ${column} || '"'`,
    csv: (column: string) => column,
    parquet: { type: 'STRING' },
    graphqlType: () => null,
    comparison: 'Choice',
    choices,
  } as const satisfies LeafField;
  const spelt = choices.some((word) => word.includes('-'))
    ? { ...field, graphqlJson: (column: string) => `'"' || replace(${column}, '-', '_') || '"'` }
    : field;
  return withDefault(spelt, options);
}

/** The GraphQL name of a choice. */
export function choiceName(word: string): string {
  return word.replaceAll('-', '_');
}
