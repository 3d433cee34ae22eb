/**
 * A customer before its first door: organizations, roles, the people who work there, statuses. Every seed starts with
 * one, and ends with the customer's own row: where that row is, the seed has been finished, and one that was killed is
 * begun again. Rows that all members read (roles, users, statuses) live in the group of the top organization.
 */
import { makeId } from './demo-ids.ts';
import { makeRoleRows, roleId, type RoleName } from './roles.ts';
import type { SeedRow, SeedStep } from './seed-step.ts';
import { makeSteps } from './seed-step.ts';
import { makeBuiltInStatusRows, makeStatusGroupRows } from './status-groups.ts';

export interface OfficeOrganization {
  readonly id: string;
  readonly group: string;
  readonly name: string;
  readonly description: string;
}

export interface OfficePerson {
  readonly key: string;
  readonly given: string;
  readonly surname: string;
  readonly languages: readonly string[];
  readonly role: RoleName;
  /** Where the membership is; the top organization when left out. */
  readonly organization?: OfficeOrganization;
}

export interface Office {
  /** What the ids of this customer's rows are derived from. */
  readonly key: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly top: OfficeOrganization;
  readonly below?: readonly OfficeOrganization[];
  readonly people: readonly OfficePerson[];
}

export function* makeOffice(office: Office): Generator<SeedStep> {
  const { key, customerId, top } = office;
  const steps = (resource: string, rows: readonly SeedRow[]): Generator<SeedStep> =>
    makeSteps(customerId, resource, rows);
  yield* steps('organization', [makeOrganizationRow(top)]);
  yield* steps(
    'organization',
    (office.below ?? []).map((organization) => makeOrganizationRow(organization, top.id)),
  );
  yield* steps('statusGroup', makeStatusGroupRows(top.group));
  yield* steps('status', makeBuiltInStatusRows(top.group));
  yield* steps('role', makeRoleRows(key, top.group));
  yield* steps(
    'user',
    office.people.map((person) => ({
      id: userId(key, person),
      securityGroupId: (person.organization ?? top).group,
      data: {
        email: `${person.key}@doorstep.example`,
        status: 'active',
        profile: {
          name: { anglican: { given: person.given, surname: person.surname } },
          languages: person.languages,
        },
      },
    })),
  );
  yield* steps(
    'membership',
    office.people.map((person) => {
      const { id, group } = person.organization ?? top;
      return {
        id: makeId(`${key}/membership/${person.key}`),
        securityGroupId: group,
        data: {
          organizationId: id,
          userId: userId(key, person),
          roleId: roleId(key, person.role),
          status: 'active',
        },
      };
    }),
  );
}

/** The last step of a customer's seed. */
export function* makeCustomer({ customerId, customerName, top }: Office): Generator<SeedStep> {
  yield* makeSteps(customerId, 'customer', [
    { id: customerId, securityGroupId: top.group, data: { name: customerName } },
  ]);
}

function userId(key: string, person: OfficePerson): string {
  return makeId(`${key}/user/${person.key}`);
}

function makeOrganizationRow(organization: OfficeOrganization, parentId?: string): SeedRow {
  const { id, group, name, description } = organization;
  return {
    id,
    securityGroupId: group,
    data: { name, description, discoverable: false, ...(parentId === undefined ? {} : { parentId }) },
    params: { securityGroupId: group },
  };
}
