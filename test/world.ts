/**
 * A world for a test file: its own database and app, and people whose names are their rights. Alice owns the rows, bob
 * is in her group, chelsea is in another group of the same customer, dora belongs to another customer. Erin canvasses
 * for a chapter below alice's organization, frank canvasses for alice's organization itself.
 *
 * Rows are made through the server's own write path, by the system or in somebody's name.
 */
import { v7 as makeId } from 'uuid';
import type { FastifyInstance } from 'fastify';
import { makeSystemViewer, type Viewer } from '../src/access/viewer.ts';
import type { Tokens } from '../src/access/tokens.ts';
import type { BulkReads } from '../src/audit/bulk-reads.ts';
import { type App, makeApp } from '../src/app.ts';
import { systemClock } from '../src/clock.ts';
import { parseConfig } from '../src/config.ts';
import type { Exports } from '../src/exports/exports.ts';
import type { Json, JsonObject } from '../src/json.ts';
import { makeLog } from '../src/log.ts';
import type { Model } from '../src/model.ts';
import { wholeEnvelope } from '../src/read/envelope.ts';
import type { Reader } from '../src/read/reader.ts';
import type { Declaration } from '../src/resource.ts';
import { declarations as all } from '../src/resources/index.ts';
import type { Database } from '../src/store/database.ts';
import type { Viewers } from '../src/store/viewers.ts';
import type { Change, Verdict } from '../src/write/change.ts';
import type { Writer } from '../src/write/writer.ts';
import { makeTestDatabase } from './database.ts';

export type PersonName = 'alice' | 'bob' | 'chelsea' | 'dora' | 'erin' | 'frank';

export interface Person {
  readonly userId: string;
  /** The organization that the token is for. */
  readonly organizationId: string;
  readonly token: string;
  readonly viewer: Viewer;
}

export interface Row {
  readonly id: string;
  readonly etag: string;
  readonly securityGroupId: string;
  readonly data: JsonObject;
}

export interface World {
  readonly app: FastifyInstance;
  readonly model: Model;
  readonly reader: Reader;
  readonly writer: Writer;
  readonly database: Database;
  readonly viewers: Viewers;
  readonly exports: Exports;
  readonly tokens: Tokens;
  readonly bulkReads: BulkReads;
  readonly url: string;
  readonly people: Readonly<Record<PersonName, Person>>;
  readonly ids: Readonly<Record<WorldId, string>>;
  /** Writes a row in somebody's name (null: the system); missing references are filled in from the world. */
  create(person: PersonName | null, resource: string, data?: JsonObject, more?: CreateMore): Promise<Row>;
  /** One change in somebody's name; the verdict as it is. */
  change(person: PersonName | null, resource: string, change: Change): Promise<Verdict>;
  /** A batch of changes, each with its verdict. */
  changeAll(
    person: PersonName | null,
    resource: string,
    changes: readonly Change[],
    onError?: 'abort' | 'continue',
  ): Promise<readonly Verdict[]>;
  /** A complete body for a create: the declaration's example and the references that it cannot be without. */
  body(resource: string, data?: JsonObject): JsonObject;
  /** The live rows of a resource's table, as PostgreSQL has them. */
  rows<Row>(resource: string): Promise<readonly Row[]>;
  /** The headers that say who is asking. */
  as(person: PersonName): { readonly authorization: string };
  close(): Promise<void>;
}

export interface CreateMore {
  readonly id?: string;
  readonly securityGroupId?: string;
  readonly params?: JsonObject;
}

const worldIds = [
  ...['customer', 'otherCustomer', 'organization', 'chapter', 'elsewhere', 'otherOrganization'],
  ...['group', 'chapterGroup', 'elsewhereGroup', 'otherGroup', 'statusGroup', 'status'],
  ...[
    'campaign',
    'survey',
    'question',
    'list',
    'address',
    'household',
    'contact',
    'contactHousehold',
    'turf',
    'walklist',
  ],
  ...['role', 'user'],
] as const;
type WorldId = (typeof worldIds)[number];

