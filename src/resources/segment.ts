/** Which survey a kind of contact is asked: the first segment by precedence whose criteria match decides. */
import { document } from '../fields/document.ts';
import { integer } from '../fields/integer.ts';
import { reference } from '../fields/reference.ts';
import { arrayOf, objectOf, words } from '../fields/schema.ts';
import { text } from '../fields/text.ts';
import { makeFindAttribute } from '../read/term.ts';
import { defineResource } from '../resource.ts';
import { checkCriteria, clauseRules } from './rules/criteria.ts';

const clause = objectOf(
  {
    source: { type: 'string', maxLength: 1024, 'x-pointer': 'contact' },
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
  partOf: 'surveyId',
  decides: { about: 'contact', within: 'campaignId', criteria: 'criteria', order: 'precedence', gives: 'surveyId' },
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
  hooks: {
    complete: async (candidates, { model }) => {
      const find = makeFindAttribute(model.get('contact'));
      return candidates.map(({ after }) => {
        const faults = checkCriteria(after!['criteria'], find);
        return faults.length > 0 ? { faults } : { data: after! };
      });
    },
  },
  rules: [{ properties: { criteria: { properties: { clauses: { items: { allOf: clauseRules } } } } } }],
  example: {
    name: 'Retired',
    precedence: 1,
    criteria: { filter: 'all', clauses: [{ source: '/data/profile/age', operator: 'gte', value: 65 }] },
  },
});
