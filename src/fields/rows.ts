/**
 * An array whose items are rows of a child table: they have foreign keys, a position and, when they leave the array,
 * a tombstone. `key` names the member that tells the items apart; with `bare` the array holds only that member.
 */
import type { Json } from '../json.ts';
import type { LeafField, RowsField } from './field.ts';

export interface RowsOptions {
  readonly key: string;
  readonly required?: readonly string[];
  readonly bare?: boolean;
  readonly minItems?: number;
  readonly default?: Json;
}

export function rows(
  description: string,
  members: Readonly<Record<string, LeafField>>,
  options: RowsOptions,
): RowsField {
  const field: RowsField = {
    storage: 'rows',
    kind: 'rows',
    description,
    members,
    key: options.key,
    required: options.required ?? [options.key],
    bare: options.bare ?? false,
    minItems: options.minItems ?? 0,
  };
  return options.default === undefined ? field : { ...field, default: options.default };
}