/** `declarations` may hold more than the house has; the database is then brought up to date by the caller. */
export async function makeWorld(
  options: { readonly declarations?: readonly Declaration[]; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<World> {
  const { url, drop } = await makeTestDatabase();
  const app = await makeTestApp(url, options);
  const ids = Object.fromEntries(worldIds.map((name) => [name, makeId()])) as Record<WorldId, string>;
  const people = await makePeople(app, ids);
  // Looked up anew for each write, since a test may have given them other rights meanwhile.
  const viewerOf = async (person: PersonName | null): Promise<Viewer> => {
    if (person === null) return systemOf(ids.customer, ids.group);
    const { userId, organizationId, viewer } = people[person];
    return (await app.viewers.find({ customerId: viewer.customerId, userId, organizationId, client: null })) ?? viewer;
  };
  const world: World = {
    app: app.http.app,
    ...{
      model: app.model,
      reader: app.reader,
      writer: app.writer,
      database: app.database,
      viewers: app.viewers,
      exports: app.exports,
      tokens: app.tokens,
      bulkReads: app.bulkReads,
      url,
      people,
      ids,
    },
    create: async (person, resource, data = {}, more = {}) => {
      const viewer = await viewerOf(person);
      return createRow(app, viewer, resource, world.body(resource, data), more);
    },
    async change(person, resource, change) {
      return (await world.changeAll(person, resource, [change]))[0]!;
    },
    async changeAll(person, resource, changes, onError = 'continue') {
      const viewer = await viewerOf(person);
      return writeAll(app, viewer, resource, changes, onError);
    },
    body: (resource, data = {}) => ({ ...referencesOf(app.model, resource, ids), ...data }),
    rows: (resource) =>
      app.database.query({
        text: `SELECT * FROM ${app.model.get(resource).table} WHERE customer_id = $1 AND NOT is_deleted ORDER BY id`,
        values: [ids.customer],
      }),
    as: (person) => ({ authorization: `Bearer ${people[person].token}` }),
    async close() {
      await app.close();
      await drop();
    },
  };
  await furnish(world);
  return world;
}

/** An app over a world's database; its tokens hold for every app of the tests. */
export async function makeTestApp(
  databaseUrl: string,
  { declarations = all, env = {} }: { declarations?: readonly Declaration[]; env?: Readonly<Record<string, string>> },
): Promise<App> {
  // A test asks more in a second than a person may in a minute.
  const usual = { POOL_SIZE: '6', STREAMS: '2', RATE_LIMIT: '0', LOG_LEVEL: 'fatal', LOG_FORMAT: 'json' };
  const config = parseConfig({ ...usual, ...env });
  const secret = 'a secret that only tests have and that is long enough';
  const app = await makeApp({ config, declarations, databaseUrl, secret, clock: systemClock, log: makeLog(config) });
  await app.http.app.ready();
  return app;
}

export function systemOf(customerId: string, organizationGroupId: string): Viewer {
  return makeSystemViewer({ customerId, organizationGroupId });
}

async function writeAll(
  app: App,
  viewer: Viewer,
  resource: string,
  changes: readonly Change[],
  onError: 'abort' | 'continue' = 'continue',
): Promise<readonly Verdict[]> {
  const target = app.model.get(resource);
  const members = wholeEnvelope(target);
  return app.writer.write(viewer, target, changes, { onError, members, spelling: 'rest', requestId: null });
}

async function createRow(
  app: App,
  viewer: Viewer,
  resource: string,
  data: JsonObject,
  { id, securityGroupId, params = {} }: CreateMore,
): Promise<Row> {
  const change: Change = { kind: 'create', id: id ?? null, securityGroupId: securityGroupId ?? null, data, params };
  const [verdict] = await writeAll(app, viewer, resource, [change]);
  if (verdict === undefined || 'problem' in verdict) throw verdict?.problem ?? new Error('no verdict');
  const envelope = JSON.parse(verdict.text) as Row;
  return { id: verdict.id, etag: verdict.etag, securityGroupId: envelope.securityGroupId, data: envelope.data };
}

/** The references that a row of the resource cannot be without, pointing into the world. */
export function referencesOf(model: Model, resource: string, ids: Readonly<Record<string, string>>): JsonObject {
  const { declaration } = model.get(resource);
  const references: Record<string, Json> = {};
  for (const [name, field] of Object.entries(declaration.fields)) {
    if (field.storage === 'column' && field.reference !== undefined && declaration.required.includes(name)) {
      references[name] = ids[field.reference.to]!;
    } else if (field.storage === 'group' && declaration.required.includes(name)) {
      const inner = Object.entries(field.members).filter(([member]) => field.required.includes(member));
      references[name] = Object.fromEntries(inner.map(([member, { reference }]) => [member, ids[reference!.to]!]));
    }
  }
  return { ...declaration.example, ...references };
}

async function makePeople(app: App, ids: Record<WorldId, string>): Promise<World['people']> {
  const ours = systemOf(ids.customer, ids.group);
  const theirs = systemOf(ids.otherCustomer, ids.otherGroup);
  const found = (viewer: Viewer, resource: string, data: JsonObject, more: CreateMore) =>
    createRow(app, viewer, resource, data, more);
  const organize = (viewer: Viewer, id: string, securityGroupId: string, data: JsonObject) =>
    found(
      viewer,
      'organization',
      { discoverable: false, ...data },
      { id, securityGroupId, params: { securityGroupId } },
    );
  await organize(ours, ids.organization, ids.group, { name: 'Organization' });
  await organize(ours, ids.chapter, ids.chapterGroup, { name: 'Chapter', parentId: ids.organization });
  await organize(ours, ids.elsewhere, ids.elsewhereGroup, { name: 'Elsewhere' });
  await organize(theirs, ids.otherOrganization, ids.otherGroup, { name: 'Other' });
  await found(ours, 'customer', { name: 'Ours' }, { id: ids.customer });
  await found(theirs, 'customer', { name: 'Theirs' }, { id: ids.otherCustomer });

  const canvassing = ['read@*', 'insert@interactions', 'modify@interactions', 'destroy@interactions', 'insert@notes'];
  const roles = {
    administrator: (await found(ours, 'role', { name: 'administrator', permissions: ['*@*'] }, { id: ids.role })).id,
    canvasser: (await found(ours, 'role', { name: 'canvasser', permissions: canvassing }, {})).id,
    other: (await found(theirs, 'role', { name: 'administrator', permissions: ['*@*'] }, {})).id,
  };
  const join = async (name: PersonName, viewer: Viewer, organizationId: string, roleId: string): Promise<Person> => {
    const more = name === 'alice' ? { id: ids.user } : {};
    const email = `${name}@doorstep.example`;
    const { id: userId } = await found(viewer, 'user', { email, status: 'active' }, more);
    await found(viewer, 'membership', { organizationId, userId, roleId, status: 'active' }, {});
    const { customerId } = viewer;
    const token = await app.tokens.sign({ userId, customerId, organizationId, lifetimeSeconds: 3600 });
    const claims = { userId, customerId, organizationId, client: null };
    return { userId, organizationId, token, viewer: (await app.viewers.find(claims))! };
  };
  return {
    alice: await join('alice', ours, ids.organization, roles.administrator),
    bob: await join('bob', ours, ids.organization, roles.administrator),
    chelsea: await join('chelsea', ours, ids.elsewhere, roles.administrator),
    dora: await join('dora', theirs, ids.otherOrganization, roles.other),
    erin: await join('erin', ours, ids.chapter, roles.canvasser),
    frank: await join('frank', ours, ids.organization, roles.canvasser),
  };
}

/** One row of each resource that others point at, owned by alice. */
async function furnish({ create, ids }: World): Promise<void> {
  await create(null, 'statusGroup', { name: 'Successful' }, { id: ids.statusGroup });
  await create('alice', 'status', {}, { id: ids.status });
  await create('alice', 'question', {}, { id: ids.question });
  await create('alice', 'survey', { questions: [{ questionId: ids.question, actions: [] }] }, { id: ids.survey });
  await create('alice', 'campaign', {}, { id: ids.campaign });
  await create('alice', 'list', {}, { id: ids.list });
  await create('alice', 'address', {}, { id: ids.address });
  await create('alice', 'household', {}, { id: ids.household });
  await create('alice', 'contact', { primaryHouseholdId: ids.household }, { id: ids.contact });
  await create('alice', 'contactHousehold', {}, { id: ids.contactHousehold });
  await create('alice', 'turf', {}, { id: ids.turf });
  await create('alice', 'walklist', {}, { id: ids.walklist });
}
