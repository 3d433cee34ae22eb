/** The questions in Doorstep's GraphQL. */
import { precinctField } from '../data/precinct-field.ts';
import type { Operations } from './graphql-contender.ts';

const meta = 'meta { resource etag created createdBy modified modifiedBy isDeleted }';
const interaction = `id customerId securityGroupId
  data {
    campaignId contactId householdId contactHouseholdId timestamp survey { surveyId responses }
    location { lat lng confidence } successful unavailable unavailableReason distance statusId walklistId turfId
  }
  ${meta}`;
const contact = `id customerId securityGroupId data { profile notes fields externalId primaryHouseholdId } ${meta}`;
const newest = 'filter: { timestamp: { lte: $before } }, sort: [{ timestamp: DESC }], limit: 50';

export const doorstepOperations: Operations = {
  one: {
    query: `query One($id: ID!) { interaction(id: $id) { ${interaction} } }`,
    variables: (id) => ({ id }),
  },
  poll: {
    query: `query Poll($since: DateTimeISO!) {
      interactions(filter: { modified: { gt: $since } }, sort: [{ modified: ASC }], limit: 50) {
        nodes { ${interaction} } } }`,
    variables: (since) => ({ since }),
  },
  narrow: {
    query: `query Narrow($before: DateTimeISO!) {
      interactions(${newest}) { nodes { data { timestamp successful } } } }`,
    variables: (before) => ({ before }),
  },
  whole: {
    query: `query Whole($before: DateTimeISO!) { interactions(${newest}) { nodes { ${interaction} } } }`,
    variables: (before) => ({ before }),
  },
  related: {
    query: `query Related($before: DateTimeISO!) {
      interactions(${newest}) {
        nodes {
          ${interaction}
          contact { id data { profile notes } }
          household { id data { unitNum addressId } }
          campaign { id data { name status } } } } }`,
    variables: (before) => ({ before }),
  },
  walk: {
    query: `query Walk($ids: [ID!]!) {
      households(filter: { id: { in: $ids } }, limit: 200) {
        nodes {
          id
          data { unitNum addressId }
          contacts(limit: 20) {
            nodes {
              id
              data { profile notes }
              interactions(sort: [{ timestamp: DESC }], limit: 3) {
                nodes { id data { timestamp successful unavailable unavailableReason } } } } } } } }`,
    variables: (ids) => ({ ids }),
  },
  filtered: {
    query: `query Filtered($voters: [String!]!) {
      interactions(filter: { contact: { externalId: { in: $voters } } }, sort: [{ timestamp: DESC }], limit: 50) {
        totalCount
        nodes { id data { timestamp contactId successful } } } }`,
    variables: (voters) => ({ voters }),
  },
  custom: {
    query: `query Custom($where: String!) { contacts(where: $where, limit: 50) { nodes { ${contact} } } }`,
    variables: (precinct) => ({ where: `/data/fields/${precinctField} eq "${String(precinct)}"` }),
  },
};
