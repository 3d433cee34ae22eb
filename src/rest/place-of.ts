/** What a link links, end by end, from ids by the names of an address's parameters. */
import type { Place } from '../write/places.ts';
import type { PathIds } from './path-ids.ts';
import type { PathParameter } from './path-parameters.ts';

type Lead = Pick<PathParameter, 'name' | 'lead'>;

export function placeOf(parameters: readonly Lead[], ids: PathIds): Place {
  const place: Record<string, string | Place> = {};
  const further = new Map<string, Lead[]>();
  for (const { name, lead } of parameters) {
    const [first, ...rest] = lead;
    const end = first!.path[1]!;
    if (rest.length === 0) place[end] = ids[name]!;
    else further.set(end, [...(further.get(end) ?? []), { name, lead: rest }]);
  }
  for (const [end, leads] of further) place[end] = placeOf(leads, ids);
  return place;
}
