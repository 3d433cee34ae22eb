/**
 * Secrets that the server has to use and nobody may read: sealed with AES-256-GCM (NIST SP 800-38D) under a key that is
 * derived from the installation's secret (HKDF, RFC 5869), so that a copy of the database alone opens nothing. What a
 * secret belongs to is sealed in, so that it cannot be moved to another row.
 *
 * A newcomer's mistake would be to seal with the installation's secret itself: it signs tokens, and a key has one use.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export interface Seal {
  /** A version byte, 12 bytes of nonce, 16 of tag, and the text. */
  seal(text: string, belongsTo: string): Buffer;
  /** Throws when it was sealed under another secret, belongs to something else, or was changed. */
  open(sealed: Uint8Array, belongsTo: string): string;
}

const algorithm = 'aes-256-gcm';
const version = 1;
const nonceLength = 12;
const tagLength = 16;

export function makeSeal({ secret, purpose }: { readonly secret: string; readonly purpose: string }): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `doorstep ${purpose}`, 32));
  return {
    seal(text, belongsTo) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(belongsTo));
      const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), hidden]);
    },
    open(sealed, belongsTo) {
      const bytes = Buffer.from(sealed);
      if (bytes[0] !== version) throw new Error('The sealed text has a form that this version does not know');
      const [afterNonce, afterTag] = [1 + nonceLength, 1 + nonceLength + tagLength];
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(1, afterNonce))
        .setAAD(Buffer.from(belongsTo))
        .setAuthTag(bytes.subarray(afterNonce, afterTag));
      return Buffer.concat([decipher.update(bytes.subarray(afterTag)), decipher.final()]).toString('utf8');
    },
  };
}
