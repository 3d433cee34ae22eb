/**
 * What comes beside the operations of a patch: `params: { action, … }`, one of the actions that the resource declares.
 * It becomes further operations, so everything that guards a patch guards an action: the etag, the references, the
 * rules, the change log.
 */
import type { JsonObject } from '../json.ts';
import type { Resource } from '../model.ts';
import type { Operation } from '../patch/operation.ts';
import { type Fault, invalidInput } from '../problem.ts';

export function hasActions({ declaration }: Resource): boolean {
  return Object.keys(declaration.hooks?.actions ?? {}).length > 0;
}

/** The operations of the action; throws a Problem for one that there is not. */
export function actionOperations({ declaration }: Resource, params: JsonObject): readonly Operation[] {
  const { action = null } = params;
  const { actions = {} } = declaration.hooks ?? {};
  if (Object.keys(params).length === 0) return [];
  const run = typeof action === 'string' && Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (run === undefined) {
    const came = action === null ? '' : `, not ${JSON.stringify(action)}`;
    throw refuse([{ pointer: '/action', message: `must be ${Object.keys(actions).join(' or ')}${came}` }]);
  }
  const asked = run(params);
  if ('faults' in asked) throw refuse(asked.faults);
  return Object.entries(asked.sets).map(([name, value]) => ({ op: 'replace', path: `/${name}`, value }));
}

function refuse(faults: readonly Fault[]): Error {
  return invalidInput(faults.map(({ pointer, message }) => ({ pointer: `/params${pointer}`, message })));
}
