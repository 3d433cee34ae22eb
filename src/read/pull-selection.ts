/** What a device asks of a collection: the rows that have moved since its checkpoint, in their order, so many at most. */
import type { Json } from '../json.ts';
import type { Late } from '../late.ts';
import type { Collection, DocumentField } from './collection.ts';

/** One member of a document. */
export type DocumentOutput =
  | { readonly kind: 'constant'; readonly key: string; readonly json: string }
  | { readonly kind: 'id' | 'syncSeq' | 'isDeleted'; readonly key: string }
  | { readonly kind: 'field'; readonly key: string; readonly field: DocumentField };

export type CheckpointOutput =
  | { readonly kind: 'constant'; readonly key: string; readonly json: string }
  | { readonly kind: 'id' | 'syncSeq'; readonly key: string };

export type BulkOutput =
  | { readonly kind: 'constant'; readonly key: string; readonly json: string }
  | { readonly kind: 'documents'; readonly key: string; readonly members: readonly DocumentOutput[] }
  | { readonly kind: 'checkpoint'; readonly key: string; readonly members: readonly CheckpointOutput[] };

/** Of a checkpoint: an id, and a position in digits. They may come late. */
export interface Checkpoint {
  readonly id: Json | Late;
  readonly syncSeq: Json | Late;
}

export interface PullSelection {
  readonly collection: Collection;
  /** Null for a device that has nothing yet. */
  readonly checkpoint: Checkpoint | null;
  readonly limit: number;
  readonly members: readonly BulkOutput[];
}

/** What a device is told that has nothing, and gets nothing. */
export const emptyCheckpoint = { id: '00000000-0000-0000-0000-000000000000', syncSeq: '0' } as const;
