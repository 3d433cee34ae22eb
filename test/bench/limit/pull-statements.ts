/**
 * The limit of what devices ask: for each collection the first page of somebody who was given a walk, as the flat
 * documents that Doorstep sends, and a poll with nothing new. They carry what a pull must not leave out, too: a row's
 * position is the greatest of its own and of those that bring it to the device, and the page is in that order.
 *
 * $1 is the customer, $2 the group that the caller sees and $3 the caller.
 */
import { arrayOf, escapedOrNull, moment, orNull, quotedOrNull } from './json-text.ts';

const own = (row: string): string =>
  `${row}.customer_id = $1 AND ${row}.security_group_id = $2 AND NOT ${row}.is_deleted`;
/** Whoever sees the owner of an array sees its items. */
const item = (row: string): string => `${row}.customer_id = $1 AND NOT ${row}.is_deleted`;

/** Where the caller's rights last changed: nothing is older than that. */
const access = `(SELECT coalesce(max(noted.position), 0) FROM access_positions noted
  WHERE noted.customer_id = $1 AND noted.user_id IN ($3, '00000000-0000-0000-0000-000000000000'))`;

const assignments = `walklist_assignments g JOIN walklists w ON ${own('w')} AND w.id = g.walklist_id`;
const given = `g.customer_id = $1 AND g.user_id = $3 AND NOT g.is_deleted`;
const stops = `${assignments} JOIN walklist_stops s ON ${item('s')} AND s.walklist_id = w.id`;
const segments = `${assignments} JOIN segments t ON ${own('t')} AND t.campaign_id = w.campaign_id`;

interface Page {
  /** Of each member of a document, SQL over the row `r`. */
  readonly members: Readonly<Record<string, string>>;
  /** Rows with `id` and `place`, their position. */
  readonly rows: string;
}

const written = (members: Readonly<Record<string, string>>): string =>
  Object.entries(members)
    .map(([key, value]) => `"${key}":' || ${value} || '`)
    .join(',');
const documentOf = (members: Page['members']): string =>
  `'{"id":"' || r.id || '","syncSeq":"' || r.place || '",${written(members)},"isDeleted":false}'`;

/** JSON in a text, as documents hold what is no single value. */
const inText = (json: string): string => `coalesce(to_json((${json})::text)::text, 'null')`;
const momentOrNull = (column: string): string => `coalesce(${moment(column)}, 'null')`;

const name = (part: string): string => escapedOrNull(`(r.name->>'${part}')`);
const links = arrayOf(`SELECT '{"id":"' || l.id || '","householdId":"' || l.household_id || '"}' AS t
  FROM contact_households l WHERE ${own('l')} AND l.contact_id = r.id ORDER BY l.id`);
const surveyQuestions = arrayOf(`SELECT '{"questionId":"' || q.question_id || '","actions":' || q.actions || '}' AS t
  FROM survey_questions q WHERE ${item('q')} AND q.survey_id = r.id ORDER BY q.position`);
const surveySegments = arrayOf(`SELECT '{"id":"' || t.id || '","campaignId":"' || t.campaign_id || '","precedence":' ||
    t.precedence || ',"criteria":' || t.criteria || '}' AS t
  FROM segments t WHERE ${own('t')} AND t.survey_id = r.id ORDER BY t.id`);

