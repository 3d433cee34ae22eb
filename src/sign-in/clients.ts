/**
 * The applications that may ask for tokens, as `doorstep client` registers them. Their secrets are shown once and kept as
 * hashes. Where an application is called back at is compared letter by letter (RFC 9700 §4.1.3), so what is registered
 * is checked here, once.
 */
import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { type Fault, invalidInput } from '../problem.ts';
import type { Database } from '../store/database.ts';
import { findClient, keepClient, listClients, type OauthClient, removeClient } from '../store/oauth-clients.ts';

export type { OauthClient } from '../store/oauth-clients.ts';

export interface NewClient extends Pick<OauthClient, 'name' | 'redirectUris' | 'needsPkce' | 'actsAs'> {
  /** Null for one that nobody knows yet. */
  readonly id: string | null;
  readonly hasSecret: boolean;
}

export interface Clients {
  find(id: string): Promise<OauthClient | null>;
  list(): Promise<readonly OauthClient[]>;
  /** The only moment at which the secret can be read. INVALID_INPUT says what is wrong with the client. */
  add(client: NewClient): Promise<{ readonly id: string; readonly secret: string | null }>;
  /** With everything that people granted to it. False when there is none. */
  remove(id: string): Promise<boolean>;
}

/** These could run in the page that follows. */
const forbiddenSchemes = new Set(['javascript:', 'vbscript:', 'data:', 'blob:', 'file:', 'about:', 'view-source:']);
const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);

export function makeClients({ database, clock }: { readonly database: Database; readonly clock: Clock }): Clients {
  return {
    find: (id) => findClient(database, id),
    list: () => listClients(database),
    remove: (id) => removeClient(database, id),
    async add({ id: wanted, hasSecret, ...client }) {
      const id = wanted ?? randomUUID();
      const secret = hasSecret ? randomBytes(32).toString('base64url') : null;
      const faults = listFaults({ ...client, id, hasSecret });
      if (faults.length > 0) throw invalidInput(faults);
      const kept = await keepClient(
        database,
        { ...client, id, secretHash: secret === null ? null : hashSecret(secret) },
        clock.now(),
      );
      if (!kept) throw invalidInput([{ pointer: '/id', message: `is the id of another client: ${id}` }]);
      return { id, secret };
    },
  };
}

export function isSecretOf(secret: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(secret), 'hex'), Buffer.from(hash, 'hex'));
}

/** Whether it is called back on the device that it runs on: other rules hold for these (RFC 8252). */
export function isNative({ redirectUris }: Pick<OauthClient, 'redirectUris'>): boolean {
  return redirectUris.some((uri) => {
    const { protocol, hostname } = new URL(uri);
    return protocol !== 'https:' && (protocol !== 'http:' || loopback.has(hostname));
  });
}

function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function listFaults({
  id,
  name,
  redirectUris,
  needsPkce,
  hasSecret,
  actsAs,
}: NewClient & { id: string }): readonly Fault[] {
  const faults: Fault[] = redirectUris.flatMap((uri, index) => {
    const message = findUriFault(uri);
    return message === null ? [] : { pointer: `/redirectUris/${index}`, message };
  });
  const add = (isWrong: boolean, pointer: string, message: string): void => {
    if (isWrong) faults.push({ pointer, message });
  };
  add(!/^[\x21-\x7e]{1,128}$/.test(id), '/id', 'must be 1 to 128 characters of ASCII without blanks');
  add(name.trim() === '' || name.length > 128, '/name', 'must be a text of 1 to 128 characters');
  add(actsAs !== null && !hasSecret, '/actsAs', 'needs a client with a secret');
  add(
    actsAs === null && redirectUris.length === 0,
    '/redirectUris',
    'must have one, or the client an account to act as',
  );
  add(!needsPkce && !hasSecret, '/needsPkce', 'may be left off by clients with a secret only');
  return faults;
}

function findUriFault(uri: string): string | null {
  if (!URL.canParse(uri)) return 'must be a URL';
  const { protocol, hostname, username, password } = new URL(uri);
  // What is compared letter by letter is written as browsers write it.
  if (uri.includes('#')) return 'must not have a fragment';
  if (/[\s\\*]/.test(uri)) return 'must not contain blanks, backslashes or stars';
  if (username !== '' || password !== '') return 'must not name a user';
  if (forbiddenSchemes.has(protocol)) return `must not have the scheme ${protocol}`;
  if (protocol === 'http:' && !loopback.has(hostname)) return 'must be https, except on this machine';
  return null;
}
