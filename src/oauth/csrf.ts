/**
 * That a form was sent from the page that we made, by the browser that we made it for. The page carries a code made from
 * the sign-in's own id, which only that browser's cookie names; and where a browser says which site a form came from, it
 * must have been this one (https://fetch.spec.whatwg.org/#origin-header).
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';

export interface Csrf {
  /** For a hidden field of the form. */
  makeCode(signInId: string): string;
  /** Throws FORBIDDEN. */
  check(request: FastifyRequest, signInId: string, code: string | undefined): void;
}

export function makeCsrf({ secret, publicUrl }: { readonly secret: string; readonly publicUrl: string }): Csrf {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'doorstep forms', 32));
  const makeCode = (signInId: string): string => createHmac('sha256', key).update(signInId).digest('base64url');
  return {
    makeCode,
    check(request, signInId, code = '') {
      const { origin, 'sec-fetch-site': site } = request.headers;
      const own = [publicUrl, `${request.protocol}://${request.host}`];
      const isForeign = (origin !== undefined && !own.includes(origin)) || site === 'cross-site';
      const [given, expected] = [Buffer.from(code), Buffer.from(makeCode(signInId))];
      const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
      if (isForeign || !isOurs) throw new Problem('FORBIDDEN', 'This form did not come from the page of this sign-in.');
    },
  };
}
