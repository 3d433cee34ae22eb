/**
 * The questions in the schema that PostGraphile makes of the tables. It knows no tenants and no soft delete, so lists
 * carry those conditions; related rows are taken as they are, which is a favour.
 */
import { largeIds } from '../../../seed/large.ts';
import { precinctField } from '../data/precinct-field.ts';
import { isJsonObject, type Json } from '../../../src/json.ts';
import type { Operations } from './graphql-contender.ts';
import type { QuestionName } from './question.ts';

const own = { customer: largeIds.customer, group: largeIds.organizationGroup };
const condition = 'condition: { customerId: $customer, securityGroupId: $group, isDeleted: false }';
const declared = '$customer: UUID!, $group: UUID!';
const envelope = 'id customerId securityGroupId etag created createdBy modified modifiedBy isDeleted';
const interaction = `${envelope} campaignId contactId householdId contactHouseholdId timestamp surveyId surveyResponses
  locationLat locationLng locationConfidence successful unavailable unavailableReason distance statusId walklistId turfId`;
const newest = `${condition}, filter: { timestamp: { lessThanOrEqualTo: $before } },
  orderBy: [TIMESTAMP_DESC, ID_DESC], first: 50`;

export const postgraphileOperations: Operations = {
  one: {
    query: `query One($customer: UUID!, $id: UUID!) {
      interaction: interactionByCustomerIdAndId(customerId: $customer, id: $id) { ${interaction} } }`,
    variables: (id) => ({ customer: own.customer, id }),
  },
  poll: {
    query: `query Poll(${declared}, $since: Datetime!) {
      interactions: allInteractions(${condition}, filter: { modified: { greaterThan: $since } },
        orderBy: [MODIFIED_ASC, ID_ASC], first: 50) { nodes { ${interaction} } } }`,
    variables: (since) => ({ ...own, since }),
  },
  narrow: {
    query: `query Narrow(${declared}, $before: Datetime!) {
      interactions: allInteractions(${newest}) { nodes { timestamp successful } } }`,
    variables: (before) => ({ ...own, before }),
  },
  whole: {
    query: `query Whole(${declared}, $before: Datetime!) {
      interactions: allInteractions(${newest}) { nodes { ${interaction} } } }`,
    variables: (before) => ({ ...own, before }),
  },
  related: {
    query: `query Related(${declared}, $before: Datetime!) {
      interactions: allInteractions(${newest}) {
        nodes {
          ${interaction}
          contact: contactByCustomerIdAndContactId { id profile notes }
          household: householdByCustomerIdAndHouseholdId { id unitNum addressId }
          campaign: campaignByCustomerIdAndCampaignId { id name status } } } }`,
    variables: (before) => ({ ...own, before }),
  },
  walk: {
    query: `query Walk(${declared}, $ids: [UUID!]!) {
      households: allHouseholds(${condition}, filter: { id: { in: $ids } }, orderBy: [ID_ASC], first: 200) {
        nodes {
          id unitNum addressId
          links: contactHouseholdsByCustomerIdAndHouseholdId(condition: { isDeleted: false }, orderBy: [CONTACT_ID_ASC],
            first: 20) {
            nodes {
              contact: contactByCustomerIdAndContactId {
                id profile notes
                interactions: interactionsByCustomerIdAndContactId(condition: { isDeleted: false },
                  orderBy: [TIMESTAMP_DESC, ID_DESC], first: 3) {
                  nodes { id timestamp successful unavailable unavailableReason } } } } } } } }`,
    variables: (ids) => ({ ...own, ids }),
  },
  filtered: {
    query: `query Filtered(${declared}, $voters: [String!]!) {
      interactions: allInteractions(${condition},
        filter: { contactByCustomerIdAndContactId: {
          customerId: { equalTo: $customer }, securityGroupId: { equalTo: $group }, isDeleted: { equalTo: false },
          externalId: { in: $voters } } },
        orderBy: [TIMESTAMP_DESC, ID_DESC], first: 50) {
        totalCount
        nodes { id timestamp contactId successful } } }`,
    variables: (voters) => ({ ...own, voters }),
  },
  custom: {
    query: `query Custom(${declared}, $fields: JSON!) {
      contacts: allContacts(${condition}, filter: { fields: { contains: $fields } }, orderBy: [ID_ASC], first: 50) {
        nodes { ${envelope} profile notes fields externalId primaryHouseholdId } } }`,
    variables: (precinct) => ({ ...own, fields: { [precinctField]: precinct } }),
  },
};

/** Its households have links, and those a contact each. */
export function tidyPostgraphile(question: QuestionName, data: Json): Json {
  if (question !== 'walk' || !isJsonObject(data)) return data;
  const households = nodesOf(data['households']).map((household) => {
    if (!isJsonObject(household)) return household;
    const { links, ...attributes } = household;
    return {
      ...attributes,
      contacts: nodesOf(links).map((link) => (isJsonObject(link) ? (link['contact'] ?? null) : link)),
    };
  });
  return { households };
}

function nodesOf(connection: Json | undefined): readonly Json[] {
  return isJsonObject(connection) && Array.isArray(connection['nodes']) ? (connection['nodes'] as readonly Json[]) : [];
}
