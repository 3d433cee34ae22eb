/** A push of visits over HTTP, as the stock client writes it. */
import { documentOf, type StoredVisit } from './visits.ts';

const query = `mutation PushInteraction($interactionPushRow: [InteractionInputPushRow!]) {
  pushInteraction(interactionPushRow: $interactionPushRow) {
    id
    syncSeq
    isDeleted
    campaignId
    contactId
    householdId
    timestamp
    surveyId
    responses
    lat
    lng
    confidence
    successful
    unavailable
    unavailableReason
    statusId
  }
}`;

export type PushCall = (visits: readonly StoredVisit[]) => Promise<void>;

/** Throws where anything was not taken. */
export function makePushCall(url: string, token: string): PushCall {
  return async (visits) => {
    const interactionPushRow = visits.map((row) => ({ newDocumentState: documentOf(row) }));
    const body = JSON.stringify({ query, operationName: 'PushInteraction', variables: { interactionPushRow } });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    let response: Response;
    let text: string;
    // A server with more writers than it can serve says so, and whoever replicates comes again.
    do {
      response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
      text = await response.text();
    } while (/"code":"(OVERLOADED|STATEMENT_TIMEOUT)"/.test(text));
    const { data } = JSON.parse(text) as { readonly data?: { readonly pushInteraction: readonly unknown[] } | null };
    if (data?.pushInteraction.length !== 0)
      throw new Error(`A push was answered ${response.status}: ${text.slice(0, 500)}`);
  };
}
