/** The root fields beside those that follow from declarations. */
import type { RootField } from './root-field.ts';
import { me } from './roots/me.ts';
import { pushFields } from './roots/pushes.ts';
import { resolveSyncRejection } from './roots/resolve-sync-rejection.ts';
import { shiftProofs } from './roots/shift-proofs.ts';
import { syncReceipts } from './roots/sync-receipts.ts';

export const rootFields: readonly RootField[] = [me, ...pushFields, syncReceipts, shiftProofs, resolveSyncRejection];
