/**
 * Loads a seed through the write path, step by step. A row that is there already from the same seed answers for itself,
 * so a load that was interrupted is finished by running it again. The change log stays empty: nobody did any of this.
 */
import type { SeedStep } from '../../../seed/seed-step.ts';
import { makeSystemViewer } from '../../access/viewer.ts';
import type { Model } from '../../model.ts';
import type { Database } from '../../store/database.ts';
import { name, sql } from '../../store/sql.ts';
import type { Writer } from '../../write/writer.ts';
import { CommandFailure } from '../command-failure.ts';

export interface LoadOptions {
  readonly database: Database;
  readonly model: Model;
  readonly writer: Writer;
  /** Stops between two steps. */
  readonly signal?: AbortSignal;
  readonly onRows?: (rows: number) => void;
}

/** False when it was stopped before the end. */
export async function loadSteps(steps: Iterable<SeedStep>, options: LoadOptions): Promise<boolean> {
  const loaded = new Map<string, number>();
  let rows = 0;
  for (const step of steps) {
    if (options.signal?.aborted === true) return false;
    await loadStep(step, options);
    rows += step.rows.length;
    options.onRows?.(rows);
    const before = loaded.get(step.resource) ?? 0;
    loaded.set(step.resource, before + step.rows.length);
    await analyzeWhenDoubled(step.resource, before, before + step.rows.length, options);
  }
  return true;
}

/**
 * PostgreSQL looks at new tables by itself, a minute later. Until then every index looks as good as any other to it,
 * and a seed that fills empty tables is over by that time.
 */
async function analyzeWhenDoubled(
  resource: string,
  before: number,
  after: number,
  { database, model }: LoadOptions,
): Promise<void> {
  const worthIt = 32;
  if (after < worthIt || Math.floor(Math.log2(before)) === Math.floor(Math.log2(after))) return;
  await database.query(sql`ANALYZE ${name(model.get(resource).table)}`);
}

async function loadStep(
  { customerId, resource: resourceName, rows, changedBy }: SeedStep,
  { model, writer }: LoadOptions,
) {
  const [first] = rows;
  if (first === undefined) return;
  const viewer = makeSystemViewer({
    customerId,
    organizationGroupId: first.securityGroupId,
    userId: changedBy ?? null,
  });
  const resource = model.get(resourceName);
  const changes = rows.map(({ id, securityGroupId, data, params = {} }) => {
    return { kind: 'create', id, securityGroupId, data, params } as const;
  });
  const verdicts = await writer.write(viewer, resource, changes, {
    onError: 'abort',
    members: [],
    spelling: 'rest',
    requestId: null,
    logging: 'none',
  });
  verdicts.forEach((verdict, index) => {
    // With `abort` the others only say that this one failed.
    if (!('problem' in verdict) || verdict.problem.code === 'ABORTED') return;
    const { id } = rows[index]!;
    throw new CommandFailure(`The seed cannot be loaded: ${resource.label} ${id}: ${verdict.problem.message}`);
  });
}
