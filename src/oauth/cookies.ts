/**
 * The cookies of signing in. They are signed, no script reads them, no other site's form brings them along, and over
 * https a neighbouring host cannot plant them (RFC 6265bis, cookie name prefixes).
 */
import { hkdfSync } from 'node:crypto';
import type { Configuration } from 'oidc-provider';

export function makeCookies({
  secret,
  isSecure,
}: {
  readonly secret: string;
  readonly isSecure: boolean;
}): NonNullable<Configuration['cookies']> {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'doorstep cookies', 32)).toString('base64url');
  const all = { httpOnly: true, sameSite: 'lax', secure: isSecure, signed: true, overwrite: true } as const;
  return {
    keys: [key],
    names: {
      // A prefix of the host needs the path "/", which those of one sign-in must not have: several may be under way.
      session: isSecure ? '__Host-doorstep-session' : 'doorstep-session',
      interaction: isSecure ? '__Secure-doorstep-sign-in' : 'doorstep-sign-in',
      resume: isSecure ? '__Secure-doorstep-resume' : 'doorstep-resume',
    },
    long: all,
    short: all,
  };
}
