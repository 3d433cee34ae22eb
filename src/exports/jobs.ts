/**
 * Exports as jobs, for those who ask for them: made, watched, cancelled and fetched by one person. Whoever is not the
 * maker is told that there is nothing, in the same words as for an export that never was.
 */
import { v7 as makeId } from 'uuid';
import { readableGroups } from '../access/scope.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Model } from '../model.ts';
import { Problem } from '../problem.ts';
import type { Queryable } from '../store/database.ts';
import {
  addExportJob,
  cancelExportJob,
  type ExportJob,
  expireExportJobs,
  findExportJob,
  forgetExportJobs,
  listExportJobs,
} from '../store/export-jobs.ts';
import { isUuid } from '../uuid.ts';
import { forbidden } from '../write/problems.ts';
import { type ExportRequest, keepRequest } from './export-request.ts';
import type { JobFiles } from './job-files.ts';
import type { JobRunner } from './job-runner.ts';
import type { Manifest, Part } from './manifest.ts';
import { coversScopes, keepScopes } from './scopes.ts';

export interface PartContent {
  readonly path: string;
  readonly part: Part;
}

export interface ExportJobs {
  create(viewer: Viewer, request: ExportRequest, requestId: string): Promise<ExportJob>;
  /** NOT_FOUND for one that is not theirs. */
  get(viewer: Viewer, id: string): Promise<ExportJob>;
  /** Their own, the latest first. */
  list(viewer: Viewer, limit: number): Promise<readonly ExportJob[]>;
  /** Ends it, or does nothing when it has ended; as it is then. */
  cancel(viewer: Viewer, id: string): Promise<ExportJob>;
  /** The file of a part by its name. Rights are asked again: FORBIDDEN when the maker has lost some since then. */
  getPart(viewer: Viewer, id: string, name: string): Promise<PartContent>;
  /** Deletes what has expired. */
  expire(): Promise<void>;
  /** Deletes every file that was made for a customer: somebody is to be forgotten. */
  forgetCustomer(customerId: string): Promise<void>;
}

/** Of one person, waiting or running: files fill disks. */
const mostAtOnce = 5;

export interface JobParts {
  readonly database: Queryable;
  readonly model: Model;
  readonly files: JobFiles;
  readonly runner: JobRunner;
  readonly keptHours: number;
}

export function makeExportJobs({ database, model, files, runner, keptHours }: JobParts): ExportJobs {
  const get = async ({ customerId, userId }: Viewer, id: string): Promise<ExportJob> => {
    const job = isUuid(id) ? await findExportJob(database, { customerId, id: id.toLowerCase() }) : null;
    if (job !== null && job.madeBy === userId) return job;
    throw new Problem('NOT_FOUND', `There is no export ${JSON.stringify(id.slice(0, 64))} of yours.`);
  };
  const removeAll = async (customerId: string | null): Promise<void> => {
    for (const job of await expireExportJobs(database, customerId)) await files.remove(job);
  };
  return {
    get,
    async create(viewer, request, requestId) {
      const { customerId, userId: madeBy, organizationGroupId, client } = viewer;
      const groups = readableGroups(viewer, request.resource);
      if (groups !== 'all' && groups.size === 0) throw forbidden('read', request.resource, 'in any security group');
      const asked = { request: keepRequest(request), scopes: keepScopes(viewer, request, model) };
      const job = { customerId, id: makeId(), madeBy, organizationGroupId, client, requestId, ...asked };
      const made = await addExportJob(database, { ...job, way: 'job' }, { most: mostAtOnce, manifest: null });
      if (made === null) {
        const detail = `${mostAtOnce} exports of yours wait or run already; cancel one, or wait for it.`;
        throw new Problem('RATE_LIMITED', detail, { retryAfter: 60 });
      }
      runner.wake();
      return made;
    },
    list: ({ customerId, userId }, limit) =>
      userId === null ? Promise.resolve([]) : listExportJobs(database, { customerId, madeBy: userId, limit }),
    async cancel(viewer, id) {
      const job = await get(viewer, id);
      await cancelExportJob(database, job, keptHours);
      return get(viewer, id);
    },
    async getPart(viewer, id, name) {
      const job = await get(viewer, id);
      const { parts = [] } = (job.manifest ?? {}) as Partial<Manifest>;
      const part = parts.find((each) => each.name === name);
      const path = part === undefined || job.isExpired ? null : await files.find(job, part);
      if (part === undefined || path === null) {
        throw new Problem(
          'NOT_FOUND',
          `The export has no part ${JSON.stringify(name.slice(0, 64))}, or none any more.`,
        );
      }
      if (!coversScopes(viewer, job.scopes, model)) {
        throw new Problem('FORBIDDEN', 'You may not see all that is in this export any more; make it anew.');
      }
      return { path, part };
    },
    async expire() {
      await removeAll(null);
      await forgetExportJobs(database);
    },
    forgetCustomer: removeAll,
  };
}
