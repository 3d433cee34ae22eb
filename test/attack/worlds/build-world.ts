/** The facts as rows, written by the server's own writer in the system's name; and a token for each person. */
import { wholeEnvelope } from '../../../src/read/envelope.ts';
import type { JsonObject } from '../../../src/json.ts';
import type { App } from '../../../src/app.ts';
import type { Change } from '../../../src/write/change.ts';
import { systemOf } from '../../world.ts';
import type { Facts, Organization, Person, Row } from './facts.ts';
import { kindNames, kinds } from './kinds.ts';

export async function buildWorld(app: App, facts: Facts): Promise<ReadonlyMap<Person, string>> {
  await Promise.all([0, 1].map((customer) => buildCustomer(app, facts, customer)));
  const tokens = facts.people.map(async (person) => [person, await signFor(app, facts, person)] as const);
  return new Map(await Promise.all(tokens));
}

function signFor({ tokens }: App, { customers }: Facts, { customer, userId, tokenOrganization }: Person) {
  const customerId = customers[customer as 0];
  return tokens.sign({ customerId, userId, organizationId: tokenOrganization, lifetimeSeconds: 600 });
}

async function buildCustomer({ writer, model }: App, facts: Facts, customer: number): Promise<void> {
  const organizations = facts.organizations.filter((each) => each.customer === customer);
  const people = facts.people.filter((each) => each.customer === customer);
  const rows = facts.rows.filter((row) => row.customer === customer);
  const [{ id: organizationId, group: home }] = organizations as [(typeof organizations)[number]];
  const system = systemOf(facts.customers[customer as 0], home);
  const write = async (resource: string, changes: readonly Change[]): Promise<void> => {
    if (changes.length === 0) return;
    const target = model.get(resource);
    const members = wholeEnvelope(target).slice(0, 1);
    const options = { onError: 'abort', members, spelling: 'rest', requestId: null, logging: 'none' } as const;
    for (const verdict of await writer.write(system, target, changes, options)) {
      if ('problem' in verdict && verdict.problem.code !== 'ABORTED') throw verdict.problem;
    }
  };
  const make = (id: string | null, securityGroupId: string, data: JsonObject, params: JsonObject = {}): Change => ({
    ...{ kind: 'create', id, securityGroupId, data, params },
  });
  for (const generation of generationsOf(organizations)) {
    await write(
      'organization',
      generation.map(({ id, parent, group }) => {
        const data = { name: `Organization ${id}`, discoverable: false, parentId: parent };
        return make(id, group, data, { securityGroupId: group });
      }),
    );
  }
  await write(
    'user',
    people.map(({ userId, status }) => make(userId, home, { email: `${userId}@doorstep.example`, status })),
  );
  for (const kind of kindNames) {
    const own = rows.filter((row) => row.kind === kind);
    await write(
      kind,
      own.map((row, index) => make(row.id, row.group, bodyOf(row, `${index}`, organizationId, rows))),
    );
  }
  await write(
    'membership',
    people.flatMap(({ userId, memberships }) =>
      memberships.map(({ organization, role, status }) =>
        make(null, home, { organizationId: organization, userId, roleId: role, status }),
      ),
    ),
  );
  const remove = (id: string): Change => ({ kind: 'remove', id, etags: '*' });
  // What goes with another row is gone by the time that it is to go itself: links first.
  for (const kind of [...kindNames].reverse()) {
    await write(
      kind,
      rows.filter((row) => row.kind === kind && row.isDeleted).map(({ id }) => remove(id)),
    );
  }
  await write(
    'organization',
    organizations.filter(({ isDeleted }) => isDeleted).map(({ id }) => remove(id)),
  );
}

/** Nobody refers to what the same batch makes. */
function generationsOf(organizations: readonly Organization[]): readonly (readonly Organization[])[] {
  const generations: Organization[][] = [];
  const depths = new Map<string, number>();
  for (const organization of organizations) {
    const depth = organization.parent === null ? 0 : depths.get(organization.parent)! + 1;
    depths.set(organization.id, depth);
    (generations[depth] ??= []).push(organization);
  }
  return generations;
}

function bodyOf(row: Row, name: string, organizationId: string, rows: readonly Row[]): JsonObject {
  const { mark } = kinds[row.kind];
  const own = { ...row.references, ...(mark === null ? {} : { [mark]: row.mark }) };
  switch (row.kind) {
    case 'role':
      return { ...own, name, permissions: row.permissions! };
    case 'campaign':
      return { ...own, name, organizationId, status: 'started' };
    case 'list':
      return { ...own, name, organizationId };
    case 'survey':
      return { ...own, questions: [] };
    case 'address':
      return { ...own, streetName: `Street ${name}`, city: 'Heron Ford' };
    case 'household':
      return { ...own, unitNum: name };
    case 'contact':
      return { ...own, profile: { name: { anglican: { given: name, surname: 'Okonkwo' } } }, fields: {} };
    case 'interaction': {
      const { id: surveyId } = rows.find(({ kind }) => kind === 'survey')!;
      return { ...own, timestamp: '2026-05-09T17:41:08.250Z', survey: { surveyId }, unavailable: true };
    }
    default:
      return own;
  }
}
