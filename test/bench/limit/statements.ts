/**
 * The limit: one statement for each question, written by hand for exactly this question and this caller, and the best
 * that was found by trying. It checks nothing, but it carries what the house must not leave out: the customer, the
 * caller's groups and NOT is_deleted at every node.
 *
 * $1 is the customer and $2 what the caller sees: one group, an array of groups, or the name of a stored set of them.
 */
import { arrayOf, escapedOrNull, moment, orNull, splice } from './json-text.ts';
import { pullStatements } from './pull-statements.ts';
import { contactText, interactionText, sparseContactText, sparseInteractionText } from './row-texts.ts';

const own = (row: string): string =>
  `${row}.customer_id = $1 AND ${row}.security_group_id = $2 AND NOT ${row}.is_deleted`;

const answer = (member: string): string => `SELECT '{"data":{' || ${member} || '}}'`;
const nodes = (key: string, rows: string): string => `'"${key}":{"nodes":' || ${arrayOf(rows)} || '}'`;
const restList = (rows: string): string => `SELECT '{"data":' || ${arrayOf(rows)} || ',"meta":{}}'`;
/** One related row, or null. */
const related = (text: string, from: string): string => `coalesce((SELECT ${splice(text)} FROM ${from}), 'null')`;

const one = `FROM interactions i WHERE ${own('i')} AND i.id = $3`;
const poll = `FROM interactions i WHERE ${own('i')} AND i.modified > $3 ORDER BY i.modified, i.id LIMIT 50`;
const newest = `FROM interactions i WHERE ${own('i')} AND i.timestamp <= $3 ORDER BY i.timestamp DESC, i.id DESC LIMIT 50`;
// Materialised, or a plan for all values walks the index that has the order, past everybody with other fields.
const custom = `FROM (WITH found AS MATERIALIZED (SELECT * FROM contacts c WHERE ${own('c')} AND c.fields @> $3::jsonb)
  SELECT * FROM found ORDER BY id LIMIT 50) c`;

const relations = [
  `,"contact":<<${related(
    `{"id":"<<c.id>>","data":{"profile":<<c.profile>>,"notes":<<${escapedOrNull('c.notes')}>>}}`,
    `contacts c WHERE ${own('c')} AND c.id = i.contact_id`,
  )}>>`,
  `,"household":<<${related(
    `{"id":"<<h.id>>","data":{"unitNum":<<${escapedOrNull('h.unit_num')}>>,"addressId":"<<h.address_id>>"}}`,
    `households h WHERE ${own('h')} AND h.id = i.household_id`,
  )}>>`,
  `,"campaign":<<${related(
    `{"id":"<<k.id>>","data":{"name":<<to_json(k.name)>>,"status":"<<k.status>>"}}`,
    `campaigns k WHERE ${own('k')} AND k.id = i.campaign_id`,
  )}>>`,
].join('');

const lastThree = arrayOf(
  `SELECT ${splice(
    `{"id":"<<i.id>>","data":{"timestamp":<<${moment('i.timestamp')}>>,"successful":<<${orNull('i.successful')}>>,` +
      `"unavailable":<<i.unavailable>>,"unavailableReason":<<${escapedOrNull('i.unavailable_reason')}>>}}`,
  )} AS t FROM interactions i WHERE ${own('i')} AND i.contact_id = c.id ORDER BY i.timestamp DESC, i.id DESC LIMIT 3`,
);
const people = arrayOf(
  `SELECT ${splice(
    `{"id":"<<c.id>>","data":{"profile":<<c.profile>>,"notes":<<${escapedOrNull('c.notes')}>>},` +
      `"interactions":{"nodes":<<${lastThree}>>}}`,
  )} AS t FROM (SELECT c.* FROM contact_households l JOIN contacts c ON ${own('c')} AND c.id = l.contact_id
    WHERE ${own('l')} AND l.household_id = h.id ORDER BY c.id LIMIT 20) c`,
);
const doors = `SELECT ${splice(
  `{"id":"<<h.id>>","data":{"unitNum":<<${escapedOrNull('h.unit_num')}>>,"addressId":"<<h.address_id>>"},` +
    `"contacts":{"nodes":<<${people}>>}}`,
)} AS t FROM (SELECT * FROM households h WHERE ${own('h')} AND h.id = ANY($3) ORDER BY h.id LIMIT 200) h`;

