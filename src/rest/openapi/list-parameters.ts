/** What a list is asked for: the filter in its two notations, the order, and the page. */
import type { JsonObject } from '../../json.ts';
import { printPointer } from '../../json-pointer.ts';
import type { Attribute, Resource } from '../../model.ts';
import { query, shared } from './parameters.ts';

const language = [
  'An expression: `pointer operator value`, joined by `and`, `or`, `not` and parentheses. Operators: `eq neq gt gte lt',
  'lte like in nin between`. Values: texts in double quotes, numbers, `true`, `false`, `nil`, arrays `[42,"bar"]`, a',
  'pair `0,42` for `between`, or another pointer. `like` takes `*`. Any attribute of the envelope, at any depth.',
].join(' ');

const exampleFilter = '/meta/created gte "2026-01-01T00:00:00Z"';

export const filterParameter = query('filter', language, { type: 'string' }, { example: exampleFilter });

/** A row in which a list can be cut down and put in order, and the pointer that leads to it. */
export interface Listed {
  readonly lead: string;
  readonly row: Resource;
}

/** The rows that are listed, and those that are shown in them. */
export function listParameters(listed: readonly Listed[]): readonly JsonObject[] {
  const pointers = listed.flatMap(({ lead, row }) =>
    [...row.envelope, ...row.attributes].flatMap(({ path, field }) =>
      field.kind === 'document' ? [] : [lead + printPointer(path)],
    ),
  );
  const sort = {
    type: 'array',
    prefixItems: [{ enum: pointers }, { enum: ['ASC', 'DESC'] }],
    items: { type: 'string' },
  };
  return [
    filterParameter,
    ...listed.flatMap(({ lead, row }) => row.attributes.filter(isAskedFor).map((each) => textFilter(lead, each))),
    query('sort', 'Pairs of an attribute and its direction; the id decides between equals.', sort, {
      example: ['/meta/modified', 'DESC'],
    }),
    ...(['skip', 'limit', 'after', 'deleted'] as const).map(shared),
  ];
}

/** Every attribute can be named in brackets; the description shows those by which lists are mostly cut down. */
function isAskedFor({ field }: Attribute): boolean {
  return field.kind === 'reference' || field.kind === 'choice';
}

/** Compared as text, so that every text is one that could be asked for. */
function textFilter(lead: string, { path, field: { description, choices = [], reference } }: Attribute): JsonObject {
  return query(`filter[${lead}${printPointer(path)}]`, `Equal as text. ${description}`, {
    type: 'string',
    ...(choices.length === 0 ? {} : { examples: choices }),
    ...(reference === undefined ? {} : { 'x-reference': reference.to }),
  });
}
