/** Exports: straight to whoever asks, and as jobs. Every one leaves a manifest. */
import { join } from 'node:path';
import type { Viewer } from '../access/viewer.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Model } from '../model.ts';
import { makeCopier } from '../read/copier.ts';
import type { Database } from '../store/database.ts';
import { type ExportJob, findOrganization } from '../store/export-jobs.ts';
import { makeJobFiles } from './job-files.ts';
import { makeJobRunner } from './job-runner.ts';
import { type ExportJobs, makeExportJobs } from './jobs.ts';
import { type BeginExport, makeBeginExport } from './open-export.ts';
import type { RecordRead } from './record-read.ts';
import { makeRunJob } from './run-job.ts';
import { makeStreamExport, type StreamExport } from './stream-export.ts';

export interface Exports {
  readonly begin: BeginExport;
  readonly stream: StreamExport;
  readonly jobs: ExportJobs;
  /** Looks for jobs to do from now on. */
  start(): void;
  close(): Promise<void>;
}

export interface ExportParts {
  readonly database: Database;
  readonly model: Model;
  /** Who somebody is today. */
  readonly findViewer: (claims: {
    readonly customerId: string;
    readonly userId: string;
    readonly organizationId: string;
    readonly client: string | null;
  }) => Promise<Viewer | null>;
  readonly recordRead: RecordRead;
  readonly config: Pick<Config, 'dataDir' | 'exportDir' | 'exportHours' | 'exportPartRows'>;
  readonly log: Log;
}

export function makeExports({ config, findViewer, ...parts }: ExportParts): Exports {
  const { database, model } = parts;
  const { exportHours: keptHours, exportPartRows: rowsPerPart, exportDir, dataDir } = config;
  const files = makeJobFiles(exportDir ?? join(dataDir, 'exports'));
  const begin = makeBeginExport({ database, model, copier: makeCopier({ database, model }) });
  const findMaker = async ({ customerId, madeBy, organizationGroupId, client }: ExportJob): Promise<Viewer | null> => {
    const organizationId = await findOrganization(database, { customerId, securityGroupId: organizationGroupId });
    if (madeBy === null || organizationId === null) return null;
    return findViewer({ customerId, userId: madeBy, organizationId, client });
  };
  const common = { ...parts, beginExport: begin, keptHours };
  const runJob = makeRunJob({ ...common, files, findMaker, rowsPerPart });
  const runner = makeJobRunner({ ...common, runJob });
  return {
    begin,
    stream: makeStreamExport(common),
    jobs: makeExportJobs({ ...common, files, runner }),
    start: runner.start,
    close: runner.close,
  };
}
