/**
 * The files of jobs: a folder for each, and in it the parts. A part has its name only when it is whole and on the disk;
 * until then it is called .partial, and whoever finds one may delete it.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobKey } from '../store/export-jobs.ts';
import type { Part } from './manifest.ts';

export interface PartFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Makes it a part, which is whole. */
  finish(rows: number): Promise<Part>;
  discard(): Promise<void>;
}

export interface JobFiles {
  begin(job: JobKey, name: string): Promise<PartFile>;
  /** A text beside the parts, for whoever finds the folder. */
  describe(job: JobKey, name: string, text: string): Promise<void>;
  /** Where a part is; null when it is gone. */
  find(job: JobKey, part: Part): Promise<string | null>;
  remove(job: JobKey): Promise<void>;
}

/** The folder is made when something is put into it; nobody but the server's user can enter it. */
export function makeJobFiles(folder: string): JobFiles {
  // Ids are UUIDs, and names are made of ours: none of them can lead out of the folder.
  const folderOf = ({ customerId, id }: JobKey): string => join(folder, customerId, id);
  return {
    async begin(job, name) {
      await mkdir(folderOf(job), { recursive: true, mode: 0o700 });
      return beginPart(folderOf(job), name);
    },
    async describe(job, name, text) {
      await mkdir(folderOf(job), { recursive: true, mode: 0o700 });
      const file = await beginPart(folderOf(job), name);
      await file.write(Buffer.from(text));
      await file.finish(0);
    },
    async find(job, { name, bytes }) {
      const path = join(folderOf(job), name);
      const found = await stat(path).catch(() => null);
      return found?.size === bytes ? path : null;
    },
    remove: (job) => rm(folderOf(job), { recursive: true, force: true }),
  };
}

/** In a folder that is there. */
export async function beginPart(folder: string, name: string): Promise<PartFile> {
  const path = join(folder, name);
  const partial = `${path}.partial`;
  const file = await open(partial, 'w', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    async write(piece) {
      hash.update(piece);
      bytes += piece.length;
      await file.writeFile(piece);
    },
    async finish(rows) {
      await file.sync();
      await file.close();
      await rename(partial, path);
      return { name, rows, bytes, sha256: hash.digest('hex') };
    },
    async discard() {
      await file.close().catch(() => undefined);
      await rm(partial, { force: true });
    },
  };
}
