/**
 * The keys that access tokens are signed with (ES256, RFC 7518 §3.4). They live in the database, sealed with the
 * installation's secret, so that every process signs with the same one and a restart changes nothing. Every ninety days
 * there is a new one. It is published before it signs, and the old one stays published until the last token that it
 * signed has expired: nobody meets a token whose key they cannot know.
 *
 * A newcomer's mistake would be to ask the database for every token. Keys are remembered for a minute; only a token that
 * names an unknown key is a reason to look earlier, and not for everybody who invents one.
 */
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { makeSeal, type Seal } from '../access/sealed.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Database } from '../store/database.ts';
import { forgetKeys, keepKey, listKeys, type StoredKey } from '../store/signing-keys.ts';

export const signingAlgorithm = 'ES256';

export interface SigningKey {
  readonly id: string;
  readonly privateJwk: JWK;
  readonly publicJwk: JWK;
  readonly created: Date;
}

export interface KeySet {
  /** The one that signs comes first; the others still verify. */
  readonly keys: readonly SigningKey[];
}

export interface SigningKeys {
  /** The same object for as long as nothing has changed. */
  current(): Promise<KeySet>;
  /** The public key of a token; null when there is none with that id. */
  findPublic(id: string): Promise<JWK | null>;
  /** Signs with a new key at once and forgets all others: every access token is void. */
  replaceAll(): Promise<void>;
}

const dayMs = 86_400_000;
const rotatedAfterMs = 90 * dayMs;
/** Longer than others remember a published set. */
const publishedBeforeMs = 3_600_000;
/** Longer than any access token lasts: see ACCESS_TOKEN_MINUTES. */
const keptAfterMs = 2 * dayMs;
const rememberedMs = 60_000;
const leastBetweenLooksMs = 2_000;

export function makeSigningKeys({
  database,
  secret,
  clock,
  log,
}: {
  readonly database: Database;
  readonly secret: string;
  readonly clock: Clock;
  readonly log: Log;
}): SigningKeys {
  const seal = makeSeal({ secret, purpose: 'signing keys' });
  let known: KeySet | null = null;
  let looked = 0;
  let looking: Promise<KeySet> | null = null;

  const read = async (): Promise<KeySet> => {
    const now = clock.now();
    const stored = await listKeys(database);
    const opened = stored.flatMap((key) => open(key, seal, log));
    const after = new Date(now.getTime() - rotatedAfterMs);
    if (opened[0] !== undefined && opened[0].created > after) return arrange(opened, now);
    // What was sealed under another secret must not keep a new key out.
    const ignored = stored.filter(({ id }) => opened.every((key) => key.id !== id)).map(({ id }) => id);
    await keepKey(database, await makeKey(now, seal), { after, ignored });
    const renewed = (await listKeys(database)).flatMap((stored) => open(stored, seal, log));
    log.info({ key: renewed[0]?.id }, 'access tokens get a new signing key');
    return arrange(renewed, now);
  };

  const look = (): Promise<KeySet> => {
    looking ??= read()
      .then((keySet) => {
        looked = clock.now().getTime();
        const isSame = idsOf(known) === idsOf(keySet);
        known = isSame && known !== null ? known : keySet;
        return known;
      })
      .finally(() => (looking = null));
    return looking;
  };

  const current = async (): Promise<KeySet> =>
    known !== null && clock.now().getTime() - looked < rememberedMs ? known : look();

  return {
    current,
    async findPublic(id) {
      const find = (keySet: KeySet): JWK | null => keySet.keys.find((key) => key.id === id)?.publicJwk ?? null;
      const found = find(await current());
      if (found !== null || clock.now().getTime() - looked < leastBetweenLooksMs) return found;
      return find(await look());
    },
    async replaceAll() {
      const old = (await listKeys(database)).map(({ id }) => id);
      await forgetKeys(database, old);
      known = null;
      await look();
    },
  };
}

/** In the order of their use: the newest that was published for long enough, or the only one. */
function arrange(opened: readonly SigningKey[], now: Date): KeySet {
  const published = (key: SigningKey): boolean => key.created.getTime() <= now.getTime() - publishedBeforeMs;
  const signer = opened.find(published) ?? opened.at(-1)!;
  const place = opened.indexOf(signer);
  // A key has signed nothing since the one above it became the signer.
  const isOver = (index: number): boolean => {
    const next = opened[index - 1];
    return index > place && next!.created.getTime() + publishedBeforeMs + keptAfterMs < now.getTime();
  };
  return { keys: [signer, ...opened.filter((key, index) => key !== signer && !isOver(index))] };
}

async function makeKey(created: Date, seal: Seal): Promise<StoredKey> {
  const { privateKey, publicKey } = await generateKeyPair(signingAlgorithm, { extractable: true });
  const id = await calculateJwkThumbprint(await exportJWK(publicKey));
  return { id, created, sealed: seal.seal(JSON.stringify(await exportJWK(privateKey)), id) };
}

function open({ id, sealed, created }: StoredKey, seal: Seal, log: Log): readonly SigningKey[] {
  try {
    const jwk = { ...(JSON.parse(seal.open(sealed, id)) as JWK), kid: id, alg: signingAlgorithm, use: 'sig' };
    const { d: _private, ...publicJwk } = jwk;
    return [{ id, privateJwk: jwk, publicJwk, created }];
  } catch (error) {
    log.warn({ err: error, key: id }, 'a signing key was sealed with another secret and is not used');
    return [];
  }
}

function idsOf(keySet: KeySet | null): string {
  return keySet?.keys.map(({ id }) => id).join(' ') ?? '';
}
