/**
 * Turns the text of a --map file into a Layout, or says plainly what is wrong and where. Columns are checked later,
 * against the header of the file they are looked for in.
 */
import { Ajv, type ErrorObject } from 'ajv';
import { type Fault, Problem } from '../problem.ts';
import { allowedKinds, attributeKinds, fieldKinds, fieldPointer } from './attribute-kinds.ts';
import { encodings, isList, type Layout } from './layout.ts';
import { dateFormats } from './normalise/calendar-date.ts';

const columnName = { type: 'string', minLength: 1 } as const;
const columnNames = { type: 'array', minItems: 1, items: columnName } as const;

const source = {
  // Chosen by type rather than by anyOf, which would complain three times about one mistake.
  type: ['string', 'array', 'object'],
  if: { type: 'string' },
  then: columnName,
  else: { if: { type: 'array' }, then: columnNames, else: { $ref: '#/$defs/rule' } },
} as const;

const rule = {
  type: 'object',
  additionalProperties: false,
  properties: {
    column: columnName,
    columns: columnNames,
    joiner: { type: 'string' },
    first: columnNames,
    value: { type: 'string', minLength: 1 },
    as: { type: 'string' },
    format: { enum: dateFormats },
    yearOnly: { type: 'array', items: { type: 'string', pattern: '^\\d{2}-\\d{2}$' } },
    values: { type: 'object', additionalProperties: { type: ['string', 'null'] } },
    default: { type: 'string', minLength: 1 },
    separator: { type: 'string', minLength: 1 },
  },
} as const;

export const layoutSchema = {
  $id: 'layout',
  type: 'object',
  additionalProperties: false,
  required: ['attributes'],
  properties: {
    $schema: { type: 'string' },
    description: { type: 'string' },
    delimiter: { type: 'string', minLength: 1, maxLength: 1 },
    encoding: { enum: encodings },
    attributes: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(
        [...attributeKinds.keys()].map((pointer) => [pointer, { $ref: '#/$defs/source' }]),
      ),
      patternProperties: { [fieldPointer.source]: { $ref: '#/$defs/source' } },
    },
  },
  $defs: { source, rule },
} as const;

export function parseLayout(text: string, name: string): Layout {
  let layout: unknown;
  try {
    layout = JSON.parse(text);
  } catch (error) {
    throw new Problem('MALFORMED_JSON', `${name} is not valid JSON: ${(error as SyntaxError).message}`);
  }
  return checkLayout(layout, name);
}

export function checkLayout(layout: unknown, name: string): Layout {
  // References are kept: inlined thirty times, the schema takes a second to compile.
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strictTypes: false, inlineRefs: false });
  const accepts = ajv.compile<Layout>(layoutSchema);
  const faults = accepts(layout)
    ? [...missingParts(layout), ...wrongSources(layout)]
    : explainAll(accepts.errors ?? []);
  if (faults.length === 0) return layout as Layout;
  const list = faults.map(({ pointer, message }) => `${pointer === '' ? 'the layout' : pointer} ${message}`).join('; ');
  throw new Problem('INVALID_INPUT', `${name}: ${list}`, { errors: faults });
}

function explainAll(errors: readonly ErrorObject[]): Fault[] {
  return errors.filter(({ keyword }) => keyword !== 'if').map(explain);
}

function explain({ instancePath, keyword, params, message }: ErrorObject): Fault {
  if (keyword === 'additionalProperties') {
    const name = String(params['additionalProperty']);
    const known = instancePath === '/attributes' ? `${[...attributeKinds.keys()].join(', ')} and /fields/<name>` : null;
    return {
      pointer: instancePath,
      message: known === null ? `may not have "${name}"` : `may not have "${name}"; an attribute is one of ${known}`,
    };
  }
  if (keyword === 'enum') {
    return { pointer: instancePath, message: `must be one of ${(params['allowedValues'] as string[]).join(', ')}` };
  }
  return { pointer: instancePath, message: message ?? 'is not valid' };
}

function missingParts({ attributes }: Layout): Fault[] {
  const pointer = '/attributes';
  const has = (name: string) => attributes[name] !== undefined;
  const faults: Fault[] = [];
  if (!has('/profile/name') && !(has('/profile/name/anglican/given') && has('/profile/name/anglican/surname'))) {
    const message =
      'needs /profile/name (a whole name) or /profile/name/anglican/given and /profile/name/anglican/surname';
    faults.push({ pointer, message });
  }
  if (!has('/address/streetName')) faults.push({ pointer, message: 'needs /address/streetName' });
  if (!has('/address/city') && !has('/address/postalCode')) {
    faults.push({ pointer, message: 'needs /address/city or /address/postalCode' });
  }
  return faults;
}

function wrongSources({ attributes }: Layout): Fault[] {
  return Object.entries(attributes).flatMap(([name, given]) => {
    if (typeof given === 'string' || isList(given)) return [];
    const pointer = `/attributes/${name.replaceAll('/', '~1')}`;
    const allowed = fieldPointer.test(name) ? fieldKinds : allowedKinds(name);
    const faults: Fault[] = [];
    if (['column', 'columns', 'first', 'value'].filter((key) => key in given).length !== 1) {
      faults.push({ pointer, message: 'needs exactly one of column, columns, first, value' });
    }
    if (given.as !== undefined && !allowed.includes(given.as)) {
      faults.push({ pointer: `${pointer}/as`, message: `must be one of ${allowed.join(', ')}` });
    }
    return faults;
  });
}
