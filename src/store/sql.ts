/**
 * The one way to write SQL. A newcomer's mistake would be to interpolate a name: `${x}` is always a parameter,
 * unless x is itself a piece of SQL. Names come from declarations only, through `name()`.
 */
const piece = Symbol('sql');

export interface Sql {
  readonly [piece]: true;
  readonly strings: readonly string[];
  readonly parts: readonly unknown[];
}

/** What PostgreSQL is sent: `text` with $1, $2, … and the values in that order. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

export function sql(strings: TemplateStringsArray, ...parts: readonly unknown[]): Sql {
  return { [piece]: true, strings, parts };
}

/** SQL text that the code itself made (never input). */
export function raw(text: string): Sql {
  return { [piece]: true, strings: [text], parts: [] };
}

/** A table or column name, quoted. */
export function name(...path: readonly string[]): Sql {
  return raw(path.map((part) => `"${part.replaceAll('"', '""')}"`).join('.'));
}

export function join(parts: readonly Sql[], separator = ', '): Sql {
  return { [piece]: true, strings: ['', ...parts.slice(1).map(() => separator), ''], parts };
}

export const empty = raw('');

export function isSql(value: unknown): value is Sql {
  return typeof value === 'object' && value !== null && piece in value;
}

/**
 * The statement that a piece of SQL stands for. The same value object (or equal string, number, boolean) used twice
 * becomes one parameter, so that a scope repeated in every subselect is sent once.
 */
export function toStatement(root: Sql): Statement {
  const values: unknown[] = [];
  const positions = new Map<unknown, number>();
  let text = '';
  const write = (part: Sql): void => {
    part.strings.forEach((string, index) => {
      text += string;
      if (index >= part.parts.length) return;
      const value = part.parts[index];
      if (isSql(value)) return write(value);
      let position = positions.get(value);
      if (position === undefined) {
        position = values.push(value);
        positions.set(value, position);
      }
      text += `$${position}`;
    });
  };
  write(root);
  return { text, values };
}
