/**
 * Prisma's client, for what is administration: who is this caller, keys, jobs, settings. Resources are not read or
 * written through it: soft delete, scope and the order of changes live in the two flows and would be passed by.
 *
 * It connects with its first query; `$disconnect` closes its connections.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import type { Log } from '../log.ts';
import { PrismaClient } from './prisma/client.ts';

export interface AdministrationOptions {
  readonly url: string;
  readonly poolSize: number;
  readonly log: Log;
}

export function makePrisma({ url, poolSize, log }: AdministrationOptions): PrismaClient {
  const connections = {
    connectionString: url,
    max: poolSize,
    application_name: 'doorstep administration',
    // The adapter drops the offset of a timestamp, which is right in UTC only.
    options: '-c timezone=UTC',
  };
  const warn = (error: Error): void => log.warn({ err: error }, 'an administration connection was lost');
  return new PrismaClient({ adapter: new PrismaPg(connections, { onPoolError: warn, onConnectionError: warn }) });
}
