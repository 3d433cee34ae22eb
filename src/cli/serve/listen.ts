/** Opens the port and says under which URL; a port that cannot be had is a sentence and not a stack. */
import type { FastifyInstance } from 'fastify';
import type { Config } from '../../config.ts';
import { CommandFailure } from '../command-failure.ts';

export async function listen(app: FastifyInstance, { host, port }: Pick<Config, 'host' | 'port'>): Promise<string> {
  await app.listen({ host, port }).catch((error: NodeJS.ErrnoException) => {
    const reason = reasons[error.code ?? ''];
    throw reason === undefined ? error : new CommandFailure(reason(host, port));
  });
  const address = app.server.address();
  const open = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${reachable(host)}:${open}`;
}

const reasons: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) =>
    `Port ${port} of ${host} is in use. Stop what uses it, or set PORT to another one (PORT=0 takes any that is free).`,
  EACCES: (_, port) => `Port ${port} may only be opened by root. Set PORT to one above 1023.`,
  EADDRNOTAVAIL: (host) => `HOST is ${host}, which is no address of this machine.`,
  ENOTFOUND: (host) => `HOST is ${host}, which is no name that this machine knows.`,
  EAI_AGAIN: (host) => `HOST is ${host}, which is no name that this machine knows.`,
};

/** What to type here: a server that listens on every address is reached at this machine's own. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
