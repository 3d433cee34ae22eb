/**
 * What comes beside the operations of a patch: `params: { action, … }`, one of the actions that the resource declares.
 * It becomes further operations, so everything that guards a patch guards an action: the etag, the references, the
 * rules, the change log.
 *
 * A newcomer's mistake would be to look at the row before the writer has it: what an action does depends on what the row
 * is under the customer's lock.
 */
import type { JsonObject } from '../json.ts';
import type { Resource } from '../model.ts';
import type { Operation } from '../patch/operation.ts';
import { type Fault, invalidInput } from '../problem.ts';
import type { Action, ActionMoment } from '../action.ts';

/** An action that there is, on its way to the row. */
export interface AskedAction {
  readonly run: Action;
  readonly params: JsonObject;
}

export interface Acted {
  readonly operations: readonly Operation[];
  readonly makes: readonly JsonObject[];
}

export function hasActions({ declaration }: Resource): boolean {
  return Object.keys(declaration.hooks?.actions ?? {}).length > 0;
}

/** The action that is asked for, null for none; throws a Problem for one that there is not. */
export function findAction({ declaration }: Resource, params: JsonObject): AskedAction | null {
  const { action = null } = params;
  const { actions = {} } = declaration.hooks ?? {};
  if (Object.keys(params).length === 0) return null;
  const run = typeof action === 'string' && Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (run !== undefined) return { run, params };
  const came = action === null ? '' : `, not ${JSON.stringify(action)}`;
  throw refuse([{ pointer: '/action', message: `must be ${Object.keys(actions).join(' or ')}${came}` }]);
}

/** What it does to this row at this moment; throws a Problem when that cannot be. */
export function runAction({ run, params }: AskedAction, moment: ActionMoment): Acted {
  const result = run(params, moment);
  if ('faults' in result) throw refuse(result.faults);
  if ('problem' in result) throw result.problem;
  const { sets, makes = [] } = result;
  const operations = Object.entries(sets).map(([name, value]): Operation => ({
    op: 'replace',
    path: `/${name}`,
    value,
  }));
  return { operations, makes };
}

function refuse(faults: readonly Fault[]): Error {
  return invalidInput(faults.map(({ pointer, message }) => ({ pointer: `/params${pointer}`, message })));
}
