/** The questions in the schema of the usual stack: guests/usual. */
import type { Operations } from './graphql-contender.ts';

const envelope = 'id customerId securityGroupId etag created createdBy modified modifiedBy isDeleted';
const interaction = `${envelope} campaignId contactId householdId contactHouseholdId timestamp surveyId surveyResponses
  locationLat locationLng locationConfidence successful unavailable unavailableReason distance statusId walklistId turfId`;

export const usualOperations: Operations = {
  one: {
    query: `query One($id: ID!) { interaction(id: $id) { ${interaction} } }`,
    variables: (id) => ({ id }),
  },
  poll: {
    query: `query Poll($since: DateTimeISO!) {
      interactions(modifiedAfter: $since, order: MODIFIED, take: 50) { nodes { ${interaction} } } }`,
    variables: (since) => ({ since }),
  },
  narrow: {
    query: `query Narrow($before: DateTimeISO!) {
      interactions(until: $before, take: 50) { nodes { timestamp successful } } }`,
    variables: (before) => ({ before }),
  },
  whole: {
    query: `query Whole($before: DateTimeISO!) { interactions(until: $before, take: 50) { nodes { ${interaction} } } }`,
    variables: (before) => ({ before }),
  },
  related: {
    query: `query Related($before: DateTimeISO!) {
      interactions(until: $before, take: 50) {
        nodes {
          ${interaction}
          contact { id profile notes }
          household { id unitNum addressId }
          campaign { id name status } } } }`,
    variables: (before) => ({ before }),
  },
  walk: {
    query: `query Walk($ids: [ID!]!) {
      households(ids: $ids) {
        id unitNum addressId
        contacts {
          id profile notes
          interactions(take: 3) { id timestamp successful unavailable unavailableReason } } } }`,
    variables: (ids) => ({ ids }),
  },
  filtered: {
    query: `query Filtered($voters: [String!]!) {
      interactions(voters: $voters, take: 50) { totalCount nodes { id timestamp contactId successful } } }`,
    variables: (voters) => ({ voters }),
  },
  custom: {
    query: `query Custom($precinct: String!) {
      contacts(precinct: $precinct, take: 50) { ${envelope} profile notes fields externalId primaryHouseholdId } }`,
    variables: (precinct) => ({ precinct }),
  },
};
