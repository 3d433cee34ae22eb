/** The questions of those surveys. */
import type { CollectionDeclaration } from '../collection.ts';

export const question: CollectionDeclaration = {
  name: 'question',
  description: 'A question of a survey that you ask.',
  path: [
    { table: 'segment', on: { campaignId: 'walklist.campaignId' } },
    { table: 'survey', on: { id: 'segment.surveyId' } },
    { table: 'survey.questions', on: { surveyId: 'survey.id' } },
    { table: 'question', on: { id: 'questions.questionId' } },
  ],
  fields: {
    text: '/data/text',
    tag: '/data/tag',
    type: '/data/type',
    required: '/data/required',
    options: '/data/options',
    choices: '/data/choices',
    url: '/data/url',
    multiline: '/data/multiline',
    max: '/data/max',
    keyboard: '/data/keyboard',
    placeholder: '/data/placeholder',
  },
};