const pages: Readonly<Record<string, Page>> = {
  campaign: {
    members: {
      ...{ name: escapedOrNull('r.name'), description: escapedOrNull('r.description') },
      ...{ organizationId: quotedOrNull('r.organization_id'), status: quotedOrNull('r.status') },
      ...{ ended: momentOrNull('r.ended'), timeZone: escapedOrNull('r.time_zone'), fields: inText('r.fields') },
    },
    rows: `SELECT c.*, greatest(c.sync_seq, k.moved, ${access}) AS place FROM (
        SELECT w.campaign_id, max(greatest(g.position, w.sync_seq)) AS moved FROM ${assignments} WHERE ${given} GROUP BY 1
      ) k JOIN campaigns c ON ${own('c')} AND c.id = k.campaign_id`,
  },
  survey: {
    members: { name: escapedOrNull('r.name'), questions: inText(surveyQuestions), segments: inText(surveySegments) },
    rows: `SELECT v.*, greatest(v.sync_seq, k.moved, ${access}) AS place FROM (
        SELECT t.survey_id, max(greatest(g.position, w.sync_seq, t.sync_seq)) AS moved
        FROM ${segments} WHERE ${given} GROUP BY 1
      ) k JOIN surveys v ON ${own('v')} AND v.id = k.survey_id`,
  },
  question: {
    members: {
      ...{ text: escapedOrNull('r.text'), tag: escapedOrNull('r.tag'), type: quotedOrNull('r.type') },
      ...{ options: inText('r.options'), choices: inText('r.choices'), url: escapedOrNull('r.url') },
      ...{ keyboard: quotedOrNull('r.keyboard'), placeholder: escapedOrNull('r.placeholder') },
      ...{ required: orNull('r.required'), multiline: orNull('r.multiline'), max: orNull('r.max') },
    },
    rows: `SELECT n.*, greatest(n.sync_seq, k.moved, ${access}) AS place FROM (
        SELECT q.question_id, max(greatest(g.position, w.sync_seq, t.sync_seq, v.sync_seq, q.sync_seq)) AS moved
        FROM ${segments} JOIN surveys v ON ${own('v')} AND v.id = t.survey_id
          JOIN survey_questions q ON ${item('q')} AND q.survey_id = v.id
        WHERE ${given} GROUP BY 1
      ) k JOIN questions n ON ${own('n')} AND n.id = k.question_id`,
  },
  walklist: {
    members: {
      ...{ name: escapedOrNull('r.name'), campaignId: quotedOrNull('r.campaign_id') },
      ...{ turfId: quotedOrNull('r.turf_id'), userId: quotedOrNull('r.user_id'), status: quotedOrNull('r.status') },
      expires: momentOrNull('r.expires'),
    },
    rows: `SELECT w.*, greatest(w.sync_seq, g.position, ${access}) AS place FROM ${assignments} WHERE ${given}`,
  },
  walklistItem: {
    members: {
      ...{ walklistId: quotedOrNull('r.walklist_id'), householdId: quotedOrNull('r.household_id') },
      ...{ contactHouseholdIds: inText('r.contact_household_ids'), progress: quotedOrNull('r.progress') },
      ...{ remark: escapedOrNull('r.remark'), position: orNull('r.position') },
    },
    rows: `SELECT s.*, greatest(s.sync_seq, g.position, ${access}) AS place FROM ${stops} WHERE ${given}`,
  },
  household: {
    members: {
      ...{ unitNum: escapedOrNull('r.unit_num'), externalId: escapedOrNull('r.external_id') },
      ...{ addressId: quotedOrNull('r.address_id'), number: escapedOrNull('r.number') },
      ...{ streetName: escapedOrNull('r.street_name'), city: escapedOrNull('r.city') },
      ...{ county: escapedOrNull('r.county'), neighborhood: escapedOrNull('r.neighborhood') },
      ...{ state: escapedOrNull('r.state'), postalCode: escapedOrNull('r.postal_code') },
      ...{ country: escapedOrNull('r.country'), lat: orNull('r.coords_lat'), lng: orNull('r.coords_lng') },
    },
    rows: `SELECT h.id, h.unit_num, h.external_id, h.address_id, a.number, a.street_name, a.city, a.county,
        a.neighborhood, a.state, a.postal_code, a.country, a.coords_lat, a.coords_lng,
        greatest(h.sync_seq, a.sync_seq, k.moved, ${access}) AS place
      FROM (SELECT s.household_id, max(greatest(g.position, s.sync_seq)) AS moved FROM ${stops} WHERE ${given} GROUP BY 1
      ) k JOIN households h ON ${own('h')} AND h.id = k.household_id
        LEFT JOIN addresses a ON ${own('a')} AND a.id = h.address_id`,
  },
  contact: {
    members: {
      ...{ title: name('title'), given: name('given'), middlename: name('middlename'), surname: name('surname') },
      ...{ suffix: name('suffix'), gender: escapedOrNull(`(r.profile->>'gender')`) },
      ...{ birthdate: escapedOrNull(`(r.profile->>'birthdate')`), age: escapedOrNull(`(r.profile->>'age')`) },
      ...{ profile: inText('r.profile'), notes: escapedOrNull('r.notes'), fields: inText('r.fields') },
      ...{ externalId: escapedOrNull('r.external_id'), primaryHouseholdId: quotedOrNull('r.primary_household_id') },
      households: inText(links),
    },
    rows: `SELECT c.*, c.profile#>'{name,anglican}' AS name, greatest(c.sync_seq, k.moved, ${access}) AS place FROM (
        SELECT l.contact_id, max(greatest(g.position, s.sync_seq, l.sync_seq)) AS moved
        FROM ${stops} JOIN contact_households l ON ${own('l')} AND l.household_id = s.household_id
        WHERE ${given} GROUP BY 1
      ) k JOIN contacts c ON ${own('c')} AND c.id = k.contact_id`,
  },
  interaction: {
    members: {
      ...{ campaignId: quotedOrNull('r.campaign_id'), contactId: quotedOrNull('r.contact_id') },
      ...{ householdId: quotedOrNull('r.household_id'), contactHouseholdId: quotedOrNull('r.contact_household_id') },
      ...{ timestamp: moment('r.timestamp'), surveyId: quotedOrNull('r.survey_id') },
      ...{ responses: inText('r.survey_responses'), unavailableReason: escapedOrNull('r.unavailable_reason') },
      ...{ statusId: quotedOrNull('r.status_id'), walklistId: quotedOrNull('r.walklist_id') },
      ...{ turfId: quotedOrNull('r.turf_id'), lat: orNull('r.location_lat'), lng: orNull('r.location_lng') },
      ...{ confidence: orNull('r.location_confidence'), distance: orNull('r.distance') },
      ...{ successful: orNull('r.successful'), unavailable: orNull('r.unavailable') },
    },
    rows: `SELECT i.*, greatest(i.sync_seq, k.moved, ${access}) AS place FROM (
        SELECT s.household_id, w.campaign_id, max(greatest(g.position, w.sync_seq, s.sync_seq)) AS moved
        FROM ${stops} WHERE ${given} GROUP BY 1, 2
      ) k JOIN interactions i ON ${own('i')} AND i.created_by = $3
        AND i.household_id = k.household_id AND i.campaign_id = k.campaign_id`,
  },
  syncRejection: {
    members: {
      ...{ kind: quotedOrNull('r.collection'), documentId: escapedOrNull('r.document_id') },
      ...{ code: escapedOrNull('r.code'), reason: escapedOrNull('r.reason'), payload: escapedOrNull('r.payload') },
      ...{ walklistId: quotedOrNull('r.walklist_id'), status: quotedOrNull('r.status') },
      resolved: momentOrNull('r.resolved'),
    },
    rows: `SELECT j.*, greatest(j.sync_seq, ${access}) AS place FROM sync_rejections j WHERE ${own('j')} AND j.user_id = $3`,
  },
};

