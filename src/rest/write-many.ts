/**
 * Many changes as one: a transaction that is kept whole or not at all, and an answer with the rows in the order of the
 * items. Where items fail, all that did are named by their place in the body; the code and status are those of the first.
 *
 * The status is 200 whether rows were made or were there already: it is one answer to many questions, and `meta.created`
 * of a row tells.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Resource } from '../model.ts';
import { type Fault, mostFaults, Problem } from '../problem.ts';
import { writtenEnvelope } from '../read/shown-envelope.ts';
import type { Change } from '../write/change.ts';
import { itemPointer } from './bulk-items.ts';
import type { RestParts } from './rest-parts.ts';

export interface Item {
  readonly change: Change;
  /** The Problem of the change, as it points into the item. */
  readonly explain: (problem: Problem) => Problem;
}

export type WriteMany = (request: FastifyRequest, reply: FastifyReply, items: readonly Item[]) => Promise<FastifyReply>;

export function makeWriteMany(resource: Resource, { model, writer, authenticate }: RestParts): WriteMany {
  const members = writtenEnvelope(resource, model);
  return async (request, reply, items) => {
    const viewer = await authenticate(request);
    const options = { onError: 'abort', members, spelling: 'rest', requestId: request.id } as const;
    const changes = items.map(({ change }) => change);
    const verdicts = await writer.write(viewer, resource, changes, options);
    const failed = verdicts.flatMap((verdict, index) =>
      'problem' in verdict && verdict.problem.code !== 'ABORTED'
        ? [{ index, problem: items[index]!.explain(verdict.problem) }]
        : [],
    );
    if (failed.length > 0) throw together(failed);
    const rows = verdicts.map((verdict) => ('text' in verdict ? verdict.text : ''));
    return reply.type('application/json; charset=utf-8').send(`{"data":[${rows.join(',')}],"meta":{}}`);
  };
}

function together(failed: readonly { readonly index: number; readonly problem: Problem }[]): Problem {
  const [{ index, problem }] = failed as [(typeof failed)[number]];
  const others = failed.length > 1 ? ` (and ${failed.length - 1} more failed)` : '';
  const detail = `Nothing was written, because of item ${index}: ${problem.detail}${others}`;
  // Each that failed is named, however many did.
  const each = Math.ceil(mostFaults / failed.length);
  return new Problem(problem.code, detail, {
    ...problem.facts,
    errors: failed.flatMap((one) => faultsOf(one).slice(0, each)),
  });
}

function faultsOf({ index, problem }: { readonly index: number; readonly problem: Problem }): readonly Fault[] {
  const { errors = [{ pointer: '', message: problem.detail }] } = problem.facts;
  return errors.map(({ pointer, message }) => ({ pointer: itemPointer(index, pointer), message }));
}
