/** What the handlers are made from, and what a handler is. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BulkReads } from '../audit/bulk-reads.ts';
import type { Authenticate } from '../http/authenticate.ts';
import type { Model } from '../model.ts';
import type { Reader } from '../read/reader.ts';
import type { Writer } from '../write/writer.ts';

export interface RestParts {
  readonly model: Model;
  readonly reader: Reader;
  readonly writer: Writer;
  readonly authenticate: Authenticate;
  readonly bulkReads: BulkReads;
  /** How long the reader of a streamed answer may take for each 64 KiB of it. */
  readonly drainTimeoutMs: number;
  /** Bytes. */
  readonly bulkBodyLimit: number;
}

export type Handle = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
