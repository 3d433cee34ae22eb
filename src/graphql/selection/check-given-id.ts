/** An id that an argument gives: a UUID, or a variable that will have to be one when it comes. */
import { type FieldNode, GraphQLError } from 'graphql';
import { convert, type Late } from '../../late.ts';
import { Problem } from '../../problem.ts';
import { isUuid } from '../../uuid.ts';

export function checkGivenId(given: string | Late, argument: string, node: FieldNode): string | Late {
  return convert(given, (text) => checkId(String(text), argument, node)) as string | Late;
}

function checkId(id: string, argument: string, node: FieldNode): string {
  if (isUuid(id)) return id;
  const message = `expected a UUID, found ${JSON.stringify(id.slice(0, 64))}`;
  const errors = [{ pointer: `/${argument}`, message }];
  const problem = new Problem('INVALID_INPUT', `${argument}: ${message}.`, { errors });
  throw new GraphQLError(problem.detail, { nodes: node, originalError: problem });
}
