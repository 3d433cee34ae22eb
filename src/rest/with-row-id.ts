/**
 * Which row a change is about. One that is named by its own id is left to the writer, which has to look at it anyway;
 * an id that stands for another one, and an address below other rows, are looked up first.
 */
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';
import type { RowQuestion } from '../read/reader.ts';
import { makeLeadFilter } from './lead-filter.ts';
import { nothingHere } from './nothing-here.ts';
import { findAliased, findIds, tryIds, writtenIds } from './path-ids.ts';
import type { RestParts } from './rest-parts.ts';
import type { RestRoute } from './route-table.ts';

export type WithRowId = <T>(request: FastifyRequest, work: (id: string) => Promise<T>) => Promise<T>;

/** Runs `work` with the id of the row that the address means. */
export function makeWithRowId(route: RestRoute, { reader, authenticate }: RestParts): WithRowId {
  const { resource, parameters } = route;
  const [first] = parameters;
  if (parameters.length === 1 && first!.lead.length === 0) {
    return async (request, work) => {
      try {
        return await work(writtenIds(request)[first!.name]!);
      } catch (error) {
        const ids = findIds(request);
        if (ids === null || !(error instanceof Problem) || error.code !== 'NOT_FOUND') throw error;
        const aliased = await findAliased(reader, await authenticate(request), parameters, ids);
        if (aliased === null) throw error;
        return work(aliased[first!.name]!);
      }
    };
  }
  const filter = makeLeadFilter(parameters);
  const question: RowQuestion = { resource, members: [], spelling: 'rest', deleted: 'exclude', filter };
  return async (request, work) => {
    const viewer = await authenticate(request);
    const row = await tryIds(reader, viewer, parameters, findIds(request), (given) =>
      reader.findRow(viewer, question, { given }),
    );
    if (row === null) throw nothingHere(route, request);
    return work(row.id);
  };
}
