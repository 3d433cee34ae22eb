/** What an export looks like: which columns, over which rows of a resource. */
import type { Viewer } from '../access/viewer.ts';
import type { Model, Resource } from '../model.ts';
import type { Copier } from '../read/copier.ts';
import type { CopyQuestion } from '../read/copy-question.ts';
import type { Snapshot } from '../store/snapshot.ts';

/** Which rows: the part of the question that the caller decides. */
export type Rows = Pick<CopyQuestion, 'resource' | 'filter' | 'deleted'>;

/** Columns may follow from the data, and are then looked up in the same snapshot. */
export interface ShapeContext {
  readonly model: Model;
  readonly viewer: Viewer;
  readonly copier: Copier;
  readonly snapshot: Snapshot;
}

export interface Shape {
  /** In kebab-case; `rows` for the resource as it is. */
  readonly name: string;
  readonly description: string;
  /** Whose rows its filter is about; null for any resource. */
  readonly of: string | null;
  /** The resources beside its own whose rows it tells of. */
  readonly reads: readonly string[];
  /** Whether some of its columns can be had alone. */
  readonly takesColumns: boolean;
  readonly make: (rows: Rows, context: ShapeContext) => Promise<Pick<CopyQuestion, 'columns' | 'latest'>>;
}

export function shapesOf({ name }: Pick<Resource, 'name'>, shapes: readonly Shape[]): readonly Shape[] {
  return shapes.filter(({ of }) => of === null || of === name);
}