const fieldOf = (collection: string): string => `pull${collection.charAt(0).toUpperCase()}${collection.slice(1)}`;

/** The last of the page is where the next begins; of an empty one the beginning. */
const pull = (collection: string, { members, rows }: Page): string =>
  `SELECT '{"data":{"${fieldOf(collection)}":{"documents":[' || coalesce(string_agg(t, ','), '') || '],"checkpoint":{"id":"' ||
      coalesce((array_agg(id))[count(*)::int], '00000000-0000-0000-0000-000000000000') || '","syncSeq":"' ||
      coalesce(max(place), 0) || '"}}}}'
    FROM (SELECT ${documentOf(members)} AS t, r.id, r.place FROM (${rows} ORDER BY place, id LIMIT 500) r) page`;

/** $3 and $4 are the checkpoint. By its index no row is found: less than this nobody can look. */
const poll = (collection: string): string =>
  `SELECT '{"data":{"${fieldOf(collection)}":{"documents":[' || coalesce(string_agg(g.position::text, ','), '') ||
      '],"checkpoint":{"id":"' || $3::uuid || '","syncSeq":"' || $4::bigint || '"}}}}'
    FROM walklist_assignments g
    WHERE g.customer_id = $1 AND g.user_id = $2 AND g.walklist_id = $3::uuid AND g.position > $4::bigint`;

export const pullStatements: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(pages).flatMap(([collection, page]) => [
    [`pull-${collection}`, pull(collection, page)],
    [`poll-${collection}`, poll(collection)],
  ]),
);
