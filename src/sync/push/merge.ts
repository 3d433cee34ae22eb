/**
 * What a push comes to: three states of the same document (what the device assumed, what it wants, what there is) are
 * compared field by field, so that two devices which changed different fields both get their way.
 */
import type { JsonObject } from '../../json.ts';
import { type DeviceField, isSame, keptValue, sentValue } from './device-field.ts';

export type Merge =
  /** The server has all of it already: the same push came before, or nothing was changed. */
  | { readonly kind: 'same' }
  /** The device changed what has changed meanwhile, to another value. */
  | { readonly kind: 'conflict'; readonly fields: readonly string[] }
  | { readonly kind: 'change'; readonly fields: readonly DeviceField[] };

export interface Pushed {
  readonly assumed: JsonObject | null;
  readonly wanted: JsonObject;
}

/** `data`: what there is, as the row or the item keeps it. */
export function merge(fields: readonly DeviceField[], data: JsonObject, { assumed, wanted }: Pushed): Merge {
  const changed: DeviceField[] = [];
  const conflicts: string[] = [];
  for (const field of fields) {
    const wants = sentValue(wanted, field);
    const assumes = assumed === null ? undefined : sentValue(assumed, field);
    // A field that an older app does not know stands in neither of its states.
    if (wants === undefined && assumes === undefined) continue;
    if (assumed !== null && isSame(wants, assumes)) continue;
    const is = keptValue(data, field);
    if (isSame(wants, is)) continue;
    if (assumed !== null && isSame(assumes, is)) changed.push(field);
    else conflicts.push(field.name);
  }
  if (conflicts.length > 0) return { kind: 'conflict', fields: conflicts };
  return changed.length === 0 ? { kind: 'same' } : { kind: 'change', fields: changed };
}

/** Whether the server has what the device wants, whatever the device assumed. */
export function hasAll(fields: readonly DeviceField[], data: JsonObject, wanted: JsonObject): boolean {
  return fields.every((field) => {
    const wants = sentValue(wanted, field);
    return wants === undefined || isSame(wants, keptValue(data, field));
  });
}
