/**
 * Rows that a create brings along in `params`: a survey with its segments. They are made after the row, because they
 * refer to it, by the function that makes every row. If one of them cannot be made the row is not made either, and the
 * rest of the batch goes on, which is what the savepoint is for.
 */
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Resource } from '../model.ts';
import { type Fault, invalidInput, type Problem } from '../problem.ts';
import type { Create } from './change.ts';
import type { WriteSession } from './session.ts';

type Result = { readonly id: string } | { readonly problem: Problem };
type CreateRows = (resource: Resource, changes: readonly Create[], session: WriteSession) => Promise<readonly Result[]>;

interface Bringing {
  readonly id: string;
  readonly change: Create;
}

const most = 100;

export function bringsRows({ declaration }: Resource, { params }: Create): boolean {
  return Object.keys(declaration.brings ?? {}).some((name) => (params[name] ?? null) !== null);
}

/** Runs `make`, which writes the row, and writes what it brings; the Problem when all of that was undone. */
export async function makeWithBrought(
  resource: Resource,
  draft: Bringing,
  session: WriteSession,
  { make, createRows }: { readonly make: () => Promise<void>; readonly createRows: CreateRows },
): Promise<Problem | null> {
  const { tx, entries } = session;
  const logged = entries.length;
  await tx.exec('SAVEPOINT bringing');
  await make();
  const problem = await createBrought(resource, draft, session, createRows);
  if (problem !== null) {
    await tx.exec('ROLLBACK TO SAVEPOINT bringing');
    entries.splice(logged);
  }
  await tx.exec('RELEASE SAVEPOINT bringing');
  return problem;
}

async function createBrought(
  { declaration }: Resource,
  { id, change }: Bringing,
  session: WriteSession,
  createRows: CreateRows,
): Promise<Problem | null> {
  for (const [name, { resource, by, defaults }] of Object.entries(declaration.brings ?? {})) {
    const given = change.params[name] ?? null;
    if (given === null) continue;
    const faults = checkList(given, `/params/${name}`);
    if (faults.length > 0) return invalidInput(faults);
    const creates = (given as readonly JsonObject[]).map((data): Create => {
      return { kind: 'create', id: null, securityGroupId: null, data: { ...defaults, ...data, [by]: id }, params: {} };
    });
    const made = await createRows(session.model.get(resource), creates, session);
    const failed = made.findIndex((row) => 'problem' in row);
    const row = made[failed];
    if (row !== undefined && 'problem' in row) return underneath(row.problem, `/params/${name}/${failed}`);
  }
  return null;
}

function checkList(given: Json, pointer: string): readonly Fault[] {
  if (!Array.isArray(given) || given.length === 0 || given.length > most) {
    return [{ pointer, message: `must be an array of 1 to ${most} objects` }];
  }
  return given.flatMap((item: Json, index) =>
    isJsonObject(item) ? [] : [{ pointer: `${pointer}/${index}`, message: 'must be an object' }],
  );
}

/** The faults of the brought row, at their place in the body of the other. */
function underneath(problem: Problem, place: string): Problem {
  const { errors } = problem.facts;
  if (errors === undefined) return problem;
  return invalidInput(errors.map(({ pointer, message }) => ({ pointer: `${place}${pointer}`, message })));
}
