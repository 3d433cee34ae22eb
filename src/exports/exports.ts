/** Exports: straight to whoever asks, and as jobs. Every one leaves a manifest. */
import type { Log } from '../log.ts';
import type { Model } from '../model.ts';
import { makeCopier } from '../read/copier.ts';
import type { Database } from '../store/database.ts';
import { makeBeginExport } from './open-export.ts';
import type { RecordRead } from './record-read.ts';
import { makeStreamExport, type StreamExport } from './stream-export.ts';

export interface Exports {
  readonly stream: StreamExport;
}

export interface ExportParts {
  readonly database: Database;
  readonly model: Model;
  readonly recordRead: RecordRead;
  readonly keptHours: number;
  readonly log: Log;
}

export function makeExports(parts: ExportParts): Exports {
  const { database, model } = parts;
  const beginExport = makeBeginExport({ database, model, copier: makeCopier({ database, model }) });
  return { stream: makeStreamExport({ ...parts, beginExport }) };
}
