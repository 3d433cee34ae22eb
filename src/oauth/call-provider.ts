/**
 * From a request to oidc-provider and back. The library is a Koa application and wants a request whose body nobody has
 * read; here it gets one made of what Fastify has read already, so that its answers leave through the same door as all
 * others: limits, logs, drain and request ids hold for them too.
 *
 * The library is told the address under which people see this server, whatever the request said: a forged Host header
 * must not appear in a link.
 */
import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import inject from 'light-my-request';
import { addVary } from '../http/vary.ts';
import { type FindProvider, mountPath } from './provider.ts';

export interface ProviderCall {
  /** In place of the request's own, below /oauth and with its query. */
  readonly url?: string;
  /** A form (application/x-www-form-urlencoded). */
  readonly form?: string;
}

export interface ProviderAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

export type CallProvider = (request: FastifyRequest, call?: ProviderCall) => Promise<ProviderAnswer>;

/** Of the request: what belongs to a body that is written anew, and what Fastify does itself. */
const left = /^(host|connection|content-.*|transfer-encoding|accept-encoding|expect|x-forwarded-.*|forwarded)$/;
const ours = /^(connection|keep-alive|date|content-length|transfer-encoding|vary)$/;

export function makeCallProvider({
  findProvider,
  publicUrl,
}: {
  readonly findProvider: FindProvider;
  readonly publicUrl: string;
}): CallProvider {
  const { host, protocol } = new URL(publicUrl);
  return async (request, { url, form } = {}) => {
    const provider = await findProvider();
    const answer = provider.callback();
    let failure: unknown = null;
    let given: IncomingMessage | null = null;
    const onFailure = ({ req }: { readonly req: IncomingMessage }, error: unknown): void => {
      if (req === given) failure = error;
    };
    provider.on('server_error', onFailure);
    try {
      const response = await inject(
        (req, res) => {
          given = req;
          void answer(given, res);
        },
        {
          method: request.method as 'GET',
          url: url ?? request.url.slice(mountPath.length),
          headers: {
            ...Object.fromEntries(Object.entries(request.headers).filter(([name]) => !left.test(name))),
            host,
            'x-forwarded-host': host,
            'x-forwarded-proto': protocol.slice(0, -1),
            ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
          },
          ...(form === undefined ? {} : { payload: form }),
        },
      );
      // An answer that says "oops" has a reason, and it is ours to tell: to the log, or as the Problem that it is.
      if (failure !== null) throw failure as Error;
      const headers = Object.entries(response.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, typeof value === 'number' ? String(value) : value] as const],
      );
      return { status: response.statusCode, headers: Object.fromEntries(headers), body: response.payload };
    } finally {
      provider.off('server_error', onFailure);
    }
  };
}

export function sendAnswer(reply: FastifyReply, { status, headers, body }: ProviderAnswer): FastifyReply {
  for (const [name, value] of Object.entries(headers)) if (!ours.test(name)) void reply.header(name, value);
  for (const field of String(headers['vary'] ?? '')
    .split(',')
    .map((name) => name.trim()))
    if (field !== '') addVary(reply, field.toLowerCase());
  return reply.code(status).send(body);
}
