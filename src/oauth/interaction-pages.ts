/**
 * The steps between an application's request and its code: who is it (e-mail and password), at which customer, and may
 * this application in, for which organization. oidc-provider knows what is missing and calls each step an interaction;
 * here it gets a page, and what comes back is checked against what the page could have offered.
 */
import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Interaction, InteractionResults, Provider } from 'oidc-provider';
import { SessionNotFound } from 'oidc-provider/lib/helpers/errors.js';
import { makeSeal } from '../access/sealed.ts';
import { networkOf } from '../http/network-of.ts';
import { Problem } from '../problem.ts';
import type { Account } from '../sign-in/check-password.ts';
import type { SignInParts } from '../sign-in/sign-in.ts';
import type { Database } from '../store/database.ts';
import { placeGrant } from '../store/oauth-records.ts';
import { parseAccountId, printAccountId } from './account-id.ts';
import type { Csrf } from './csrf.ts';
import { type Form, parseForm } from './form.ts';
import { setPageHeaders } from './page-headers.ts';
import { printConsentPage } from './pages/consent-page.ts';
import { printCustomerPage } from './pages/customer-page.ts';
import { printSignInPage } from './pages/sign-in-page.ts';
import { apiScope, type FindProvider, mountPath } from './provider.ts';

export interface InteractionPages {
  show(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>;
  take(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>;
}

export interface InteractionPagesOptions {
  readonly findProvider: FindProvider;
  readonly signIn: SignInParts;
  readonly database: Database;
  readonly csrf: Csrf;
  readonly secret: string;
}

/** One request for a step. */
interface Step {
  readonly provider: Provider;
  readonly interaction: Interaction;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly client: string;
  readonly action: string;
  readonly csrf: string;
  readonly destination: string;
}

export function makeInteractionPages(options: InteractionPagesOptions): InteractionPages {
  const { findProvider, signIn, database, csrf, secret } = options;
  const proofs = makeSeal({ secret, purpose: 'sign-in proofs' });

  const begin = async (request: FastifyRequest, reply: FastifyReply): Promise<Step> => {
    const provider = await findProvider();
    const interaction = await provider.interactionDetails(request.raw, reply.raw).catch(refuseExpired);
    const { uid, params } = interaction;
    if ((request.params as { readonly uid: string }).uid !== uid) throw expired();
    const client = await signIn.clients.find(String(params['client_id']));
    if (client === null) throw expired();
    const step = {
      provider,
      interaction,
      request,
      reply,
      client: client.name,
      destination: String(params['redirect_uri']),
    };
    return { ...step, action: `${mountPath}/sign-in/${uid}`, csrf: csrf.makeCode(uid) };
  };

  const send = ({ reply, destination }: Step, page: string, status = 200): FastifyReply =>
    setPageHeaders(reply, destination).code(status).send(page);

  const finish = async (
    { provider, request, reply }: Step,
    result: InteractionResults,
    options: { readonly mergeWithLastSubmission?: boolean } = {},
  ): Promise<FastifyReply> => {
    const returnTo = await provider.interactionResult(request.raw, reply.raw, result, options);
    // The path alone: the browser stays on the name that it reached us by, whose cookies it has.
    return reply.header('cache-control', 'no-store').redirect(new URL(returnTo).pathname, 303);
  };

  const showSignIn = (step: Step, email = '', fault: string | null = null, status = 200): FastifyReply =>
    send(step, printSignInPage({ ...step, email, fault }), status);

  const enter = async (step: Step, account: Account): Promise<FastifyReply> => {
    await endSession(step);
    return finish(step, { login: { accountId: printAccountId(account), remember: false } });
  };

  const takePassword = async (step: Step, { email = '', password = '' }: Form): Promise<FastifyReply> => {
    const network = networkOf(step.request.ip);
    let accounts: readonly Account[];
    try {
      accounts = await signIn.checkPassword({ email, password, network });
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'RATE_LIMITED') throw error;
      step.reply.header('retry-after', String(error.facts.retryAfter));
      return showSignIn(step, email, error.detail, error.status);
    }
    if (accounts.length === 0) return showSignIn(step, email, 'The e-mail or the password is not right.', 400);
    const places = await Promise.all(accounts.map((account) => signIn.listPlaces(account)));
    const open = accounts.flatMap((account, index) => {
      const [place] = places[index]!;
      return place === undefined ? [] : [{ value: printAccountId(account), label: place.customerName }];
    });
    const [only, another] = open;
    if (only === undefined) {
      return showSignIn(step, email, 'You are an active member of no organization. Ask whoever invited you.', 403);
    }
    if (another === undefined) return enter(step, parseAccountId(only.value)!);
    const proved = JSON.stringify(open.map(({ value }) => value));
    const proof = proofs.seal(proved, step.interaction.uid).toString('base64url');
    return send(step, printCustomerPage({ ...step, proof, customers: open }));
  };

  const takeCustomer = async (step: Step, { proof = '', account = '' }: Form): Promise<FastifyReply> => {
    const chosen = openProof(proof, step.interaction.uid).includes(account) ? parseAccountId(account) : null;
    if (chosen === null) throw new Problem('FORBIDDEN', 'That is none of the customers that the page offered.');
    return enter(step, chosen);
  };

  const openProof = (proof: string, uid: string): readonly string[] => {
    try {
      return JSON.parse(proofs.open(Buffer.from(proof, 'base64url'), uid)) as readonly string[];
    } catch {
      return [];
    }
  };

  const showConsent = async (step: Step, fault: string | null = null): Promise<FastifyReply> => {
    const account = accountOf(step);
    const [email, places] = await Promise.all([signIn.findEmail(account), signIn.listPlaces(account)]);
    // Somebody who was signed in before and may not be any more begins anew.
    if (email === null || places.length === 0) return leave(step);
    const organizations = places.map(({ organizationId: value, organizationName: label }) => ({ value, label }));
    const { host, protocol } = new URL(step.destination);
    const shown = { ...step, email, customer: places[0]!.customerName, destination: host === '' ? protocol : host };
    return send(step, printConsentPage({ ...shown, organizations, fault }), fault === null ? 200 : 400);
  };

  const takeConsent = async (step: Step, { decision, organization = '' }: Form): Promise<FastifyReply> => {
    if (decision === 'switch') return leave(step);
    if (decision === 'deny') return finish(step, { error: 'access_denied', error_description: 'the person said no' });
    if (decision !== 'allow') return showConsent(step, 'Choose one of the three.');
    const account = accountOf(step);
    const places = await signIn.listPlaces(account);
    const place = places.find(({ organizationId }) => organizationId === organization);
    if (place === undefined) return showConsent(step, 'Choose one of your organizations.');
    const { provider, interaction } = step;
    const ids = {
      jti: randomUUID(),
      accountId: printAccountId(account),
      clientId: String(interaction.params['client_id']),
    };
    const grant = new provider.Grant(ids);
    grant.addResourceScope(String(interaction.params['resource']), apiScope);
    const grantId = await grant.save();
    await placeGrant(database, grantId, place.organizationId);
    return finish(step, { consent: { grantId, organizationId: place.organizationId } });
  };

  /** Back to the page that asks for e-mail and password. */
  const leave = async (step: Step): Promise<FastifyReply> => {
    await endSession(step);
    // Who signed in a step ago would be signed in again.
    return finish(step, {}, { mergeWithLastSubmission: false });
  };

  return {
    async show(request, reply) {
      const step = await begin(request, reply);
      return step.interaction.prompt.name === 'login' ? showSignIn(step) : showConsent(step);
    },
    async take(request, reply) {
      const step = await begin(request, reply);
      const form = parseForm(request.body);
      csrf.check(request, step.interaction.uid, form['csrf']);
      if (step.interaction.prompt.name !== 'login') return takeConsent(step, form);
      return form['proof'] === undefined ? takePassword(step, form) : takeCustomer(step, form);
    },
  };
}

/** What the browser knew of somebody before ends here; the step then belongs to nobody. */
async function endSession({ provider, interaction }: Step): Promise<void> {
  const uid = interaction.session?.uid;
  if (uid === undefined) return;
  await (await provider.Session.findByUid(uid))?.destroy();
  delete interaction.session;
  await interaction.persist();
}

function accountOf({ interaction }: Step): Account {
  const account = parseAccountId(interaction.session?.accountId);
  if (account === null) throw expired();
  return account;
}

function refuseExpired(error: unknown): never {
  if (error instanceof SessionNotFound) throw expired();
  throw error;
}

function expired(): Problem {
  return new Problem('SIGN_IN_EXPIRED', 'This sign-in has ended, or was begun in another browser.');
}
