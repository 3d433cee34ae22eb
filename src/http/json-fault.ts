/**
 * Where a text stops being JSON (RFC 8259), for people who have to find the comma. JSON.parse is what decides; its
 * messages name a position only sometimes and never a line, so this runs after it has refused.
 *
 * A newcomer's mistake would be recursion, or a regular expression for strings: a body of 16 MiB overflows both.
 */
export interface JsonFault {
  /** From 1, in lines and characters, as editors count. */
  readonly line: number;
  readonly column: number;
  readonly expected: string;
  readonly got: string;
}

/** What may come next. `first` and `firstKey` stand behind an opening bracket, where the closing one may follow. */
type State = 'value' | 'first' | 'firstKey' | 'key' | 'colon' | 'comma';

const expectations: Record<State, string> = {
  value: 'a value',
  first: "a value or ']'",
  firstKey: "a key in double quotes or '}'",
  key: 'a key in double quotes',
  colon: "':'",
  comma: '', // depends on what is open
};

interface Refusal {
  readonly at: number;
  readonly expected: string;
}

/** Null when the text is JSON. */
export function findJsonFault(text: string): JsonFault | null {
  const open: ('{' | '[')[] = [];
  let state: State = 'value';
  let at = 0;
  for (;;) {
    while (isSpace(text[at])) at += 1;
    const char = text[at];
    const innermost = open.at(-1);
    if (state === 'comma' && innermost === undefined) {
      return char === undefined ? null : locate(text, { at, expected: 'the end of the text' });
    }
    const closes = innermost === '{' ? char === '}' : char === ']';
    if (closes && (state === 'comma' || state === 'first' || state === 'firstKey')) {
      open.pop();
      state = 'comma';
      at += 1;
    } else if (state === 'comma' && char === ',') {
      state = innermost === '{' ? 'key' : 'value';
      at += 1;
    } else if (state === 'colon' && char === ':') {
      state = 'value';
      at += 1;
    } else if ((state === 'key' || state === 'firstKey') && char === '"') {
      const end = scanString(text, at);
      if (typeof end !== 'number') return locate(text, end);
      state = 'colon';
      at = end;
    } else if ((state === 'value' || state === 'first') && (char === '{' || char === '[')) {
      open.push(char);
      state = char === '{' ? 'firstKey' : 'first';
      at += 1;
    } else if (state === 'value' || state === 'first') {
      const end = scanScalar(text, at, expectations[state]);
      if (typeof end !== 'number') return locate(text, end);
      state = 'comma';
      at = end;
    } else {
      const expected = state === 'comma' ? `',' or '${innermost === '{' ? '}' : ']'}'` : expectations[state];
      return locate(text, { at, expected });
    }
  }
}

function scanScalar(text: string, at: number, expected: string): number | Refusal {
  if (text[at] === '"') return scanString(text, at);
  const word = ['true', 'false', 'null'].find((one) => text.startsWith(one, at));
  if (word !== undefined) return at + word.length;
  const start = text[at] === '-' ? at + 1 : at;
  if (!isDigit(text[start])) return { at: start, expected: start === at ? expected : 'a digit' };
  let end = text[start] === '0' ? start + 1 : skipDigits(text, start);
  if (text[end] === '.') {
    if (!isDigit(text[end + 1])) return { at: end + 1, expected: 'a digit' };
    end = skipDigits(text, end + 1);
  }
  if (text[end] === 'e' || text[end] === 'E') {
    const sign = text[end + 1] === '+' || text[end + 1] === '-' ? 1 : 0;
    if (!isDigit(text[end + 1 + sign])) return { at: end + 1 + sign, expected: 'a digit' };
    end = skipDigits(text, end + 1 + sign);
  }
  return end;
}

function scanString(text: string, start: number): number | Refusal {
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '"') return at + 1;
    if (char < ' ') return { at, expected: 'control characters in a string to be escaped' };
    if (char !== '\\') continue;
    at += 1;
    if (text[at] === 'u') {
      for (let digits = 0; digits < 4; digits += 1) {
        at += 1;
        if (!/^[0-9a-f]$/i.test(text.charAt(at))) return { at, expected: 'four hexadecimal digits' };
      }
    } else if (text[at] === undefined || !'"\\/bfnrt'.includes(text.charAt(at))) {
      return { at, expected: 'one of " \\ / b f n r t u behind the backslash' };
    }
  }
  return { at: text.length, expected: "the closing '\"' of a string" };
}

function isSpace(char: string | undefined): boolean {
  return char === ' ' || char === '\n' || char === '\r' || char === '\t';
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9';
}

function skipDigits(text: string, start: number): number {
  let at = start;
  while (isDigit(text[at])) at += 1;
  return at;
}

function locate(text: string, { at, expected }: Refusal): JsonFault {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = [...before.slice(before.lastIndexOf('\n') + 1)].length + 1;
  const char = text.codePointAt(at);
  const got = char === undefined ? 'the end of the text' : JSON.stringify(String.fromCodePoint(char));
  return { line, column, expected, got };
}
