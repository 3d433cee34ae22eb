/** Starts an embedded server and holds it until it is killed: one line says the URL or why not. */
import { join } from 'node:path';
import { createServerModuleRunner, createServer } from 'vite';

const [dataDir, settings] = process.argv.slice(2);
const root = join(import.meta.dirname, '../../..');
const vite = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true, ws: false },
});
const { startEmbedded } = await createServerModuleRunner(vite.environments.ssr).import(
  join(root, 'src/store/embedded.ts'),
);
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
try {
  const { url } = await startEmbedded({ dataDir, settings: JSON.parse(settings), log });
  console.log(url);
} catch (error) {
  console.log(String(error));
}
process.stdin.resume();
