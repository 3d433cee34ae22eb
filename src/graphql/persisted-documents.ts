/**
 * Operations that are called by the SHA-256 of their text (the protocol of Apollo's persisted queries). The trusted ones
 * are the files in graphql/operations; a client may add its own, unless the server answers trusted ones only.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { isJsonObject, type Json } from '../json.ts';
import { Problem } from '../problem.ts';

/** Texts by the hash of their bytes, in hexadecimal. */
export type TrustedDocuments = ReadonlyMap<string, string>;

export interface PersistedDocuments {
  /** The text with that hash. */
  find(hash: string): string | undefined;
  /** What Apollo keeps persisted queries in. */
  readonly cache: {
    get(key: string): Promise<string | undefined>;
    set(key: string, text: string): Promise<void>;
    delete(key: string): Promise<boolean>;
  };
  /** OPERATION_NOT_TRUSTED for a request with a text that is none of ours, where only those are answered. */
  check(request: Json): void;
}

/** In characters. */
const largestStore = 4_194_304;
const longestText = 65_536;

export async function readTrustedDocuments(folder: string): Promise<TrustedDocuments> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.graphql'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return new Map(texts.map((text) => [hashOf(text), text]));
}

export function makePersistedDocuments(trusted: TrustedDocuments, { only }: { only: boolean }): PersistedDocuments {
  const added = new LRUCache<string, string>({
    max: 1_000,
    maxSize: largestStore,
    maxEntrySize: longestText,
    sizeCalculation: (text) => text.length + 1,
  });
  const texts = new Set(trusted.values());
  const find = (hash: string): string | undefined => trusted.get(hash) ?? added.get(hash);
  return {
    find,
    cache: {
      get: async (key) => find(withoutPrefix(key)),
      // Apollo has compared the text with its hash.
      set: async (key, text) => void added.set(withoutPrefix(key), text),
      delete: async (key) => added.delete(withoutPrefix(key)),
    },
    check(request) {
      const query = isJsonObject(request) ? (request['query'] ?? null) : null;
      if (!only || query === null || (typeof query === 'string' && texts.has(query))) return;
      throw new Problem(
        'OPERATION_NOT_TRUSTED',
        'This server answers the operations it knows and no others; call one by the SHA-256 of its text.',
      );
    },
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Apollo puts `apq:` in front of the hash. */
function withoutPrefix(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}
