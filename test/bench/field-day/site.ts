/** Doorstep as it is installed, with a database of its own below a folder, in processes that can be killed. */
import { once } from 'node:events';
import { chmod, mkdtemp, readlink, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { largeIds } from '../../../seed/large.ts';
import { roleId } from '../../../seed/roles.ts';
import { findPostmaster } from '../../../src/store/postmaster.ts';
import { doorstepCommand, runDoorstep } from '../harness/run-doorstep.ts';
import { type ServerProcess, startServer } from '../harness/server-process.ts';
import type { Site } from './field-day.ts';
import { makeOffice, type Office } from './office.ts';
import { insist, makeTalk, NoSignal, type Talk } from './talk.ts';

export interface OwnSite extends Site {
  readonly office: Office;
  readonly talk: Talk;
  tokenOf(userId: string): Promise<string>;
  close(): Promise<void>;
}

const secret = 'a secret that field days have and that is long enough';

export async function startSite({ contacts }: { readonly contacts: number }): Promise<OwnSite> {
  const folder = await mkdtemp(join(tmpdir(), 'doorstep-field-'));
  await chmod(folder, 0o755);
  const env = {
    ...{ DATA_DIR: join(folder, 'data'), PORT: String(await findPort()), JWT_SECRET: secret },
    ...{ RATE_LIMIT: '0', LOG_LEVEL: 'fatal', POOL_SIZE: '10' },
  };
  await runDoorstep(['seed', '--contacts', String(contacts), '--interactions', '1'], env);
  const start = (): Promise<ServerProcess> => startServer('doorstep', [doorstepCommand, 'serve'], env);
  let server = await start();
  const { url } = server;
  const talk = makeTalk(() => url);
  const { customer, organization, administrator } = largeIds;
  // As `doorstep token` does, which would be a process for each of two hundred people.
  const tokenOf = (userId: string): Promise<string> =>
    new SignJWT({ customerId: customer, organizationId: organization })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuer('doorstep')
      .setAudience('doorstep')
      .setSubject(userId)
      .setIssuedAt()
      .setExpirationTime('1d')
      .sign(new TextEncoder().encode(secret));
  const office = makeOffice({
    ...{ talk, token: await tokenOf(administrator) },
    ...{ organizationId: organization, canvasserRoleId: roleId('large', 'canvasser') },
  });
  const findDatabase = async (): Promise<number | null> =>
    findPostmaster(await realpath(join(env.DATA_DIR, 'postgres/cluster')));
  return {
    ...{ office, talk, tokenOf },
    async killServer() {
      process.kill(server.pid, 'SIGKILL');
      // PostgreSQL takes a moment to notice that the owner of its lock is gone.
      server = await insist(() => start().catch((error: unknown) => Promise.reject(new NoSignal(String(error)))));
    },
    async killDatabase() {
      const pid = await findDatabase();
      if (pid !== null) process.kill(pid, 'SIGKILL');
    },
    async close() {
      await server.stop();
      const elsewhere = await readlink(join(env.DATA_DIR, 'postgres')).catch(() => folder);
      for (const path of [elsewhere, folder]) await rm(path, { recursive: true, force: true });
    },
  };
}

/** One that is free now, and has to be the same after each start. */
async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
