/** The kinds of settings: how the text of one becomes a value, or a refusal that says what was expected. */
export interface Setting<T> {
  readonly name: string;
  readonly description: string;
  /** What `serve --help` shows as the default. */
  readonly shown: string;
  readonly fallback: T;
  /** The value, or a Refusal that says what was expected. Never called with an empty text. */
  readonly parse: (text: string) => T | Refusal;
}

export interface Refusal {
  readonly expected: string;
  /** Secrets are not repeated in a fault. */
  readonly hidden?: boolean;
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'expected' in value;
}

export function setting<T>(declared: Setting<T>): Setting<T> {
  return declared;
}

export function text(name: string, description: string, fallback: string): Setting<string> {
  return { name, description, fallback, shown: fallback, parse: (value) => value };
}

export function integer(
  name: string,
  description: string,
  fallback: number,
  { from, to }: { readonly from: number; readonly to: number },
): Setting<number> {
  return {
    name,
    description,
    fallback,
    shown: String(fallback),
    parse(value) {
      const number = /^\d{1,15}$/.test(value) ? Number(value) : NaN;
      return number >= from && number <= to ? number : { expected: `a whole number from ${from} to ${to}` };
    },
  };
}

export function choice<const T extends string>(
  name: string,
  description: string,
  fallback: T,
  choices: readonly T[],
): Setting<T> {
  return {
    name,
    description: `${description} One of ${choices.join(', ')}.`,
    fallback,
    shown: fallback,
    parse: (value) => choices.find((one) => one === value) ?? { expected: `one of ${choices.join(', ')}` },
  };
}
