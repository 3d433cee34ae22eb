/** The root fields beside those that follow from declarations. */
import type { RootField } from './root-field.ts';
import { bulkReads } from './roots/bulk-reads.ts';
import { joinOrganization, renewJoinCode } from './roots/joining.ts';
import { exportFields } from './roots/exports.ts';
import { changes } from './roots/changes.ts';
import { cutTurf } from './roots/cut-turf.ts';
import { me } from './roots/me.ts';
import { pushFields } from './roots/pushes.ts';
import { resolveSyncRejection } from './roots/resolve-sync-rejection.ts';
import { shiftProofs } from './roots/shift-proofs.ts';
import { syncReceipts } from './roots/sync-receipts.ts';

export const rootFields: readonly RootField[] = [
  me,
  bulkReads,
  joinOrganization,
  renewJoinCode,
  ...pushFields,
  syncReceipts,
  shiftProofs,
  resolveSyncRejection,
  ...exportFields,
  changes,
  cutTurf,
];
