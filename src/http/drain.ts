/**
 * The orderly end: no new connections, every request in flight answered, every answer the last of its connection.
 * Whoever reads a stream slower than the grace allows is cut off.
 */
import type { FastifyInstance } from 'fastify';
import type { Log } from '../log.ts';

export interface Drain {
  readonly drain: () => Promise<void>;
  readonly isDraining: () => boolean;
}

export function addDrain(
  app: FastifyInstance,
  { graceMs, log }: { readonly graceMs: number; readonly log: Log },
): Drain {
  let drained: Promise<void> | null = null;
  const isDraining = (): boolean => drained !== null;

  app.addHook('onSend', (_, reply, payload, done) => {
    if (isDraining()) reply.header('connection', 'close');
    done(null, payload);
  });
  // A stream that began before the drain promised to keep its connection.
  app.addHook('onResponse', (_, __, done) => {
    if (isDraining()) setImmediate(() => app.server.closeIdleConnections());
    done();
  });

  const close = async (): Promise<void> => {
    const cutOff = setTimeout(() => {
      log.warn({ graceMs }, 'requests in flight were cut off');
      app.server.closeAllConnections();
    }, graceMs);
    await app.close();
    clearTimeout(cutOff);
  };
  return { isDraining, drain: () => (drained ??= close()) };
}
