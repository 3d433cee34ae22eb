/**
 * The status groups that every customer has, with the same ids everywhere, and the statuses that a customer starts
 * with: one for each group. Customers add and rename statuses; they never touch the groups. Names, icons, colours and
 * states are those of the API whose clients must keep working, which map pins and offline caches rely on.
 */
import type { JsonObject } from '../src/json.ts';
import { makeId } from './demo-ids.ts';
import type { SeedRow } from './seed-step.ts';

const grey = '#C8C8C8';
const blue = '#01B5D6';
const red = '#E95C41';
const green = '#73C1B1';
const yellow = '#FFBE00';

/** name, icon, pinColor, iconColor, statusType, contactState */
const groups = [
  ['Appointment', 'faCalendar:regular', grey, blue, 'appointment', 'appointment'],
  ['Bad Contact Info', 'faTimes:solid', grey, red, 'unavailable', 'contacted-unavailable-other'],
  ['Come Back', 'faRedo:solid', grey, blue, 'unavailable', 'come-back'],
  ['Default', 'faHome:solid', blue, blue, 'list', 'not-contacted-normal'],
  ['Do Not Knock', 'faTimes:solid', red, red, 'list', 'not-contacted-do-not-knock'],
  ['High Priority', 'faStar:solid', yellow, yellow, 'list', 'not-contacted-high-priority'],
  ['Not Home', 'faDoorClosed:solid', grey, grey, 'unavailable', 'contacted-unavailable-not-home'],
  ['Not Successful', 'faThumbsDown:solid', grey, red, 'unsuccessful', 'contacted-available-not-successful'],
  ['Refused', 'faTimes:solid', grey, red, 'unavailable', 'contacted-unavailable-other'],
  ['Successful', 'faThumbsUp:solid', grey, green, 'successful', 'contacted-available-successful'],
] as const;

export type StatusGroupName = (typeof groups)[number][0];

export interface StatusGroup {
  readonly id: string;
  readonly data: JsonObject & {
    readonly name: StatusGroupName;
    readonly icon: string;
    readonly pinColor: string;
    readonly iconColor: string;
    readonly statusType: 'successful' | 'unsuccessful' | 'appointment' | 'unavailable' | 'list';
    readonly contactState: string;
  };
}

export const statusGroups: readonly StatusGroup[] = groups.map(
  ([name, icon, pinColor, iconColor, statusType, contactState]) => ({
    id: statusGroupId(name),
    data: { name, icon, pinColor, iconColor, statusType, contactState },
  }),
);

export function statusGroupId(name: StatusGroupName): string {
  return makeId(`status-group/${name}`);
}

/** Two customers may hold the same id, and a built-in status has the same one everywhere. */
export function builtInStatusId(name: StatusGroupName): string {
  return makeId(`status/${name}`);
}

/** The rows to create with a customer, in the group of its top organization: first the groups, then the statuses. */
export function makeStatusGroupRows(securityGroupId: string): SeedRow[] {
  return statusGroups.map(({ id, data }) => ({ id, securityGroupId, data }));
}

export function makeBuiltInStatusRows(securityGroupId: string): SeedRow[] {
  return statusGroups.map((group) => {
    const { name, icon, iconColor, pinColor, contactState } = group.data;
    return {
      id: builtInStatusId(name),
      securityGroupId,
      data: { name, icon, iconColor, pinColor, statusGroupId: group.id, contactState, defaultStatus: true },
    };
  });
}
