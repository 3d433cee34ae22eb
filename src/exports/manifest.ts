/**
 * What an export says of itself: what was asked, of which moment the rows are, and how to see that all of it has come.
 * It is written when the export begins, and once more at its end, however it ends: one that broke says so.
 */
import type { ParquetForm } from '../fields/field.ts';
import type { ProblemCode } from '../problem.ts';
import type { ExportRequest } from './export-request.ts';

export type ExportState = 'waiting' | 'running' | 'complete' | 'failed' | 'cancelled' | 'expired';

/** One file, whole by itself. */
export interface Part {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
  /** Lower-case hex of the SHA-256 of its bytes. */
  readonly sha256: string;
}

/** What is known as soon as the snapshot is open. */
export interface ExportFacts {
  /** `after` of the change feed: what came behind it is not in the export. */
  readonly position: string;
  /** When the snapshot was taken, by the clock of the database. */
  readonly snapshot: string;
  /** The name of the last migration that the database has. */
  readonly schemaVersion: string;
  readonly columns: readonly { readonly name: string; readonly type: ParquetForm['type'] }[];
}

export interface Manifest extends ExportFacts {
  readonly id: string;
  readonly state: ExportState;
  readonly resource: string;
  readonly shape: string;
  readonly format: string;
  readonly filter: string | null;
  readonly deleted: string;
  readonly bom: boolean;
  readonly formulas: 'kept' | 'defused';
  /** Of the parts together. */
  readonly rows: number;
  readonly bytes: number;
  /** Those that are whole. */
  readonly parts: readonly Part[];
  /** Why it is not complete; null when it is, or not ended yet. */
  readonly failure: { readonly code: ProblemCode; readonly detail: string } | null;
}

export interface Outcome {
  readonly state: ExportState;
  readonly parts: readonly Part[];
  readonly failure: Manifest['failure'];
}

export function makeManifest(id: string, request: ExportRequest, facts: ExportFacts, outcome: Outcome): Manifest {
  const { resource, shape, format, filterText, deleted, bom, defused } = request;
  const { state, parts, failure } = outcome;
  return {
    ...{ id, state, resource: resource.label, shape: shape.name, format: format.name },
    ...{ filter: filterText, deleted, bom, formulas: defused ? 'defused' : 'kept' },
    ...facts,
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    parts,
    failure,
  };
}

export function partName({ resource, shape, format }: ExportRequest, number: number): string {
  const what = shape.name === 'rows' ? resource.label : `${resource.label}-${shape.name}`;
  return `${what}-${String(number).padStart(5, '0')}.${format.extension}`;
}
