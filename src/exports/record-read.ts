/** Who took personal data out in bulk is recorded; every export is one, whatever its size. */
import type { Viewer } from '../access/viewer.ts';

export type RecordRead = (read: {
  readonly viewer: Pick<Viewer, 'customerId' | 'userId' | 'client' | 'organizationGroupId'>;
  readonly transport: 'export';
  /** The label of the resource. */
  readonly resource: string;
  readonly filter: string | null;
  readonly rows: number;
  readonly requestId: string | null;
}) => void;
