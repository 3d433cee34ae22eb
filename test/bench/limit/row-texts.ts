/** Whole rows as Doorstep spells them, in GraphQL and in REST. The arguments are aliases of the tables. */
import { escapedOrNull, moment, orNull, quotedOrNull, sparse, splice } from './json-text.ts';

const envelope = (row: string): string =>
  `"id":"<<${row}.id>>","customerId":"<<${row}.customer_id>>","securityGroupId":"<<${row}.security_group_id>>"`;

const meta = (row: string, resource: string): string =>
  `"meta":{"resource":"${resource}","etag":"<<${row}.etag>>","created":<<${moment(`${row}.created`)}>>,` +
  `"createdBy":<<${quotedOrNull(`${row}.created_by`)}>>,"modified":<<${moment(`${row}.modified`)}>>,` +
  `"modifiedBy":<<${quotedOrNull(`${row}.modified_by`)}>>,"isDeleted":false}`;

const sparseMeta = (row: string, resource: string): string =>
  `"meta":{"resource":"${resource}","etag":"<<${row}.etag>>","created":<<${moment(`${row}.created`)}>>` +
  `<<${sparse('createdBy', `'"' || ${row}.created_by || '"'`)}>>,"modified":<<${moment(`${row}.modified`)}>>` +
  `<<${sparse('modifiedBy', `'"' || ${row}.modified_by || '"'`)}>>,"isDeleted":false}`;

/** `more`: members behind `meta`, each with the comma before it. */
export function interactionText(i: string, more = ''): string {
  const location =
    `CASE WHEN coalesce(${i}.location_lat, ${i}.location_lng, ${i}.location_confidence) IS NULL THEN 'null' ELSE ` +
    `'{"lat":' || ${orNull(`${i}.location_lat`)} || ',"lng":' || ${orNull(`${i}.location_lng`)} || ` +
    `',"confidence":' || ${orNull(`${i}.location_confidence`)} || '}' END`;
  return splice(
    `{${envelope(i)},"data":{"campaignId":"<<${i}.campaign_id>>","contactId":"<<${i}.contact_id>>",` +
      `"householdId":"<<${i}.household_id>>","contactHouseholdId":<<${quotedOrNull(`${i}.contact_household_id`)}>>,` +
      `"timestamp":<<${moment(`${i}.timestamp`)}>>,` +
      `"survey":{"surveyId":"<<${i}.survey_id>>","responses":<<${orNull(`${i}.survey_responses`)}>>},` +
      `"location":<<${location}>>,"successful":<<${orNull(`${i}.successful`)}>>,"unavailable":<<${i}.unavailable>>,` +
      `"unavailableReason":<<${escapedOrNull(`${i}.unavailable_reason`)}>>,"distance":<<${orNull(`${i}.distance`)}>>,` +
      `"statusId":<<${quotedOrNull(`${i}.status_id`)}>>,"walklistId":<<${quotedOrNull(`${i}.walklist_id`)}>>,` +
      `"turfId":<<${quotedOrNull(`${i}.turf_id`)}>>},${meta(i, 'interactions')}${more}}`,
  );
}

export function sparseInteractionText(i: string): string {
  const id = (key: string, column: string): string => `<<${sparse(key, `'"' || ${i}.${column} || '"'`)}>>`;
  // Every seeded location is complete or missing.
  const location = `'{"lat":' || ${i}.location_lat || ',"lng":' || ${i}.location_lng || ${sparse('confidence', `${i}.location_confidence`)} || '}'`;
  return splice(
    `{${envelope(i)},"data":{"campaignId":"<<${i}.campaign_id>>","contactId":"<<${i}.contact_id>>",` +
      `"householdId":"<<${i}.household_id>>"${id('contactHouseholdId', 'contact_household_id')},` +
      `"timestamp":<<${moment(`${i}.timestamp`)}>>,` +
      `"survey":{"surveyId":"<<${i}.survey_id>>"<<${sparse('responses', `${i}.survey_responses`)}>>}` +
      `<<${sparse('location', location)}>><<${sparse('successful', `${i}.successful::text`)}>>,` +
      `"unavailable":<<${i}.unavailable>><<${sparse('unavailableReason', `to_json(${i}.unavailable_reason)`)}>>` +
      `<<${sparse('distance', `${i}.distance`)}>>${id('statusId', 'status_id')}${id('walklistId', 'walklist_id')}` +
      `${id('turfId', 'turf_id')}<<${sparse('late', `${i}.late::text`)}>>},${sparseMeta(i, 'interactions')}}`,
  );
}

export function contactText(c: string): string {
  return splice(
    `{${envelope(c)},"data":{"profile":<<${c}.profile>>,"notes":<<${escapedOrNull(`${c}.notes`)}>>,` +
      `"fields":<<${c}.fields>>,"externalId":<<${escapedOrNull(`${c}.external_id`)}>>,` +
      `"primaryHouseholdId":<<${quotedOrNull(`${c}.primary_household_id`)}>>},${meta(c, 'contacts')}}`,
  );
}

export function sparseContactText(c: string): string {
  return splice(
    `{${envelope(c)},"data":{"profile":<<${c}.profile>><<${sparse('notes', `to_json(${c}.notes)`)}>>,` +
      `"fields":<<${c}.fields>><<${sparse('externalId', `to_json(${c}.external_id)`)}>>` +
      `<<${sparse('primaryHouseholdId', `'"' || ${c}.primary_household_id || '"'`)}>>},${sparseMeta(c, 'contacts')}}`,
  );
}
