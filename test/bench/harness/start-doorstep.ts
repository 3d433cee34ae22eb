/** Doorstep as it is installed: the command, in a process of its own. */
import { doorstepCommand, runDoorstep } from './run-doorstep.ts';
import { type Environment, type ServerProcess, startServer } from './server-process.ts';

export interface DoorstepOptions {
  readonly databaseUrl: string;
  /** For the secret that servers and tokens share. */
  readonly dataDir: string;
  readonly settings?: Environment;
}

/** The benchmark is one caller, who asks more in a second than a person may in a minute: RATE_LIMIT. */
const settingsOf = ({ databaseUrl, dataDir }: DoorstepOptions): Environment => ({
  DATABASE_URL: databaseUrl,
  DATA_DIR: dataDir,
  LOG_LEVEL: 'warn',
  RATE_LIMIT: '0',
});

export function startDoorstep(options: DoorstepOptions): Promise<ServerProcess> {
  // All of the load comes from one caller.
  const own = { PORT: '0', POOL_SIZE: '10', RATE_LIMIT: '0' };
  const env = { ...settingsOf(options), ...own, ...options.settings };
  return startServer('doorstep', [doorstepCommand, 'serve'], env);
}

export function makeToken(options: DoorstepOptions, email: string, customer: string): Promise<string> {
  return runDoorstep(['token', email, '--customer', customer, '--lifetime', '7d'], settingsOf(options));
}
