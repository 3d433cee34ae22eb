/**
 * The survey of the demo campaign: eight questions, each of another type, and the ways through them. The order is in
 * the survey's actions and not in the questions, so that a question can serve in several surveys.
 *
 * An answer's field is named by its question's tag and holds text even where it means a boolean, because that is what
 * existing clients send; the choices of a multiSelect each have a field of their own.
 */
import { demoIds, makeId } from './demo-ids.ts';
import type { SeedRow } from './seed-step.ts';
import type { JsonObject } from '../src/json.ts';

const tags = ['available', 'issue', 'support', 'video', 'leaflet', 'concern', 'help', 'pledge'] as const;
export type QuestionTag = (typeof tags)[number];

export const questionIds: Readonly<Record<QuestionTag, string>> = Object.fromEntries(
  tags.map((tag) => [tag, makeId(`millrace/question/${tag}`)]),
) as Record<QuestionTag, string>;

export const issues = ['Rent increases', 'Repairs', 'Evictions', 'Fees and deposits', 'Something else'];
export const helpChoices = [
  { text: 'Yard sign', tag: 'yardSign' },
  { text: 'Volunteer', tag: 'volunteer' },
  { text: 'Host a meeting', tag: 'hostMeeting' },
  { text: 'Tell my neighbors', tag: 'tellNeighbors' },
];

const questions: Readonly<Record<QuestionTag, JsonObject>> = {
  available: {
    type: 'availability',
    text: 'Is the person on your list free to talk?',
    required: true,
    options: [
      { text: 'Talking now', value: 'true' },
      { text: 'Not Home', value: 'false' },
      { text: 'Come Back', value: 'false' },
      { text: 'Refused', value: 'false' },
      { text: 'Other', value: 'false' },
    ],
  },
  issue: {
    type: 'multiChoice',
    text: 'What worries you most about housing in Heron Ford?',
    options: issues.map((text) => ({ text })),
  },
  support: {
    type: 'scale',
    text: 'Measure 7 limits yearly rent increases. Where do you stand?',
    required: true,
    options: [
      { text: 'Strongly against', value: 1 },
      { text: 'Against', value: 2 },
      { text: 'Undecided', value: 3 },
      { text: 'For', value: 4, success: true },
      { text: 'Strongly for', value: 5, success: true },
    ],
  },
  video: {
    type: 'youtube',
    text: 'May I show you one minute about Measure 7?',
    url: 'https://video.example/watch?v=measure-7',
    options: [
      { text: 'Watched', value: 'watched' },
      { text: 'Skipped', value: 'skipped' },
    ],
  },
  leaflet: {
    type: 'pdf',
    text: 'The full text of Measure 7, in English and Spanish.',
    url: 'https://millrace.example/measure-7.pdf',
    options: [
      { text: 'Read together', value: 'read' },
      { text: 'Left a copy', value: 'left' },
    ],
  },
  concern: {
    type: 'text',
    text: 'What would have to be different for you to vote yes?',
    multiline: true,
    max: 500,
    keyboard: 'text',
    placeholder: 'In their own words',
    options: [{ text: 'Cancel' }, { text: 'Submit' }],
  },
  help: {
    type: 'multiSelect',
    text: 'How would you like to help?',
    choices: helpChoices,
    options: [{ text: 'Submit' }],
  },
  pledge: {
    type: 'verification',
    text: 'I pledge to vote yes on Measure 7.',
    options: [{ text: 'Confirm', success: true }, { text: 'Not today' }],
  },
};

/** For each question, where each of its options leads; null ends the survey. */
const ways: Readonly<Record<QuestionTag, Readonly<Record<string, QuestionTag | null>>>> = {
  available: { 'Talking now': 'issue', 'Not Home': null, 'Come Back': null, Refused: null, Other: null },
  issue: Object.fromEntries(issues.map((issue) => [issue, 'support'])),
  support: {
    'Strongly against': 'concern',
    Against: 'concern',
    Undecided: 'video',
    For: 'help',
    'Strongly for': 'help',
  },
  video: { Watched: 'leaflet', Skipped: 'leaflet' },
  leaflet: { 'Read together': 'concern', 'Left a copy': 'concern' },
  concern: { Cancel: null, Submit: null },
  help: { Submit: 'pledge' },
  pledge: { Confirm: null, 'Not today': null },
};

export function makeQuestionRows(securityGroupId: string): SeedRow[] {
  return tags.map((tag) => ({ id: questionIds[tag], securityGroupId, data: { tag, ...questions[tag] } }));
}

export function makeSurveyRow(securityGroupId: string): SeedRow {
  const steps = tags.map((tag) => ({
    questionId: questionIds[tag],
    actions: Object.entries(ways[tag]).map(([optionText, next]) =>
      next === null ? { type: 'end', optionText } : { type: 'question', optionText, questionId: questionIds[next] },
    ),
  }));
  return {
    id: demoIds.survey,
    securityGroupId,
    data: { name: 'Yes on 7 at the door', discoverable: false, questions: steps },
  };
}

/** Three groups of voters, and everybody else; the first that fits, by precedence, wins. */
export function makeSegmentRows(securityGroupId: string): SeedRow[] {
  const segments = [
    ['Past supporters', 'Said yes last time.', 'all', `/data/fields/${questionIds.support}`, 'gte', 4],
    ['Older voters', 'Sixty-five and over: fixed incomes, high turnout.', 'all', '/data/profile/age', 'gte', 65],
    ['Young renters', 'Under thirty-five, most of them tenants.', 'all', '/data/profile/age', 'lt', 35],
    ['Everybody else', 'Whoever is left.', 'any', '1', 'eq', '1'],
  ] as const;
  return segments.map(([name, description, filter, source, operator, value], index) => ({
    id: makeId(`millrace/segment/${name}`),
    securityGroupId,
    data: {
      name,
      description,
      campaignId: demoIds.campaign,
      surveyId: demoIds.survey,
      precedence: index + 1,
      criteria: { filter, clauses: [{ source, operator, value }] },
    },
  }));
}
