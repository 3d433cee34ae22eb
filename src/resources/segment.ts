/** Which survey a kind of contact is asked: the first segment by precedence whose criteria match decides. */
import { document } from '../fields/document.ts';
import { integer } from '../fields/integer.ts';
import { reference } from '../fields/reference.ts';
import { arrayOf, objectOf, words } from '../fields/schema.ts';
import { text } from '../fields/text.ts';
import { defineResource } from '../resource.ts';

const clause = objectOf(
  {
    source: { type: 'string', pattern: '^/' },
    operator: words('eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in'),
    value: { type: ['string', 'number', 'boolean', 'array', 'null'] },
  },
  ['source', 'operator', 'value'],
);

export const segment = defineResource({
  name: 'segment',
  plural: 'segments',
  route: '/v1/segments',
  scope: 'group-and-above',
  description: 'Which survey a kind of contact is asked.',
  required: ['name', 'campaignId', 'surveyId', 'precedence', 'criteria'],
  groupFrom: 'campaignId',
  fields: {
    name: text('What it is called.', { minLength: 1, maxLength: 256 }),
    description: text('Who is meant.'),
    campaignId: reference('campaign', 'The campaign.'),
    surveyId: reference('survey', 'What its contacts are asked.'),
    precedence: integer('Lower ones decide first.'),
    criteria: document(
      objectOf({ filter: words('any', 'all'), clauses: arrayOf(clause, { minItems: 1 }) }, ['filter', 'clauses']),
      'Clauses on a contact, of which any or all must hold.',
    ),
  },
  example: {
    name: 'Retired',
    precedence: 1,
    criteria: { filter: 'all', clauses: [{ source: '/data/profile/age', operator: 'gte', value: 65 }] },
  },
});
