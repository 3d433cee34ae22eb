/**
 * The five roles that a customer starts with. A permission says what its holder may do in the security groups of an
 * organization and of those below it; scope never comes from the role itself.
 */
import { makeId } from './demo-ids.ts';
import type { SeedRow } from './seed-step.ts';

type Verb = 'read' | 'insert' | 'modify' | 'destroy';
export type RoleName = 'administrator' | 'manager' | 'canvasser' | 'analyst' | 'integration';

const everyVerb: readonly Verb[] = ['read', 'insert', 'modify', 'destroy'];

/** Who is who, and what the campaign is: set up in an office, read by everybody. */
const people = ['organizations', 'users', 'roles', 'memberships'];
const plans = ['campaigns', 'lists', 'surveys', 'questions', 'segments', 'statuses', 'turfs'];
/** Doors and the people behind them. */
const doors = ['addresses', 'households', 'contacts', 'contact-households', 'contact-household-lists'];
/** What happens on a walk. */
const walks = ['contact-household-campaigns', 'walklists', 'interactions', 'notes'];
/** What phones have sent and nobody could take: whoever corrects visits decides about it. */
const refused = ['sync-rejections'];
/** Made by the server, or the same for every customer. */
const readOnly = ['customers', 'security-groups', 'status-groups'];

const readEverything = permit(['read'], [...readOnly, ...people, ...plans, ...doors, ...walks, ...refused]);

const roles: Readonly<Record<RoleName, { readonly description: string; readonly permissions: readonly string[] }>> = {
  administrator: {
    description: 'Runs the organization: everything, roles and memberships included.',
    permissions: [
      ...permit(['read'], readOnly),
      ...permit(['modify'], ['customers']),
      ...permit(everyVerb, [...people, ...plans, ...doors, ...walks, 'integrations']),
      // Who changed what, and who read personal data in bulk.
      'read@audit',
      ...permit(['read', 'modify'], refused),
    ],
  },
  manager: {
    description: 'Runs campaigns: plans walks, invites people, corrects what came back.',
    permissions: [
      ...permit(['read'], [...readOnly, 'organizations', 'roles']),
      ...permit(['read', 'insert', 'modify'], ['users', 'memberships']),
      ...permit(everyVerb, [...plans, ...doors, ...walks]),
      ...permit(['read', 'modify'], refused),
    ],
  },
  canvasser: {
    description: 'Walks: reads the plan, records what happens at the door, adds a household that was missing.',
    permissions: [
      ...permit(['read'], [...readOnly, ...people, ...plans, ...doors, ...refused]),
      ...permit(['read'], ['contact-household-campaigns', 'walklists']),
      ...permit(['insert', 'modify'], doors),
      ...permit(['insert', 'modify'], ['contact-household-campaigns', 'walklists']),
      // A knock recorded at the wrong door must be gone before the next canvasser believes it.
      ...permit(everyVerb, ['interactions', 'notes']),
    ],
  },
  analyst: { description: 'Reads everything and changes nothing.', permissions: readEverything },
  integration: {
    description: 'Another system: brings contacts and interactions in, and takes everything out.',
    permissions: [
      ...readEverything,
      ...permit(['insert', 'modify'], [...doors, 'lists', 'contact-household-campaigns', 'interactions', 'notes']),
    ],
  },
};

export function roleId(customerKey: string, role: RoleName): string {
  return makeId(`${customerKey}/role/${role}`);
}

export function makeRoleRows(customerKey: string, securityGroupId: string): SeedRow[] {
  return (Object.keys(roles) as RoleName[]).map((role) => {
    const { description, permissions } = roles[role];
    return {
      id: roleId(customerKey, role),
      securityGroupId,
      data: { name: role.charAt(0).toUpperCase() + role.slice(1), description, permissions },
    };
  });
}

function permit(verbs: readonly Verb[], resources: readonly string[]): string[] {
  return resources.flatMap((resource) => verbs.map((verb) => `${verb}@${resource}`));
}
