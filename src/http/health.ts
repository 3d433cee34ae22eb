/**
 * What a supervisor asks. Live: the process answers, do not restart it. Ready: it can serve, send it requests. A
 * database that is away makes the server unready and not dead, because a restart would not bring it back.
 */
import type { FastifyInstance } from 'fastify';
import { Problem } from '../problem.ts';

export interface HealthOptions {
  /** Rejects while the database is away. */
  readonly ping: () => Promise<void>;
  readonly isDraining: () => boolean;
}

/** A probe has a deadline of its own, and gets an answer before it. */
const pingTimeoutMs = 2_000;

/** A supervisor that asks often is no caller to be counted. */
export function isProbe(url: string): boolean {
  return url.startsWith('/health/');
}

export function addHealth(app: FastifyInstance, { ping, isDraining }: HealthOptions): void {
  const quiet = { logLevel: 'warn' } as const;

  app.get('/health/live', quiet, async () => ({ status: 'live' }));

  app.get('/health/ready', quiet, async () => {
    if (isDraining()) throw new Problem('OVERLOADED', 'The server is stopping.', { retryAfter: 1 });
    await within(pingTimeoutMs, ping);
    return { status: 'ready' };
  });
}

async function within(ms: number, work: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    await Promise.race([work(), late]);
  } catch {
    throw new Problem('DATABASE_UNAVAILABLE', 'The database does not answer.', { retryAfter: 1 });
  } finally {
    clearTimeout(timer);
  }
}
