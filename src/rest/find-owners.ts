/** The rows that the address of a list stands below, as far as the caller may see them. */
import type { FastifyRequest } from 'fastify';
import type { Viewer } from '../access/viewer.ts';
import { compare } from '../filter/tree.ts';
import { Late } from '../late.ts';
import type { RowQuestion } from '../read/reader.ts';
import { notFound } from '../write/problems.ts';
import { findIds, type PathIds, tryIds, writtenIds } from './path-ids.ts';
import type { RestParts } from './rest-parts.ts';
import type { RestRoute } from './route-table.ts';

/** Their own ids, also where an alias was written; throws NOT_FOUND for one that is not there. */
export type FindOwners = (viewer: Viewer, request: FastifyRequest) => Promise<PathIds>;

export function makeFindOwners({ parameters }: RestRoute, { reader }: RestParts): FindOwners {
  const owners = parameters.map((parameter) => {
    const filter = compare(['id'], 'eq', Late.value(parameter.name));
    const question: RowQuestion = {
      ...{ resource: parameter.of, members: [], spelling: 'rest', deleted: 'exclude', filter },
    };
    return { parameter, question };
  });
  return async (viewer, request) => {
    let ids = findIds(request);
    for (const { parameter, question } of owners) {
      const owner = await tryIds(reader, viewer, [parameter], ids, (given) =>
        reader.findRow(viewer, question, { given }),
      );
      if (owner === null) throw notFound(parameter.of, writtenIds(request)[parameter.name]!);
      ids = { ...ids, [parameter.name]: owner.id };
    }
    return ids ?? {};
  };
}
