/**
 * The short way: an operation whose text was validated before goes from the parsed request straight to its question,
 * without Apollo's pipeline, which costs as much as a small question does. It answers only what it can answer well, and
 * as Apollo would; everything else, every refusal included, is Apollo's.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Viewer } from '../access/viewer.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { surround } from '../json-bytes.ts';
import type { Reader } from '../read/reader.ts';
import type { StopSignal } from '../stop.ts';
import { chooseAnswerType } from './answer-type.ts';
import type { Asked, Operations } from './operations.ts';
import { isRefusal } from './pass-through.ts';
import type { PersistedDocuments } from './persisted-documents.ts';

export interface ShortWayOptions {
  readonly reader: Reader;
  readonly operations: Operations;
  readonly documents: PersistedDocuments;
  readonly costLimit: number;
}

export interface ShortWay {
  answer(asking: Asking): Promise<ShortAnswer>;
}

interface Asking {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly viewer: Viewer;
  readonly signal: StopSignal;
}

/** `bytes` is null when Apollo has to answer; with a failure of ours, which need not be met a second time. */
export interface ShortAnswer {
  /** The whole answer. */
  readonly bytes: Buffer | null;
  readonly failure: { readonly error: unknown } | null;
}

export const noAnswer: ShortAnswer = { bytes: null, failure: null };

export function makeShortWay({ reader, operations, documents, costLimit }: ShortWayOptions): ShortWay {
  const chosen = new LRUCache<string, { readonly type: string | null }>({ max: 100 });
  const chooseType = (accept = ''): string | null => {
    const { type } = chosen.get(accept) ?? { type: chooseAnswerType(accept) };
    chosen.set(accept, { type });
    return type;
  };
  const ask = (body: JsonObject): Asked | null => {
    const text = findText(body, documents);
    const document = text === null ? undefined : operations.find(text);
    const { operationName = null, variables = null } = body;
    if (document === undefined || (operationName !== null && typeof operationName !== 'string')) return null;
    if (variables !== null && !isJsonObject(variables)) return null;
    return operations.ask(document, { operationName, variables });
  };
  return {
    async answer({ request: { id: requestId, method, body, headers }, reply, viewer, signal }) {
      if (method !== 'POST' || !isJsonObject(body as Json)) return noAnswer;
      const type = chooseType(headers.accept);
      const asked = type === null ? null : ask(body as JsonObject);
      if (asked === null || asked.cost > costLimit) return noAnswer;
      try {
        const text = await reader.readRoots(viewer, asked.roots, { signal, given: asked.given, requestId });
        reply.header('content-type', type!);
        return { bytes: surround('{"data":', text, `,"extensions":{"cost":${asked.cost}}}`), failure: null };
      } catch (error) {
        return isRefusal(error) ? noAnswer : { bytes: null, failure: { error } };
      }
    },
  };
}

/** The operation's text, sent or stored under the hash that was sent. */
function findText({ query = null, extensions = null }: JsonObject, documents: PersistedDocuments): string | null {
  if (extensions === null) return typeof query === 'string' ? query : null;
  const persisted = isJsonObject(extensions) ? (extensions['persistedQuery'] ?? null) : null;
  // With a text beside it the hash has to be compared and stored, which is Apollo's.
  if (query !== null || !isJsonObject(persisted)) return null;
  const { version, sha256Hash } = persisted;
  return version === 1 && typeof sha256Hash === 'string' ? (documents.find(sha256Hash) ?? null) : null;
}
