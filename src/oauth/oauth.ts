/**
 * OAuth 2.1 at `/oauth`, and `POST /auth/oauth2/token` for existing clients. oidc-provider decides; the routes here bring
 * it what came and send what it answers, with the pages for people beside it.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Tokens } from '../access/tokens.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { addAssets } from '../http/assets.ts';
import { sendProblem } from '../http/problem-reply.ts';
import { Problem } from '../problem.ts';
import type { SignInParts } from '../sign-in/sign-in.ts';
import type { Database } from '../store/database.ts';
import { type CallProvider, makeCallProvider, sendAnswer } from './call-provider.ts';
import { makeCsrf } from './csrf.ts';
import { toForm } from './form.ts';
import { makeInteractionPages } from './interaction-pages.ts';
import { setPageHeaders } from './page-headers.ts';
import { printFaultPage } from './pages/fault-page.ts';
import { style } from './pages/style.ts';
import { apiScope, makeFindProvider, mountPath } from './provider.ts';
import { makeRevokeToken } from './revoke-token.ts';

export interface OauthOptions {
  readonly signIn: SignInParts;
  readonly tokens: Pick<Tokens, 'verify'>;
  readonly database: Database;
  readonly config: Pick<Config, 'accessTokenMinutes' | 'corsOrigins'>;
  readonly secret: string;
  readonly clock: Clock;
  /** Somebody's grant has ended. */
  readonly onRevoked: (customerId: string) => void;
}

const formType = 'application/x-www-form-urlencoded';
/** No request of OAuth is longer. */
const bodyLimit = 65_536;

export function addOauth(app: FastifyInstance, options: OauthOptions): void {
  const { signIn, tokens, database, config, secret, clock, onRevoked } = options;
  const publicUrl = new URL(signIn.issuer).origin;
  const findProvider = makeFindProvider({
    ...{ signIn, database, secret, clock, onRevoked, ...config },
    printFault: ({ error, description }) =>
      printFaultPage({ title: 'This did not work', text: `${description} (${error})` }),
  });
  const call = makeCallProvider({ findProvider, publicUrl });
  const pages = makeInteractionPages({ findProvider, signIn, database, secret, csrf: makeCsrf({ secret, publicUrl }) });
  const revoke = makeRevokeToken({ call, tokens, database, onRevoked });

  addAssets(app, { [`${mountPath}/style.css`]: { type: 'text/css; charset=utf-8', text: () => style } });
  void app.register(async (scope) => {
    scope.addContentTypeParser(formType, { parseAs: 'string', bodyLimit }, (_, body, done) => done(null, body));
    addProtocol(scope, call, revoke);
    void scope.register(async (forPeople) => {
      forPeople.setErrorHandler((error, request, reply) => sendFaultPage(error, request, reply));
      const sendPage = async (request: FastifyRequest, reply: FastifyReply, url?: string): Promise<FastifyReply> => {
        const answer = await call(request, url === undefined ? {} : { url });
        if (answer.status < 300 || answer.status >= 400) setPageHeaders(reply);
        return sendAnswer(reply, answer);
      };
      forPeople.get(`${mountPath}/authorize`, (request, reply) => sendPage(request, reply, withScope(request.url)));
      forPeople.get(`${mountPath}/authorize/:uid`, (request, reply) => sendPage(request, reply));
      forPeople.get(`${mountPath}/sign-in/:uid`, (request, reply) => pages.show(request, reply));
      forPeople.post(`${mountPath}/sign-in/:uid`, { bodyLimit }, (request, reply) => pages.take(request, reply));
    });
  });
}

function addProtocol(
  scope: FastifyInstance,
  call: CallProvider,
  revoke: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>,
): void {
  const forward = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    sendAnswer(reply, await call(request));
  const sendToken = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    sendAnswer(reply, await call(request, { url: '/token', form: toForm(request.body) }));
  const describe = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const answer = await call(request, { url: '/.well-known/oauth-authorization-server' });
    if (answer.status !== 200) return sendAnswer(reply, answer);
    const known = JSON.parse(answer.body) as Readonly<Record<string, unknown>>;
    const body = { ...known, response_modes_supported: ['query'], scopes_supported: [apiScope, 'offline_access'] };
    return sendAnswer(reply, { ...answer, body: JSON.stringify(body) });
  };

  scope.post(`${mountPath}/token`, { bodyLimit }, sendToken);
  // Existing clients look for "bearer" as their reference writes it; RFC 6749 §5.1 reads it in any case.
  scope.post('/auth/oauth2/token', { bodyLimit }, async (request, reply) => {
    const answer = await call(request, { url: '/token', form: toForm(request.body) });
    return sendAnswer(reply, {
      ...answer,
      body: answer.body.replace('"token_type":"Bearer"', '"token_type":"bearer"'),
    });
  });
  scope.post(`${mountPath}/revoke`, { bodyLimit }, revoke);
  scope.get(`${mountPath}/jwks`, forward);
  for (const url of ['/token', '/revoke', '/jwks']) scope.options(mountPath + url, forward);
  // RFC 8414 §3.1 puts the path of the issuer behind, OpenID Connect Discovery 1.0 §4 before.
  for (const url of [
    '/.well-known/oauth-authorization-server/oauth',
    `${mountPath}/.well-known/oauth-authorization-server`,
    `${mountPath}/.well-known/openid-configuration`,
  ]) {
    scope.get(url, describe);
  }
}

/** Whoever asks for no scope asks for the only one (RFC 6749 §3.3); existing clients do. */
function withScope(url: string): string {
  const { pathname, searchParams } = new URL(url.slice(mountPath.length), 'http://any');
  const scopes = searchParams.getAll('scope');
  if (scopes.length <= 1 && !(scopes[0] ?? '').split(' ').includes(apiScope)) {
    searchParams.set('scope', `${scopes[0] ?? ''} ${apiScope}`.trim());
  }
  return `${pathname}?${searchParams.toString()}`;
}

function sendFaultPage(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const title =
    error instanceof Problem && error.code === 'SIGN_IN_EXPIRED' ? 'This sign-in has ended' : 'This did not work';
  setPageHeaders(reply);
  return sendProblem(error, request, reply, (problem) => ({
    contentType: 'text/html; charset=utf-8',
    body: printFaultPage({ title, text: problem.detail }),
  }));
}
