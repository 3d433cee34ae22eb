/**
 * Bodies are JSON, read strictly: UTF-8 without broken bytes, one document, within the limits of json-limits.ts.
 * Fastify's own parser is replaced because it says neither where a body is broken nor what it refuses for safety.
 */
import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { checkJson } from '../json-limits.ts';
import { invalidInput, Problem } from '../problem.ts';
import { findJsonFault } from './json-fault.ts';

/** What a body may be. A JSON Patch (RFC 6902) comes under its own name or as plain JSON. */
export const acceptedMediaTypes = ['application/json', 'application/json-patch+json'];

export function addJsonBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = (request: FastifyRequest, body: Buffer): unknown => {
    checkEncoding(request.headers['content-encoding'] ?? 'identity');
    checkCharset(request.headers['content-type'] ?? '');
    // Many clients name a content type on every request; what an address says all of may come without a body all the same.
    if (body.length === 0 && ['DELETE', 'PUT'].includes(request.method)) return undefined;
    return parseJsonBody(body);
  };
  app.addContentTypeParser(acceptedMediaTypes, { parseAs: 'buffer' }, (request, body, done) => {
    let parsed: unknown;
    try {
      parsed = parse(request, body as Buffer);
    } catch (error) {
      return done(error as Error);
    }
    done(null, parsed);
  });
  app.addHook('preValidation', (request, _, done) => {
    const isEmpty = request.body === undefined && ['POST', 'PATCH'].includes(request.method);
    done(isEmpty ? emptyBody() : undefined);
  });
}

export function parseJsonBody(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) {
    throw new Problem('MALFORMED_JSON', 'The body has to be UTF-8, and holds bytes that are not.');
  }
  // RFC 8259 §8.1 lets a reader ignore the byte order mark that some tools on Windows put first.
  const text = bytes.toString('utf8', bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw text.trim() === '' ? emptyBody() : malformed(text);
  }
  const faults = checkJson(value);
  if (faults.length > 0) throw invalidInput(faults);
  return value;
}

function malformed(text: string): Problem {
  const fault = findJsonFault(text);
  if (fault === null) return new Problem('MALFORMED_JSON', 'The body is not valid JSON.');
  const { line, column, expected, got } = fault;
  return new Problem(
    'MALFORMED_JSON',
    `The body is not valid JSON at line ${line}, column ${column}: expected ${expected}, got ${got}.`,
  );
}

function emptyBody(): Problem {
  return new Problem('MALFORMED_JSON', 'The body is empty; expected a JSON document.');
}

/** RFC 9110 §15.5.16: a coding that is not understood is 415. */
function checkEncoding(coding: string): void {
  if (coding.toLowerCase() === 'identity') return;
  throw new Problem('UNSUPPORTED_MEDIA_TYPE', `The body must not be compressed; its Content-Encoding is ${coding}.`);
}

function checkCharset(contentType: string): void {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1];
  if (charset === undefined || /^utf-?8$/i.test(charset)) return;
  throw new Problem('UNSUPPORTED_MEDIA_TYPE', `The body has to be UTF-8 (RFC 8259 §8.1), not ${charset}.`);
}
