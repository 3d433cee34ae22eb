/**
 * What no schema can say, each with its reason: without these, requests that the description calls valid would be
 * refused for what other rows hold.
 */
import type { Json } from '../../src/json.ts';

/** Attributes that are left out of what is made. */
export const leftOut: readonly string[] = [
  // A status has to mean what the visit or the door says otherwise.
  'statusId',
];

/** Parameters that are left out where one row is asked for: it is not deleted. */
export const leftOutForOneRow: readonly string[] = ['deleted'];

/** Parameters that some formats and shapes of an export have, and others refuse. */
export const leftOutOfQueries: readonly string[] = ['columns', 'bom', 'formulas'];

/** Bodies of which only one form can be made from the outside, by operation. */
export const bodies: Readonly<Record<string, Json>> = {
  // Credentials belong to the integration that calls itself so.
  setIntegrationCredentials: { data: { clientId: 'contract', accessToken: 'secret' } },
  deleteIntegrationCredentials: { data: { clientId: 'contract' } },
  // The other form holds the manager's own password.
  resetPassword: { email: 'nobody@doorstep.example' },
};

/** Operations that nobody can succeed with who has only the description. */
export const closedOperations: Readonly<Record<string, string>> = {
  cutTurf: 'its campaign needs lists with doors, and a polygon that does not cross itself',
  resolveSyncRejection: 'what a phone has sent is in the row, and the row has an etag',
  confirmPassword: 'its token is in a letter',
  joinOrganization: 'its code is told from mouth to mouth',
  signUp: 'its code is told from mouth to mouth',
  createExport: 'nobody may have more than five under way',
  getExport: 'it takes the id of an export',
  cancelExport: 'it takes the id of an export',
  getExportPart: 'it takes the id of an export, and of what it has',
};

/** What has to have happened before. */
export const before: Readonly<Record<string, string>> = {
  deleteIntegrationCredentials: 'setIntegrationCredentials',
};
