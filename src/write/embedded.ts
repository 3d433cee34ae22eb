/**
 * A create may give the whole row that it refers to: a household with its `address: { data }`. That row is created
 * first, in the same transaction and by the same function, and the reference is set to it.
 */
import { isJsonObject, type JsonObject } from '../json.ts';
import type { Resource } from '../model.ts';
import { invalidInput, type Problem } from '../problem.ts';
import type { Create } from './change.ts';
import type { WriteSession } from './session.ts';

type Result = { readonly id: string } | { readonly problem: Problem };

interface Draft {
  readonly change: Create;
  data: JsonObject;
  securityGroupId: string;
  result: unknown;
}

type CreateRows = (resource: Resource, changes: readonly Create[], session: WriteSession) => Promise<readonly Result[]>;

export async function createEmbedded(
  resource: Resource,
  drafts: readonly Draft[],
  session: WriteSession,
  createRows: CreateRows,
): Promise<void> {
  for (const attribute of resource.declaration.embeds ?? []) {
    const field = resource.declaration.fields[attribute];
    if (field?.storage !== 'column' || field.reference === undefined) continue;
    const name = attribute.replace(/Id$/, '');
    const waiting = drafts.filter(({ result, data, change }) => {
      return result === null && change.data[name] !== undefined && (data[attribute] ?? null) === null;
    });
    if (waiting.length === 0) continue;
    const creates = waiting.map(({ change, securityGroupId }) => embeddedCreate(change.data[name], securityGroupId));
    const made = await createRows(session.model.get(field.reference.to), creates, session);
    waiting.forEach((draft, index) => {
      const row = made[index]!;
      if ('problem' in row) draft.result = { problem: underneath(row.problem, `/${name}/data`) };
      else draft.data = { ...draft.data, [attribute]: row.id };
    });
  }
}

function embeddedCreate(value: unknown, securityGroupId: string): Create {
  const given = isJsonObject(value as JsonObject) ? (value as JsonObject) : {};
  const data = isJsonObject(given['data']) ? given['data'] : given;
  return { kind: 'create', id: null, securityGroupId, data, params: {} };
}

/** The faults of the inner row, at their place in the outer one. */
function underneath(problem: Problem, place: string): Problem {
  const { errors } = problem.facts;
  if (errors === undefined) return problem;
  return invalidInput(errors.map(({ pointer, message }) => ({ pointer: `${place}${pointer}`, message })));
}
