/** Something a canvasser asks or shows. How many options it has depends on its type: see question-options.ts. */
import { boolean } from '../fields/boolean.ts';
import { choice } from '../fields/choice.ts';
import { document } from '../fields/document.ts';
import { integer } from '../fields/integer.ts';
import { arrayOf, objectOf } from '../fields/schema.ts';
import { text } from '../fields/text.ts';
import { defineResource } from '../resource.ts';
import { checkOptions, optionRules, questionTypes } from './rules/question-options.ts';

const option = objectOf({
  id: { type: 'string', maxLength: 128 },
  text: { type: 'string', maxLength: 128 },
  icon: { type: 'string', maxLength: 128 },
  tag: { type: 'string', maxLength: 128 },
  success: { type: 'boolean', default: false },
  value: { type: ['string', 'number'] },
  action: { type: ['string', 'object'] },
});

export const question = defineResource({
  name: 'question',
  plural: 'questions',
  route: '/v1/questions',
  scope: 'group-and-above',
  description: 'Something a canvasser asks or shows.',
  required: ['text', 'tag', 'type', 'options'],
  fields: {
    text: text('What the canvasser says.', { minLength: 1, maxLength: 512 }),
    tag: text('A short name for reports.', { minLength: 1, maxLength: 128 }),
    type: choice(questionTypes, 'How it is asked.'),
    required: boolean('Whether it must be answered.', { default: false }),
    options: document(arrayOf(option), 'The buttons below it; how many depends on the type.'),
    choices: document(arrayOf({ type: ['string', 'object'] }), 'What can be ticked in a multiSelect.'),
    url: text('What a pdf or youtube question shows.', { maxLength: 2048 }),
    multiline: boolean('Whether the answer has several lines.'),
    max: integer('How many characters the answer may have.', { minimum: 1, maximum: 65536, default: 256 }),
    keyboard: choice(['text', 'email', 'number'], 'The keyboard for the answer.'),
    placeholder: text('What stands in the empty field.', { maxLength: 256 }),
  },
  hooks: { validate: checkOptions },
  rules: optionRules,
  example: {
    text: 'Will you sign the petition?',
    tag: 'petition',
    type: 'multiChoice',
    options: [{ text: 'Yes', success: true }, { text: 'No' }],
  },
});
