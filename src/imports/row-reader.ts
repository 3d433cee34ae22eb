/** One row, asked by attribute. What cannot be read is remembered as a fault of its columns, and reads as absent. */
import { type Kind, kindOf } from './attribute-kinds.ts';
import type { FieldValue, RowFault } from './door.ts';
import type { SourceRule } from './layout.ts';
import { isUnusable, type Unusable } from './normalise/unusable.ts';
import type { Attribute } from './read-attribute.ts';
import { readValue } from './read-value.ts';

export interface RowReader {
  readonly faults: readonly RowFault[];
  has(pointer: string): boolean;
  rule(pointer: string): SourceRule;
  complain(pointer: string, reason: string): void;
  /** The value, or undefined after a complaint. */
  accept<Value>(pointer: string, value: Value | Unusable): Value | undefined;
  /** The cells as they are, joined; empty when there is nothing in them. */
  raw(pointer: string): string;
  find(pointer: string): FieldValue | undefined;
  findText(pointer: string): string | undefined;
  /** Each of the attribute's cells for itself. */
  findEach(pointer: string): readonly string[];
}

export function makeRowReader(
  attributes: ReadonlyMap<string, Attribute>,
  cells: readonly string[],
  today: string,
): RowReader {
  const faults: RowFault[] = [];

  function read(pointer: string, text: string): FieldValue | undefined {
    const rule = reader.rule(pointer);
    if (text === '') return undefined;
    return reader.accept(pointer, readValue(kind(pointer), text, rule, today)) ?? undefined;
  }

  function kind(pointer: string): Kind {
    return reader.rule(pointer).as ?? kindOf(pointer);
  }

  const reader: RowReader = {
    faults,
    has: (pointer) => attributes.has(pointer),
    rule: (pointer) => attributes.get(pointer)?.rule ?? {},
    complain: (pointer, reason) => faults.push({ column: attributes.get(pointer)?.label ?? pointer, reason }),
    accept(pointer, value) {
      if (!isUnusable(value)) return value;
      reader.complain(pointer, value.unusable);
      return undefined;
    },
    raw: (pointer) => attributes.get(pointer)?.text(cells) ?? '',
    find(pointer) {
      const isList = ['list', 'languages'].includes(kind(pointer));
      const separator = reader.rule(pointer).separator ?? ',';
      return read(
        pointer,
        isList ? (attributes.get(pointer)?.pieces(cells) ?? []).join(separator) : reader.raw(pointer),
      );
    },
    findText(pointer) {
      const value = reader.find(pointer);
      return value === undefined ? undefined : String(value);
    },
    findEach: (pointer) =>
      (attributes.get(pointer)?.pieces(cells) ?? [])
        .map((piece) => read(pointer, piece))
        .filter((value) => value !== undefined)
        .map(String),
  };
  return reader;
}
