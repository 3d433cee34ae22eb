/**
 * Answers in the coding that their client likes (RFC 9110 §8.4), from a size on at which that saves packets.
 *
 * The etag stays as it is. RFC 9110 §8.8.3.3 wants another for each coding, or a weak one, because caches and ranges put
 * bytes together by it; no answer of ours may be kept by a cache or asked for in parts. It names the version of a row,
 * and goes back in `If-Match`, where a weak one never matches (§13.1.1). Nor can anybody guess at secrets by the length
 * of answers (BREACH): no browser sends a token on its own.
 *
 * A newcomer's mistake would be to end the coded stream when its rows broke: then half a list looks like a whole one.
 */
import { pipeline, Readable } from 'node:stream';
import zlib from 'node:zlib';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Coding, makeChooseCoding } from './choose-coding.ts';
import { addVary } from './vary.ts';

/** Less fits into one packet anyhow, and is often longer when it is coded. */
const fromBytes = 1_024;

/** Up to here the work takes less time than handing it to another thread. */
const atOnceBytes = 32_768;

/** Text, and not a stream of events, whose reader waits for each. */
const codable =
  /^(?:text\/(?!event-stream)|application\/(?:[\w.-]+\+)?(?:json|xml)\b|application\/(?:x-ndjson|javascript)\b)/i;

// The first levels: the ones above cost twice as much for a tenth less.
const gzip = { level: 1 };
const brotli = {
  params: {
    [zlib.constants.BROTLI_PARAM_QUALITY]: 1,
    [zlib.constants.BROTLI_PARAM_MODE]: zlib.constants.BROTLI_MODE_TEXT,
  },
};

type Done = (error: Error | null, bytes: Buffer) => void;

interface Coder {
  readonly atOnce: (bytes: Buffer) => Buffer;
  readonly aside: (bytes: Buffer, done: Done) => void;
  readonly stream: () => zlib.Gzip | zlib.BrotliCompress;
}

const coders: Readonly<Record<Coding, Coder>> = {
  br: {
    atOnce: (bytes) => zlib.brotliCompressSync(bytes, brotli),
    aside: (bytes, done) => zlib.brotliCompress(bytes, brotli, done),
    stream: () => zlib.createBrotliCompress(brotli),
  },
  gzip: {
    atOnce: (bytes) => zlib.gzipSync(bytes, gzip),
    aside: (bytes, done) => zlib.gzip(bytes, gzip, done),
    stream: () => zlib.createGzip(gzip),
  },
};

export function addCompression(app: FastifyInstance): void {
  const chooseCoding = makeChooseCoding();
  app.addHook('onSend', (request, reply, payload: unknown, done) => {
    addVary(reply, 'accept-encoding');
    const coding = chooseCoding(request.headers['accept-encoding']);
    if (coding === null || !isCodable(reply)) return done(null, payload);
    const coder = coders[coding];
    if (payload instanceof Readable) {
      reply.header('content-encoding', coding).removeHeader('content-length');
      // A failure on either side destroys the other, and nothing is ended that was not complete. Fastify logs it.
      const coded = pipeline(payload, coder.stream(), () => undefined);
      return done(null, coded);
    }
    if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return done(null, payload);
    if (Buffer.byteLength(payload) < fromBytes) return done(null, payload);
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
    // For HEAD too: Fastify takes the length of what GET would send from it.
    const send = (coded: Buffer): void => {
      reply.header('content-encoding', coding);
      done(null, coded);
    };
    if (bytes.length <= atOnceBytes) return send(coder.atOnce(bytes));
    coder.aside(bytes, (error, coded) => (error === null ? send(coded) : done(error)));
  });
}

function isCodable(reply: FastifyReply): boolean {
  // Whoever continues with a range counts the bytes as they are.
  const whole = ['content-encoding', 'content-range', 'accept-ranges'].every((name) => !reply.hasHeader(name));
  if (!whole) return false;
  return codable.test(String(reply.getHeader('content-type') ?? ''));
}
