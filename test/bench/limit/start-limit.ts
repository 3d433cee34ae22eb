/** The limit, in a process of its own. */
import { compiled } from '../harness/compiled.ts';
import { type ServerProcess, startServer } from '../harness/server-process.ts';

export function startLimit(databaseUrl: string): Promise<ServerProcess> {
  return startServer('the limit', [compiled('limit/limit-server.js')], { DATABASE_URL: databaseUrl });
}
