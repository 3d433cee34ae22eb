/** `POST` of a new row: 201 and where it is, or 200 where a row already answers for this id or these attributes. */
import { writableGroups } from '../access/scope.ts';
import type { Resource } from '../model.ts';
import { invalidInput, Problem } from '../problem.ts';
import { forbidden } from '../write/problems.ts';
import { type CreateBody, parseCreateBody, pointInto } from './create-body.ts';
import type { Handle, RestParts } from './rest-parts.ts';
import { sendRow } from './send-row.ts';
import { makeWriteRow } from './write-row.ts';

export function makeCreateRow(resource: Resource, parts: RestParts): Handle {
  const write = makeWriteRow(resource, parts);
  const route = resource.declaration.route!;
  return async (request, reply) => {
    const viewer = await parts.authenticate(request);
    const body = parseCreateBody(request.body);
    // 403 ranks before 400, and a body without shape says nothing about a group.
    const groups = writableGroups(viewer, 'insert', resource);
    if (groups !== 'all' && groups.size === 0) throw forbidden('insert', resource, 'in a security group');
    checkCustomer(body, viewer.customerId);
    if (body.faults.length > 0) throw invalidInput(body.faults);
    const { id, securityGroupId, data, params } = body;
    const written = await write(request, { kind: 'create', id, securityGroupId, data, params }).catch(
      (error: unknown) => {
        throw pointInto(body, error);
      },
    );
    const isNew = written.outcome === 'created';
    if (isNew) reply.header('location', `${route}/${written.id}`);
    return sendRow(reply, isNew ? 201 : 200, written);
  };
}

/** Nothing is said about whether the other customer exists. */
function checkCustomer({ customerId }: CreateBody, own: string): void {
  if (customerId === null || customerId.toLowerCase() === own) return;
  throw new Problem('FORBIDDEN', `You act for the customer ${own} and cannot create rows of another.`);
}
