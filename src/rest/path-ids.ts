/** The ids in the address of a request, by the names of its parameters. */
import type { FastifyRequest } from 'fastify';
import type { Viewer } from '../access/viewer.ts';
import type { Reader } from '../read/reader.ts';
import { isUuid } from '../uuid.ts';
import type { PathParameter } from './path-parameters.ts';

export type PathIds = Readonly<Record<string, string>>;

/** As they were written there. */
export function writtenIds(request: FastifyRequest): PathIds {
  return request.params as PathIds;
}

/** In lower case; null when one is no id and so names nothing. */
export function findIds(request: FastifyRequest): PathIds | null {
  const ids = Object.entries(writtenIds(request)).map(([name, id]) => [name, id.toLowerCase()] as const);
  return ids.every(([, id]) => isUuid(id)) ? Object.fromEntries(ids) : null;
}

/** `/v2/contacts/:contactId/households` with the ids in it. */
export function fillAddress(url: string, ids: PathIds): string {
  return url.replace(/:(\w+)/g, (_, name: string) => ids[name]!);
}

/** What the ids stand for that a client chose for something that was there already; null when all are the rows' own. */
export async function findAliased(
  reader: Reader,
  viewer: Viewer,
  parameters: readonly PathParameter[],
  ids: PathIds,
): Promise<PathIds | null> {
  const asked = parameters.map(({ name, of }) => ({ resource: of, id: ids[name]! }));
  const real = await reader.resolveAliases(viewer, asked);
  if (real.every((id, index) => id === asked[index]!.id)) return null;
  return { ...ids, ...Object.fromEntries(parameters.map(({ name }, index) => [name, real[index]!])) };
}

/** What `attempt` finds by the ids as they are, and where it finds nothing, by what they stand for. */
export async function tryIds<T>(
  reader: Reader,
  viewer: Viewer,
  parameters: readonly PathParameter[],
  ids: PathIds | null,
  attempt: (ids: PathIds) => Promise<T | null>,
): Promise<T | null> {
  if (ids === null) return null;
  const found = await attempt(ids);
  if (found !== null) return found;
  const aliased = await findAliased(reader, viewer, parameters, ids);
  return aliased === null ? null : attempt(aliased);
}
