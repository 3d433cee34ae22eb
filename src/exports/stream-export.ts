/**
 * An export that goes straight to whoever asked for it. Its manifest is kept beside, because HTTP has no place behind a
 * body that clients read: the answer links to it, and it says afterwards whether everything has come, and its checksum.
 */
import { createHash } from 'node:crypto';
import { v7 as makeId } from 'uuid';
import type { Viewer } from '../access/viewer.ts';
import type { Log } from '../log.ts';
import type { Model } from '../model.ts';
import type { StopSignal } from '../stop.ts';
import type { Queryable } from '../store/database.ts';
import { addExportJob, endExportJob } from '../store/export-jobs.ts';
import { failureOf } from './failure-of.ts';
import { type ExportRequest, keepRequest } from './export-request.ts';
import { type ExportState, makeManifest, partName } from './manifest.ts';
import type { BeginExport, OpenExport } from './open-export.ts';
import type { RecordRead } from './record-read.ts';
import { keepScopes } from './scopes.ts';

export interface ExportStream {
  readonly id: string;
  readonly mediaType: string;
  readonly fileName: string;
  /** A failure in the middle is thrown; the manifest says so then. */
  readonly bytes: AsyncGenerator<Buffer, void>;
}

export interface StreamOptions {
  readonly signal: StopSignal;
  readonly requestId: string;
}

export interface StreamParts {
  readonly database: Queryable;
  readonly model: Model;
  readonly beginExport: BeginExport;
  readonly recordRead: RecordRead;
  readonly keptHours: number;
  readonly log: Log;
}

export type StreamExport = (viewer: Viewer, request: ExportRequest, options: StreamOptions) => Promise<ExportStream>;

export function makeStreamExport(parts: StreamParts): StreamExport {
  return async (viewer, request, options) => {
    const { database, model, beginExport } = parts;
    const id = makeId();
    const open = await beginExport(viewer, request, { signal: options.signal });
    try {
      const { customerId, userId: madeBy, organizationGroupId, client } = viewer;
      const manifest = makeManifest(id, request, open.facts, { state: 'running', parts: [], failure: null });
      const job = { customerId, id, madeBy, organizationGroupId, client, requestId: options.requestId };
      const kept = { ...job, request: keepRequest(request), scopes: keepScopes(viewer, request, model) };
      await addExportJob(database, { ...kept, way: 'stream' }, { most: 0, manifest });
      const { format } = request;
      const bytes = readAll(parts, { id, viewer, request, open, ...options });
      return { id, mediaType: format.mediaType, fileName: partName(request, 1), bytes };
    } catch (error) {
      await open.close();
      throw error;
    }
  };
}

interface Reading extends StreamOptions {
  readonly id: string;
  readonly viewer: Viewer;
  readonly request: ExportRequest;
  readonly open: OpenExport;
}

async function* readAll(
  { database, recordRead, keptHours, log }: StreamParts,
  { id, viewer, request, open, signal, requestId }: Reading,
): AsyncGenerator<Buffer, void> {
  const hash = createHash('sha256');
  let [rows, bytes] = [0, 0];
  // Whoever leaves in the middle ends the loop without an error.
  let state: ExportState = 'cancelled';
  let failure: unknown = null;
  try {
    for await (const piece of open.pieces) {
      rows += piece.rows;
      bytes += piece.bytes.length;
      hash.update(piece.bytes);
      if (piece.bytes.length > 0) yield Buffer.from(piece.bytes.buffer, piece.bytes.byteOffset, piece.bytes.length);
    }
    state = 'complete';
  } catch (error) {
    if (!signal.aborted) [state, failure] = ['failed', error];
    throw error;
  } finally {
    await open.close();
    const whole = state === 'complete' ? [{ name: partName(request, 1), rows, bytes, sha256: hash.digest('hex') }] : [];
    const told = failure === null ? null : failureOf(failure);
    const manifest = makeManifest(id, request, open.facts, { state, parts: whole, failure: told });
    const { resource, filterText: filter } = request;
    recordRead({ viewer, transport: 'export', resource: resource.label, filter, rows, requestId });
    const { customerId } = viewer;
    await endExportJob(database, { customerId, id }, { state, rows, bytes, manifest, keptHours }).catch(
      (error: unknown) => log.warn({ err: error, export: id }, 'the manifest of an export could not be written'),
    );
  }
}
