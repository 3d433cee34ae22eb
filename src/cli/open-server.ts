/**
 * The PostgreSQL server that the settings name: DATABASE_URL, or the embedded one in DATA_DIR. `serve` owns the
 * embedded server; the other commands share the one of a running `serve`, and start it for themselves when none runs.
 */
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { startEmbedded } from '../store/embedded.ts';

export interface OpenServer {
  readonly url: string;
  readonly isEmbedded: boolean;
  /** Something that the person who starts the server should know. */
  readonly notice: string | null;
  /** Stops the embedded server, unless a running `serve` needs it. */
  close(): Promise<void>;
}

export interface OpenServerOptions {
  readonly config: Pick<Config, 'databaseUrl' | 'dataDir'>;
  readonly share: boolean;
  readonly log: Log;
}

export async function openServer({ config, share, log }: OpenServerOptions): Promise<OpenServer> {
  if (config.databaseUrl !== null) {
    return { url: config.databaseUrl, isEmbedded: false, notice: null, close: async () => undefined };
  }
  const { url, notice, stop } = await startEmbedded({ dataDir: config.dataDir, share, log });
  return { url, isEmbedded: true, notice, close: stop };
}
