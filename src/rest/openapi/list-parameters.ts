/** What a list is asked for: the filter in its two notations, the order, and the page. */
import type { JsonObject } from '../../json.ts';
import type { Attribute, Resource } from '../../model.ts';
import { printPointer } from '../../json-pointer.ts';
import { sentSchema } from './field-schema.ts';
import { query, shared } from './parameters.ts';

const language = [
  'An expression: `pointer operator value`, joined by `and`, `or`, `not` and parentheses. Operators: `eq neq gt gte lt',
  'lte like in nin between`. Values: texts in double quotes, numbers, `true`, `false`, `nil`, arrays `[42,"bar"]`, a',
  'pair `0,42` for `between`, or another pointer. `like` takes `*`. Any attribute of the envelope, at any depth.',
].join(' ');

export function listParameters(resource: Resource): readonly JsonObject[] {
  const sortable = [...resource.envelope, ...resource.attributes].filter(({ field }) => field.kind !== 'document');
  return [
    query('filter', language, { type: 'string' }, { example: exampleFilter }),
    ...resource.attributes.filter(isAskedFor).map(textFilter),
    query(
      'sort',
      'Pairs of an attribute and its direction; the id decides between equals.',
      {
        type: 'array',
        prefixItems: [{ enum: sortable.map(({ path }) => printPointer(path)) }, { enum: ['ASC', 'DESC'] }],
        items: { type: 'string' },
      },
      { example: ['/meta/modified', 'DESC'] },
    ),
    ...(['skip', 'limit', 'after', 'deleted'] as const).map(shared),
  ];
}

const exampleFilter = '/meta/created gte "2026-01-01T00:00:00Z"';

/** Every attribute can be named in brackets; the description shows those by which lists are mostly cut down. */
function isAskedFor({ field }: Attribute): boolean {
  return field.kind === 'reference' || field.kind === 'choice';
}

function textFilter({ path, field }: Attribute): JsonObject {
  return query(`filter[${printPointer(path)}]`, `Equal as text. ${field.description}`, sentSchema(field, true));
}
