/** The questions of a conversation, in order. */
import { boolean } from '../fields/boolean.ts';
import { document } from '../fields/document.ts';
import { reference } from '../fields/reference.ts';
import { rows } from '../fields/rows.ts';
import { arrayOf, objectOf, words } from '../fields/schema.ts';
import { text } from '../fields/text.ts';
import { defineResource } from '../resource.ts';

const action = objectOf(
  {
    type: words('question', 'end', 'pdf', 'edit'),
    questionId: { type: 'string', format: 'uuid' },
    questionOptionId: { type: 'string', maxLength: 128 },
    optionText: { type: 'string', maxLength: 256 },
    icon: { type: 'string', maxLength: 128 },
  },
  ['type'],
);

/** As existing data says it. */
const everybody = { filter: 'any', clauses: [{ source: '1', operator: 'eq', value: '1' }] };

export const survey = defineResource({
  name: 'survey',
  plural: 'surveys',
  route: '/v1/surveys',
  scope: 'group-and-above',
  description: 'The questions of a conversation, in order.',
  brings: { segments: { resource: 'segment', by: 'surveyId', defaults: { name: 'Everybody', criteria: everybody } } },
  required: ['name', 'questions'],
  fields: {
    name: text('What it is called.', { minLength: 1, maxLength: 256 }),
    discoverable: boolean('Whether other organizations may find it.', { default: false }),
    questions: rows(
      'The questions, in order.',
      {
        questionId: reference('question', 'The question.', { inverse: null }),
        actions: document(arrayOf(action), 'What follows from each answer.'),
      },
      { key: 'questionId', required: ['questionId', 'actions'] },
    ),
  },
  example: { name: 'Doorstep conversation', questions: [] },
});
