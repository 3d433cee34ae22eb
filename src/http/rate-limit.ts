/**
 * How many requests a caller may send in a minute, told in every answer by the fields of
 * draft-ietf-httpapi-ratelimit-headers (`RateLimit`, `RateLimit-Policy`) and refused with `Retry-After`.
 *
 * Each request is counted once and before anything else is done for it: for the person of its token when that was
 * verified before, else for its network. So whoever guesses tokens is stopped before the next one is verified, and
 * people who share a network with them go on, because their tokens are known.
 */
import type { FastifyInstance } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import { Problem } from '../problem.ts';
import type { FindCaller } from './find-caller.ts';
import { isProbe } from './health.ts';
import { networkOf } from './network-of.ts';

export interface RateLimitOptions {
  /** Requests in a window; 0 is no limit. */
  readonly limit: number;
  readonly findCaller: FindCaller;
  readonly clock: Clock;
}

const windowSeconds = 60;

/** Of whoever comes after so many others, the count is forgotten: memory has to have an end. */
const mostCallers = 20_000;

export function addRateLimit(app: FastifyInstance, { limit, findCaller, clock }: RateLimitOptions): void {
  if (limit === 0) return;
  const policy = `"default";q=${limit};w=${windowSeconds}`;
  const windows = new LRUCache<string, { used: number; readonly ends: number }>({ max: mostCallers });

  app.addHook('onRequest', (request, reply, done) => {
    if (isProbe(request.url)) return done();
    const caller = findCaller(request) ?? networkOf(request.ip);
    const now = clock.now().getTime();
    let window = windows.get(caller);
    if (window === undefined || window.ends <= now) {
      window = { used: 0, ends: now + windowSeconds * 1_000 };
      windows.set(caller, window);
    }
    window.used += 1;
    const seconds = Math.ceil((window.ends - now) / 1_000);
    const left = Math.max(0, limit - window.used);
    reply.header('ratelimit-policy', policy).header('ratelimit', `"default";r=${left};t=${seconds}`);
    if (window.used <= limit) return done();
    const detail = `${limit} requests in ${windowSeconds} seconds are the limit; the next is answered in ${seconds}.`;
    done(new Problem('RATE_LIMITED', detail, { retryAfter: seconds }));
  });
}
