/**
 * What a backup says of itself. It is written last: a folder without one is no backup. Checksums are of the files as
 * they lie there, so `sha256sum` can be asked too.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { CommandFailure } from '../command-failure.ts';

export interface KeptFile {
  readonly table: string;
  /** In the order of the lines; the customer first where there is one. */
  readonly columns: readonly string[];
  readonly file: string;
  readonly rows: number;
  /** Of the file. */
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
}

export interface Migration {
  readonly name: string;
  readonly checksum: string;
}

export interface Manifest {
  readonly format: typeof format;
  readonly made: string;
  /** Null: everything. */
  readonly customer: string | null;
  /** The schema, as the migrations that were applied. */
  readonly migrations: readonly Migration[];
  /** No row has a later one. */
  readonly position: string;
  /** The months that the change log covers; null where it is empty. */
  readonly changeLog: { readonly from: string; readonly to: string } | null;
  readonly tables: readonly KeptFile[];
}

export const format = 'doorstep backup 1';
export const manifestName = 'manifest.json';

export async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, manifestName);
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CommandFailure(`${file} cannot be read: ${folder} is no backup, or one that was never finished.`);
  });
  const found = parse(text);
  if (found === null || found['format'] !== format || !Array.isArray(found['tables'])) {
    throw new CommandFailure(`${file} is not the manifest of a backup that this version can read ("${format}").`);
  }
  return found as unknown as Manifest;
}

function parse(text: string): JsonObject | null {
  try {
    const json = JSON.parse(text) as Json;
    return isJsonObject(json) ? json : null;
  } catch {
    return null;
  }
}
