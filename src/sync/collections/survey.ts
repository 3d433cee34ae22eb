/** The surveys that the segments of those campaigns lead to, with the segments, since a device decides by itself. */
import type { CollectionDeclaration } from '../collection.ts';

export const survey: CollectionDeclaration = {
  name: 'survey',
  description: 'A survey of a campaign that you walk for.',
  path: [
    { table: 'segment', on: { campaignId: 'walklist.campaignId' } },
    { table: 'survey', on: { id: 'segment.surveyId' } },
  ],
  fields: {
    name: '/data/name',
    questions: '/data/questions',
    segments: {
      relation: 'segments',
      attributes: ['id', 'campaignId', 'precedence', 'criteria'],
      description: 'Who is asked this one: of all segments of a campaign the first by precedence whose criteria fit.',
    },
  },
};
