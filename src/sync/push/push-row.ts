/** What a device sends of one document, as RxDB's replication has it: what it assumed to be there, and what it wants. */
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';

export interface PushRow {
  /** As it was sent; the answer spells it alike. */
  readonly id: string;
  /** Null where the device made the document. */
  readonly assumed: JsonObject | null;
  readonly wanted: JsonObject;
  readonly isDeleted: boolean;
}

/** `wanted` has an id that is a string; everything else is looked at where the row is written. */
export function makePushRow({
  assumedMasterState: assumed = null,
  newDocumentState: wanted,
}: {
  readonly assumedMasterState?: Json | undefined;
  readonly newDocumentState: JsonObject & { readonly id: string };
}): PushRow {
  return {
    id: wanted.id,
    assumed: isJsonObject(assumed) ? assumed : null,
    wanted,
    isDeleted: wanted['isDeleted'] === true,
  };
}
