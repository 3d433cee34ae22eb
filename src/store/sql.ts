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
  /** Whether one plan serves every value, so that PostgreSQL need not plan at each execution. */
  readonly steady?: boolean;
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

const shared = Symbol('parameter');

/** A value that is sent once however often it is used, such as the caller's customer. */
export interface Parameter {
  readonly [shared]: true;
  readonly value: unknown;
}

export function parameter(value: unknown): Parameter {
  return { [shared]: true, value };
}

export function isParameter(value: unknown): value is Parameter {
  return typeof value === 'object' && value !== null && shared in value;
}

/** The same piece of SQL with other values; a shared one is shared no more. */
export function mapValues({ strings, parts }: Sql, change: (value: unknown) => unknown): Sql {
  const changed = parts.map((part) => {
    if (isSql(part)) return mapValues(part, change);
    return change(isParameter(part) ? part.value : part);
  });
  return { [piece]: true, strings, parts: changed };
}

/**
 * The statement that a piece of SQL stands for. Only a Parameter object is shared: equal plain values stay apart, so
 * that the text depends on the shape of the question and never on its values, and one prepared statement serves all.
 */
export function toStatement(root: Sql): Statement {
  const values: unknown[] = [];
  const positions = new Map<Parameter, number>();
  let text = '';
  const bind = (value: unknown): number => {
    if (!isParameter(value)) return values.push(value);
    const known = positions.get(value);
    if (known !== undefined) return known;
    const position = values.push(value.value);
    positions.set(value, position);
    return position;
  };
  const write = ({ strings, parts }: Sql): void => {
    strings.forEach((string, index) => {
      text += string;
      if (index >= parts.length) return;
      const value = parts[index];
      if (isSql(value)) write(value);
      else text += `$${bind(value)}`;
    });
  };
  write(root);
  return { text, values };
}
