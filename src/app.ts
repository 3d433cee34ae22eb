/**
 * The composition root: every part is made here once, from top to bottom, and given what it needs. Nothing else in the
 * house knows how the parts are put together.
 */
import { makeTokens, type Tokens } from './access/tokens.ts';
import { makeAccounts } from './accounts/accounts.ts';
import { makeBulkReads, type BulkReads } from './audit/bulk-reads.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { operationsFolder, readVersion } from './cli/project-root.ts';
import { type Exports, makeExports } from './exports/exports.ts';
import { addGraphql } from './graphql/graphql.ts';
import { makeWatchedReader } from './graphql/watched-reader.ts';
import { makePersistedDocuments, readTrustedDocuments } from './graphql/persisted-documents.ts';
import { makeAuthenticate } from './http/authenticate.ts';
import { makeFindCaller } from './http/find-caller.ts';
import { makeHttp, type Http } from './http/http.ts';
import type { Log } from './log.ts';
import { makeModel, type Model } from './model.ts';
import { addOauth } from './oauth/oauth.ts';
import { makeReader, type Reader } from './read/reader.ts';
import type { Declaration } from './resource.ts';
import { addActions } from './rest/actions/add-actions.ts';
import { addOpenapi } from './rest/openapi/openapi.ts';
import { addRest } from './rest/rest.ts';
import { makeSignIn } from './sign-in/sign-in.ts';
import { makeChanges } from './sync/changes.ts';
import { makeDeviceCalls } from './sync/device-calls.ts';
import { makeWake } from './sync/wake.ts';
import { makePrisma } from './store/administration.ts';
import { type Database, makeDatabase } from './store/database.ts';
import { makeViewers, type Viewers, viewerResources } from './store/viewers.ts';
import { makeWriter, type Writer } from './write/writer.ts';

export interface AppOptions {
  readonly config: Config;
  readonly declarations: readonly Declaration[];
  readonly databaseUrl: string;
  readonly secret: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** The house with its doors shut: `http.app` does not listen yet. */
export interface App {
  readonly http: Http;
  readonly model: Model;
  readonly database: Database;
  readonly reader: Reader;
  readonly writer: Writer;
  readonly tokens: Tokens;
  readonly viewers: Viewers;
  /** Where lists, exports and sync record who read personal data in bulk. */
  readonly bulkReads: BulkReads;
  readonly exports: Exports;
  /** Finishes what is in flight, then closes every connection. */
  close(): Promise<void>;
}

export async function makeApp(options: AppOptions): Promise<App> {
  const { config, declarations, databaseUrl: url, secret, clock, log } = options;
  const { poolSize, streams, statementTimeoutMs } = config;
  const database = makeDatabase({ url, poolSize, streams, statementTimeoutMs, log });
  const prisma = makePrisma({ url, poolSize: 2, log });
  const viewers = makeViewers({ prisma });
  const model = makeModel(declarations);
  const reader = makeReader({ database, model });
  const wake = makeWake({ database, model, log });
  const changes = makeChanges({ reader, model, wake });
  const onCommit = (customerId: string, { name }: { name: string }): void => {
    if (viewerResources.has(name)) viewers.forget(customerId);
    wake.notify(customerId);
  };
  const writer = makeWriter({ database, model, reader, onCommit });
  const signIn = makeSignIn({ database, prisma, config, secret, clock, log });
  const tokens = makeTokens({ secret, clock, issuers: signIn.issuers });
  const bulkReads = makeBulkReads({ database, clock, log, threshold: config.bulkReadRows });
  const authenticate = makeAuthenticate({ tokens, viewers });
  const http = makeHttp({ log, clock, config, findCaller: makeFindCaller({ tokens }), ping: () => database.ping() });
  const { drainTimeoutMs, bulkBodyLimit } = config;
  const accounts = makeAccounts({ prisma, database, model, writer, config, secret, clock, log });
  const restParts = { model, reader, writer, authenticate, bulkReads, drainTimeoutMs, bulkBodyLimit };
  // Who waits for changes would keep the server from closing.
  http.app.addHook('preClose', async () => wake.close());
  addRest(http.app, restParts);
  const devices = makeDeviceCalls({ reader, writer, clock, log });
  const onRevoked = (customerId: string): void => viewers.forget(customerId);
  addOauth(http.app, { signIn, tokens, database, config, secret, clock, onRevoked });
  const recordRead = bulkReads.record;
  const exports = makeExports({ database, model, findViewer: viewers.find, recordRead, config, log });
  addActions(http.app, { ...restParts, ...accounts, database, devices, exports, changes, wake });
  addOpenapi(http.app, { model, version: readVersion() });
  const graphql = await addGraphql(http.app, {
    ...{ database, model, writer, devices, exports, changes, wake, bulkReads, authenticate, log },
    reader: makeWatchedReader(reader, bulkReads),
    bodyLimit: config.bulkBodyLimit,
    costLimit: config.costLimit,
    documents: makePersistedDocuments(await readTrustedDocuments(operationsFolder()), {
      only: config.trustedDocuments === 'only',
    }),
    introspection: config.introspection === 'on',
    shortWay: config.shortWay === 'on',
  });
  const close = async (): Promise<void> => {
    await http.drain();
    await exports.close();
    await Promise.all([graphql.close(), accounts.close()]);
    await bulkReads.close();
    await Promise.all([database.close(), prisma.$disconnect()]);
  };
  return { http, model, database, reader, writer, tokens, viewers, bulkReads, exports, close };
}