// What both the count and the page are made of is found once: they are few rows.
const filtered = `WITH voters AS MATERIALIZED (
    SELECT c.id FROM contacts c WHERE ${own('c')} AND c.external_id = ANY($3)),
  found AS MATERIALIZED (
    SELECT i.id, i.timestamp, i.contact_id, i.successful
    FROM voters v, LATERAL (SELECT * FROM interactions i WHERE ${own('i')} AND i.contact_id = v.id OFFSET 0) i)
  ${answer(
    `'"interactions":{"totalCount":' || (SELECT count(*) FROM found) || ',"nodes":' || ${arrayOf(
      `SELECT ${splice(
        `{"id":"<<i.id>>","data":{"timestamp":<<${moment('i.timestamp')}>>,"contactId":"<<i.contact_id>>",` +
          `"successful":<<${orNull('i.successful')}>>}}`,
      )} AS t FROM (SELECT * FROM found ORDER BY timestamp DESC, id DESC LIMIT 50) i`,
    )} || '}'`,
  )}`;

const narrow = splice(`{"data":{"timestamp":<<${moment('i.timestamp')}>>,"successful":<<${orNull('i.successful')}>>}}`);

/** The newest of each group, and the newest of those: only what decides is carried through the sort. */
const newestOfFew = `FROM (SELECT k.timestamp, k.id FROM unnest($2::uuid[]) g (id), LATERAL (
      SELECT i.timestamp, i.id FROM interactions i WHERE i.customer_id = $1 AND i.security_group_id = g.id
        AND NOT i.is_deleted AND i.timestamp <= $3 ORDER BY i.timestamp DESC, i.id DESC LIMIT 50) k
    ORDER BY k.timestamp DESC, k.id DESC LIMIT 50) k
  JOIN interactions i ON i.customer_id = $1 AND i.id = k.id ORDER BY k.timestamp DESC, k.id DESC`;

/** Most rows are the caller's: from the newest on, until fifty of them are. */
const newestOfMany = `FROM interactions i WHERE i.customer_id = $1 AND NOT i.is_deleted AND i.timestamp <= $3
  AND EXISTS (SELECT FROM bench_group_sets s WHERE s.name = $2 AND s.security_group_id = i.security_group_id)
  ORDER BY i.timestamp DESC, i.id DESC LIMIT 50`;

export const limitStatements: Readonly<Record<string, string>> = {
  one: answer(`'"interaction":' || coalesce((SELECT ${interactionText('i')} ${one}), 'null')`),
  poll: answer(nodes('interactions', `SELECT ${interactionText('i')} AS t ${poll}`)),
  narrow: answer(nodes('interactions', `SELECT ${narrow} AS t ${newest}`)),
  whole: answer(nodes('interactions', `SELECT ${interactionText('i')} AS t ${newest}`)),
  related: answer(
    nodes('interactions', `SELECT ${interactionText('i', relations)} AS t FROM (SELECT i.* ${newest}) i`),
  ),
  walk: answer(nodes('households', doors)),
  filtered,
  custom: answer(nodes('contacts', `SELECT ${contactText('c')} AS t ${custom}`)),
  'one-rest': `SELECT ${sparseInteractionText('i')} ${one}`,
  'poll-rest': restList(`SELECT ${sparseInteractionText('i')} AS t ${poll}`),
  'whole-rest': restList(`SELECT ${sparseInteractionText('i')} AS t ${newest}`),
  'custom-rest': restList(`SELECT ${sparseContactText('c')} AS t ${custom}`),
  'whole-of-few': answer(nodes('interactions', `SELECT ${interactionText('i')} AS t ${newestOfFew}`)),
  'whole-of-many': answer(nodes('interactions', `SELECT ${interactionText('i')} AS t ${newestOfMany}`)),
  ...pullStatements,
};
