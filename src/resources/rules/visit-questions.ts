/**
 * What every campaign asks of its visits. A canvasser is who wrote the visit down (`meta.createdBy`).
 *
 * Hours at the doors are those between one knock and the next of the same canvasser. A pause of more than half an hour is
 * lunch, or the next day.
 */
import type { ReadyMeasure, ReadyQuestion } from '../../ready-question.ts';

const met = '/data/unavailable eq false';

const paceMeasures = {
  visits: { is: 'count', description: 'Visits.' },
  doors: { is: 'countDistinct', of: 'householdId', description: 'Different doors.' },
  met: { is: 'count', where: met, description: 'Visits where the contact was met.' },
  hours: {
    ...{ is: 'hours', of: 'timestamp', by: 'createdBy', pause: 30 },
    description: 'Hours between knocks, without pauses of more than half an hour.',
  },
  doorsPerHour: { is: 'ratio', of: 'doors', to: 'hours', description: 'Doors in an hour.' },
  averageDistance: {
    ...{ is: 'average', of: 'distance' },
    description: 'Miles between the canvasser and the door, on average where both are known.',
  },
  medianDistance: {
    is: 'percentile',
    of: 'distance',
    at: 0.5,
    description: 'The same in the middle one of the visits.',
  },
  paceDeviation: {
    ...{ is: 'deviation', of: 'doorsPerHour' },
    description: 'How far the doors in an hour are from the median of all canvassers, in standard deviations.',
  },
  distanceDeviation: {
    ...{ is: 'deviation', of: 'averageDistance' },
    description: 'How far the average distance is from the median of all canvassers, in standard deviations.',
  },
} satisfies Record<string, ReadyMeasure>;

const pace: ReadyQuestion = {
  type: 'CanvasserPace',
  description:
    'How fast each canvasser goes from door to door, and how far from the doors the visits were written down.',
  within: ['campaignId'],
  may: ['turfId', 'walklistId'],
  during: 'timestamp',
  keys: { userId: { attribute: 'createdBy', refersTo: 'user', description: 'The canvasser.' } },
  measures: paceMeasures,
};

export const visitQuestions: Readonly<Record<string, ReadyQuestion>> = {
  contactRate: {
    type: 'ContactRate',
    description: 'How many visits of a campaign met their contact, and how many of those went as hoped.',
    within: ['campaignId'],
    may: ['surveyId', 'turfId', 'walklistId'],
    during: 'timestamp',
    keys: {},
    measures: {
      visits: { is: 'count', description: 'Visits.' },
      met: { is: 'count', where: met, description: 'Visits where the contact was met.' },
      rate: { is: 'share', where: met, description: 'Which part of the visits met the contact.' },
      successful: {
        is: 'count',
        where: `${met} and /data/successful eq true`,
        description: 'Visits that went as hoped.',
      },
      successRate: {
        is: 'ratio',
        of: 'successful',
        to: 'met',
        description: 'Which part of those that met somebody did.',
      },
      contacts: { is: 'countDistinct', of: 'contactId', description: 'Different contacts that were asked for.' },
      contactsMet: {
        is: 'countDistinct',
        of: 'contactId',
        where: met,
        description: 'Different contacts that were met.',
      },
      doors: { is: 'countDistinct', of: 'householdId', description: 'Different doors.' },
    },
  },
  surveyResults: {
    type: 'SurveyResult',
    description: 'How often each question was answered in which way, by the segment whose survey was asked.',
    within: ['campaignId'],
    may: ['surveyId', 'turfId', 'walklistId'],
    during: 'timestamp',
    entries: { of: 'responses', inside: 'fields' },
    keys: {
      questionId: { entry: 'name', refersTo: 'question', description: 'The question.' },
      field: { entry: 'member', description: 'Which part of the answer.' },
      answer: { entry: 'value', description: 'The answer; each of several is a line of its own.' },
      segmentId: { rule: 'segment', description: 'The first segment of the campaign that has the survey.' },
    },
    measures: {
      answers: { is: 'count', description: 'How often it was given.' },
      contacts: { is: 'countDistinct', of: 'contactId', description: 'By how many different contacts.' },
      latest: { is: 'latest', of: 'timestamp', description: 'When it was given last.' },
    },
  },
  canvasserPace: { ...pace, sort: [['doorsPerHour', 'DESC']] },
  canvassersOutOfLine: {
    ...pace,
    description:
      'The canvassers whose pace or distance from the doors is more than 3.5 standard deviations from the median of all.',
    // The bound is that of Iglewicz and Hoaglin (1993).
    having: 'paceDeviation gt 3.5 or paceDeviation lt -3.5 or distanceDeviation gt 3.5 or distanceDeviation lt -3.5',
  },
};
