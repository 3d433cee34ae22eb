/**
 * One attempt to talk to one contact at one door. Interactions are appended; a correction is a patch under its etag.
 * Writing one moves what the campaign knows of the contact: see door-state.ts.
 */
import { boolean } from '../fields/boolean.ts';
import { decimal } from '../fields/decimal.ts';
import { document } from '../fields/document.ts';
import { group } from '../fields/group.ts';
import { point } from '../fields/point.ts';
import { reference } from '../fields/reference.ts';
import { objectOf } from '../fields/schema.ts';
import { text } from '../fields/text.ts';
import { timestamp } from '../fields/timestamp.ts';
import { defineResource } from '../resource.ts';
import { deriveAfterVisit } from './rules/door-state.ts';
import { completeVisit } from './rules/visit.ts';
import { visitQuestions } from './rules/visit-questions.ts';

/** Existing clients send texts for yes and no and any reason they like: the values need only be flat. */
const flat = {
  anyOf: [
    { type: ['string', 'number', 'boolean', 'null'] },
    { type: 'array', maxItems: 1000, items: { type: ['string', 'number', 'boolean', 'null'] } },
  ],
};
const questionId = { type: 'string', format: 'uuid', 'x-reference': 'question' };
const response = objectOf({ questionId, fields: { type: 'object', additionalProperties: flat } }, [
  'questionId',
  'fields',
]);
const responses = {
  type: 'object',
  propertyNames: { 'x-reference': 'question' },
  additionalProperties: response,
};

export const interaction = defineResource({
  name: 'interaction',
  plural: 'interactions',
  route: '/v2/interactions',
  scope: 'group',
  description: 'One attempt to talk to one contact at one door.',
  required: ['campaignId', 'contactId', 'householdId', 'timestamp', 'survey', 'unavailable'],
  groupFrom: 'campaignId',
  fields: {
    campaignId: reference('campaign', 'The campaign.'),
    contactId: reference('contact', 'Whom the canvasser asked for.'),
    householdId: reference('household', 'The door.'),
    contactHouseholdId: reference('contactHousehold', 'The two together; found when it is left out.'),
    timestamp: timestamp('When it happened, by the clock of the device; not when it arrived.'),
    survey: group(
      'What was asked and answered.',
      {
        surveyId: reference('survey', 'The survey.'),
        responses: document(responses, 'Answers, keyed by question id.', { default: {} }),
      },
      { required: ['surveyId'] },
    ),
    location: point('Where the canvasser stood.'),
    successful: boolean('Whether it went as hoped.'),
    unavailable: boolean('Whether the contact could not be met.'),
    unavailableReason: text('Why not: "Not Home", "Come Back", or any other words.', { maxLength: 256 }),
    distance: decimal('Miles between the canvasser and the household; computed where both are known.', { minimum: 0 }),
    statusId: reference('status', "The campaign's word for the result."),
    walklistId: reference('walklist', 'The walklist that led there.'),
    turfId: reference('turf', 'The turf that led there.'),
    late: boolean('Set when it arrived after the lease of whoever sent it had ended; not set otherwise.'),
  },
  personal: true,
  // A knock remains, at a door and with its result; what was said there does not.
  erasure: {
    along: ['contactId'],
    keeps: [
      ...['campaignId', 'contactId', 'householdId', 'contactHouseholdId', 'timestamp', 'survey.surveyId'],
      ...['successful', 'unavailable', 'statusId', 'walklistId', 'turfId', 'distance', 'late'],
    ],
    words: { unavailableReason: ['not home', 'come back'] },
    ends: false,
  },
  readOnly: ['late'],
  indexes: [
    ['contactId', 'timestamp'],
    ['campaignId', 'timestamp'],
  ],
  sorts: ['timestamp', 'modified'],
  hooks: { complete: completeVisit, afterWrite: deriveAfterVisit },
  questions: visitQuestions,
  example: {
    timestamp: '2026-05-09T17:41:08.250Z',
    survey: { responses: {} },
    location: { lat: 40.1012, lng: -82.9981, confidence: 5 },
    successful: true,
    unavailable: false,
  },
});
