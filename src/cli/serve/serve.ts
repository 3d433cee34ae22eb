/**
 * `doorstep serve`: database, migrations, the demo on the very first start, the doors open, and everything closed again
 * in the other order when somebody says stop. What fails on the way closes what is open so far.
 */
import { makeApp, type App } from '../../app.ts';
import { declarations } from '../../resources/index.ts';
import { checkEncoding } from '../../store/encoding.ts';
import { migrate } from '../../store/migrations.ts';
import { openServer, type OpenServer } from '../open-server.ts';
import { migrationsFolder } from '../project-root.ts';
import { readSecret } from '../read-secret.ts';
import { seedDemo } from '../seed/seed-demo.ts';
import { listenForStop } from '../stop-signal.ts';
import type { Surroundings } from '../surroundings.ts';
import { hasOwnCustomers } from './has-own-customers.ts';
import { keepHouse } from './keep-house.ts';
import { listen } from './listen.ts';
import { makeWelcome } from './welcome.ts';

export async function serve(surroundings: Surroundings): Promise<void> {
  const { config, clock, log, say } = surroundings;
  // From the first moment on: a stop in the middle of the seed must not leave a database running.
  const stop = listenForStop({ clock, log });
  try {
    const secret = await readSecret(config);
    const server = await openServer({ config, share: false, log });
    try {
      if (server.notice !== null) say(server.notice);
      const app = await makeApp({ config, declarations, databaseUrl: server.url, secret, clock, log });
      await open(app, server, stop.signal, surroundings).finally(() => app.close());
    } finally {
      await server.close();
    }
  } finally {
    stop.dispose();
  }
}

async function open(app: App, server: OpenServer, stop: AbortSignal, surroundings: Surroundings): Promise<void> {
  const { config, clock, log, say } = surroundings;
  const { database, writer, model } = app;
  await checkEncoding(database);
  const { applied } = await migrate(database, migrationsFolder());
  if (applied.length > 0) log.info({ applied }, 'the database was brought up to date');
  const housekeeping = await keepHouse({ database, exports: app.exports, writer, model, clock, log });
  try {
    // A database of somebody's own gets the demo when they ask for it: `doorstep seed`.
    if (server.isEmbedded && !(await hasOwnCustomers(database))) {
      await seedDemo(app, { ...surroundings, signal: stop });
    }
    if (stop.aborted) return;
    app.exports.start();
    const url = await listen(app.http.app, config);
    log.info({ url }, 'listening');
    say(await makeWelcome({ app, url }));
    await waitFor(stop);
    log.info('stopping: requests in flight are finished first');
  } finally {
    housekeeping.stop();
  }
}

function waitFor(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
