/**
 * What comes of one attempt to talk to one person, in the attributes of an interaction. A survey that was walked
 * through holds an answer for each question on the way, and only for those.
 */
import { helpChoices, issues, questionIds, type QuestionTag } from './survey.ts';
import { builtInStatusId } from './status-groups.ts';
import { makeId } from './demo-ids.ts';
import type { Random } from './random.ts';
import type { JsonObject } from '../src/json.ts';

export type Outcome = 'not-home' | 'come-back' | 'refused' | 'moved' | 'talked';

/** Statuses of the campaign's own, beside the built-in ones. */
export const ownStatusIds = { moved: makeId('millrace/status/moved'), yardSign: makeId('millrace/status/yard-sign') };

const reasons = { 'not-home': 'Not Home', 'come-back': 'Come Back', refused: 'Refused', moved: 'Moved' } as const;
const statusIds = {
  'not-home': builtInStatusId('Not Home'),
  'come-back': builtInStatusId('Come Back'),
  refused: builtInStatusId('Refused'),
  moved: ownStatusIds.moved,
};

const concerns = [
  'Worried that small landlords will sell.',
  'Wants to know who pays for the rent board.',
  'Rent went up 18 % in a year, but has heard this will be fought in court.',
  'Owns a duplex. Would like an exemption for owner-occupied houses.',
  'Has not read it yet, will before the mail ballot comes.',
  'Thinks the town should build more instead.',
  'Su casero no arregla nada; quiere saber si la medida incluye reparaciones.',
];

/** What happens when somebody opens. */
export function makeAnswer(random: Random): Outcome {
  const luck = random.next();
  if (luck < 0.62) return 'talked';
  if (luck < 0.78) return 'come-back';
  return luck < 0.94 ? 'refused' : 'moved';
}

/** The attributes of an interaction that say how it went. */
export function makeTalk(random: Random, surveyId: string, outcome: Outcome, friendly: boolean): JsonObject {
  if (outcome !== 'talked') {
    const unavailableReason = reasons[outcome];
    const responses = toResponses([['available', { available: 'false', reason: unavailableReason }]]);
    const statusId = statusIds[outcome];
    return { survey: { surveyId, responses }, successful: false, unavailable: true, unavailableReason, statusId };
  }
  const answers: [QuestionTag, JsonObject][] = [
    ['available', { available: 'true' }],
    ['issue', { issue: random.pick(issues) }],
  ];
  const support = friendly ? random.between(3, 5) : random.between(1, 5);
  answers.push(['support', { support }]);
  let yardSign = false;
  if (support >= 4) {
    const offered = helpChoices.filter(() => random.chance(0.3));
    yardSign = offered.some(({ tag }) => tag === 'yardSign');
    answers.push(['help', Object.fromEntries(offered.map(({ tag }) => [tag, 'true']))]);
    answers.push(['pledge', { pledge: random.chance(0.7) ? 'true' : 'false' }]);
  } else {
    if (support === 3) {
      answers.push(['video', { video: random.pick(['watched', 'skipped', 'skipped']) }]);
      answers.push(['leaflet', { leaflet: random.pick(['read', 'left', 'left']) }]);
    }
    answers.push(['concern', random.chance(0.7) ? { concern: random.pick(concerns) } : {}]);
  }
  const successful = support >= 4;
  const plainStatusId = builtInStatusId(successful ? 'Successful' : 'Not Successful');
  return {
    survey: { surveyId, responses: toResponses(answers) },
    successful,
    unavailable: false,
    statusId: yardSign ? ownStatusIds.yardSign : plainStatusId,
  };
}

function toResponses(answers: readonly (readonly [QuestionTag, JsonObject])[]): JsonObject {
  return Object.fromEntries(
    answers.map(([tag, fields]) => [questionIds[tag], { questionId: questionIds[tag], fields }]),
  );
}
