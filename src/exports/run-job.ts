/**
 * One job from its beginning to its end: its rows into files, its manifest as it grows, and how it ended. Every second it
 * says that it is alive and how far it is, and hears whether somebody wants it to end.
 */
import type { Viewer } from '../access/viewer.ts';
import type { Log } from '../log.ts';
import type { Model } from '../model.ts';
import { Problem } from '../problem.ts';
import type { Stop } from '../stop.ts';
import type { Queryable } from '../store/database.ts';
import { endExportJob, type ExportJob, noteProgress } from '../store/export-jobs.ts';
import { type AskedExport, checkExport, type ExportRequest } from './export-request.ts';
import { failureOf } from './failure-of.ts';
import type { JobFiles } from './job-files.ts';
import { type ExportFacts, type ExportState, makeManifest, type Manifest, type Part } from './manifest.ts';
import type { BeginExport } from './open-export.ts';
import type { RecordRead } from './record-read.ts';
import { type WrittenSoFar, writeParts } from './write-parts.ts';

export interface RunJobParts {
  readonly database: Queryable;
  readonly model: Model;
  readonly beginExport: BeginExport;
  readonly files: JobFiles;
  /** Who made the job, as they are today; null when that person may not sign in any more. */
  readonly findMaker: (job: ExportJob) => Promise<Viewer | null>;
  readonly recordRead: RecordRead;
  readonly rowsPerPart: number;
  readonly keptHours: number;
  readonly log: Log;
}

export type RunJob = (job: ExportJob, stop: Stop) => Promise<void>;

const tellEveryMs = 1_000;

/** Why a job ends before its end, other than by a failure. */
export class JobCancelled extends Error {
  override readonly name = 'JobCancelled';
}

export function makeRunJob(parts: RunJobParts): RunJob {
  const { database, model, beginExport, files, findMaker, recordRead, rowsPerPart, keptHours, log } = parts;
  return async (job, stop) => {
    const whole: Part[] = [];
    let written: WrittenSoFar = { rows: 0, bytes: 0 };
    let known: { readonly request: ExportRequest; readonly facts: ExportFacts } | null = null;
    const describe = (state: ExportState, failure: Manifest['failure'] = null): Manifest | null =>
      known === null ? null : makeManifest(job.id, known.request, known.facts, { state, parts: whole, failure });
    const tell = async (more: { readonly total?: number; readonly manifest?: object } = {}): Promise<void> => {
      const goesOn = await noteProgress(database, job, { ...written, ...more });
      if (!goesOn) stop.abort(new JobCancelled('Somebody cancelled the export'));
    };
    // A database that is away for a moment is found out by the export itself.
    const timer = setInterval(() => void tell().catch(() => undefined), tellEveryMs);
    const run = async (): Promise<void> => {
      const viewer = await findMaker(job);
      if (viewer === null) throw new Problem('FORBIDDEN', 'Whoever asked for the export may not sign in any more.');
      const request = checkExport(job.request as unknown as AskedExport, model);
      const open = await beginExport(viewer, request, { signal: stop.signal, own: true, rowsPerPart });
      try {
        known = { request, facts: open.facts };
        await tell({ total: await open.count(), manifest: describe('running')! });
        await writeParts(open, request, {
          begin: (name) => files.begin(job, name),
          async onPart(part) {
            whole.push(part);
            await tell({ manifest: describe('running')! });
          },
          onProgress(so) {
            written = so;
            stop.signal.throwIfAborted();
          },
        });
      } finally {
        await open.close();
        const { resource, filterText: filter } = request;
        const { rows } = written;
        recordRead({ viewer, transport: 'export', resource: resource.label, filter, rows, requestId: job.requestId });
      }
    };
    let [state, failure]: [ExportState, Manifest['failure']] = ['complete', null];
    try {
      await run();
    } catch (error) {
      const isCancelled = error instanceof JobCancelled;
      [state, failure] = isCancelled ? ['cancelled', null] : ['failed', failureOf(error)];
      if (failure?.code === 'INTERNAL') log.error({ err: error, export: job.id }, 'an export failed');
    } finally {
      clearInterval(timer);
    }
    const manifest = describe(state, failure);
    if (manifest !== null) {
      await files
        .describe(job, 'manifest.json', `${JSON.stringify(manifest, null, 2)}\n`)
        .catch((error: unknown) => log.warn({ err: error, export: job.id }, 'a manifest could not be written'));
    }
    await endExportJob(database, job, { state, ...written, manifest: manifest ?? { state, failure }, keptHours });
  };
}
