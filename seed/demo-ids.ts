/**
 * Ids from names, so that the demo has the same ids on every machine and a README can print them. Never derive one from
 * a position in a list: adding a street would rename every house after it.
 */
import { hash } from 'node:crypto';

/** Our own name space. Changing it changes every id of every demo and of the built-in status groups. */
const nameSpace = 'doorstep/seed/1/';

/** A UUID of version 8 (RFC 9562 §5.8 and B.2), which leaves the choice of the hash to us: here SHA-256. */
export function makeId(label: string): string {
  const hex = hash('sha256', nameSpace + label, 'hex');
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The rows that a tour, a test or a curl wants to name. */
export const demoIds = {
  customer: makeId('millrace/customer'),
  organization: makeId('millrace/organization'),
  organizationGroup: makeId('millrace/organization/group'),
  chapter: makeId('millrace/chapter'),
  chapterGroup: makeId('millrace/chapter/group'),
  alice: makeId('millrace/user/alice'),
  bob: makeId('millrace/user/bob'),
  chelsea: makeId('millrace/user/chelsea'),
  erin: makeId('millrace/user/erin'),
  frank: makeId('millrace/user/frank'),
  campaign: makeId('millrace/campaign/yes-on-7'),
  survey: makeId('millrace/survey/doorstep'),
  everybodyList: makeId('millrace/list/everybody'),
  supportersList: makeId('millrace/list/supporters'),
  doNotKnockList: makeId('millrace/list/do-not-knock'),
  /** Where Erin's next walk starts: doors that nobody has knocked on yet. */
  nextWalklist: makeId('millrace/walklist/erin/next'),
  otherCustomer: makeId('cedar/customer'),
  otherOrganization: makeId('cedar/organization'),
  otherOrganizationGroup: makeId('cedar/organization/group'),
  otherCampaign: makeId('cedar/campaign/branch'),
  dora: makeId('cedar/user/dora'),
} as const;
