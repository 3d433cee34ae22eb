/** Ajv's complaints as sentences for the person who sent the data: what was expected at which place, and what came. */
import type { ErrorObject } from 'ajv';
import type { Fault } from '../problem.ts';

/** Keywords that only repeat what their parts have said. */
const echoes = new Set(['if', 'anyOf', 'oneOf', 'then', 'else']);

export function explain(error: ErrorObject): readonly Fault[] {
  const { instancePath: pointer, keyword } = error;
  const params = error.params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case 'required':
      return [{ pointer: `${pointer}/${escape(String(params['missingProperty']))}`, message: 'is required' }];
    case 'additionalProperties':
      return [
        { pointer: `${pointer}/${escape(String(params['additionalProperty']))}`, message: 'is not an attribute here' },
      ];
    case 'type':
      return [{ pointer, message: `must be ${describeType(params['type'])}, not ${describe(error.data)}` }];
    case 'enum':
      return [{ pointer, message: `must be one of ${list(params['allowedValues'])}, not ${show(error.data)}` }];
    case 'const':
      return [{ pointer, message: `must be ${show(params['allowedValue'])}, not ${show(error.data)}` }];
    case 'format':
      return [
        {
          pointer,
          message: `must be ${formats[String(params['format'])] ?? String(params['format'])}, not ${show(error.data)}`,
        },
      ];
    case 'pattern':
      return [{ pointer, message: `must match ${String(params['pattern'])}, unlike ${show(error.data)}` }];
    case 'minLength':
      return [{ pointer, message: `must have at least ${count(params['limit'], 'character')}` }];
    case 'maxLength':
      return [{ pointer, message: `must have at most ${count(params['limit'], 'character')}` }];
    case 'minItems':
      return [{ pointer, message: `must have at least ${count(params['limit'], 'item')}` }];
    case 'maxItems':
      return [{ pointer, message: `must have at most ${count(params['limit'], 'item')}` }];
    case 'minimum':
      return [{ pointer, message: `must be ${String(params['limit'])} or more, not ${show(error.data)}` }];
    case 'maximum':
      return [{ pointer, message: `must be ${String(params['limit'])} or less, not ${show(error.data)}` }];
    default:
      return echoes.has(keyword) ? [] : [{ pointer, message: error.message ?? 'is not valid' }];
  }
}

const formats: Readonly<Record<string, string>> = {
  uuid: 'a UUID',
  email: 'an email address',
  'time-zone': 'an IANA time zone such as America/New_York',
  date: 'a day as YYYY-MM-DD',
  'date-time': 'a moment with its offset, such as 2026-05-09T17:41:08.250Z',
};

const types: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'an array',
  null: 'null',
};

function describeType(type: unknown): string {
  const names = [type].flat().map(String);
  const wanted = names.filter((each) => each !== 'null' || names.length === 1);
  return wanted.map((each) => types[each] ?? each).join(' or ');
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : show(value);
}

/** A value as it came, cut short: what is refused may be a megabyte. */
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function list(values: unknown): string {
  return (values as readonly unknown[])
    .filter((value) => value !== null)
    .map(String)
    .join(', ');
}

function count(limit: unknown, noun: string): string {
  return `${String(limit)} ${noun}${limit === 1 ? '' : 's'}`;
}

function escape(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}
