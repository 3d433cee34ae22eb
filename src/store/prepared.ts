/**
 * Statements repeat by shape, so a shape that comes a second time on a connection is prepared there under a name and
 * not parsed again. The first time it is not: shapes that come once (a batch of 37 rows) would only push out others.
 */
import type pg from 'pg';
import { isDatabaseFailure } from './failure.ts';
import type { Statement } from './sql.ts';

const shapesPerConnection = 256;
const longestShape = 32_768;

/** Shape to name; null while it was seen once. The order of a Map is the order of use: each use moves to the end. */
type Shapes = Map<string, string | null>;

const shapesOf = new WeakMap<pg.ClientBase, { readonly shapes: Shapes; count: number }>();

export async function queryPrepared<Row>(client: pg.ClientBase, { text, values }: Statement): Promise<readonly Row[]> {
  const name = text.length > longestShape ? null : await nameShape(client, text);
  const plain = { text, values: [...values] };
  if (name === null) return rowsOf<Row>(await client.query(plain));
  try {
    return rowsOf<Row>(await client.query({ ...plain, name }));
  } catch (error) {
    if (!isOutdated(error)) throw error;
    forget(client, text, name);
    // In a transaction the failure has spoilt it; outside, nothing has happened yet.
    if (client.getTransactionStatus() !== 'I') throw error;
    return rowsOf<Row>(await client.query(plain));
  }
}

async function nameShape(client: pg.ClientBase, text: string): Promise<string | null> {
  const known = shapesOf.get(client) ?? { shapes: new Map<string, string | null>(), count: 0 };
  shapesOf.set(client, known);
  const { shapes } = known;
  let name = shapes.get(text);
  if (name === null) name = `doorstep_${++known.count}`;
  shapes.delete(text);
  shapes.set(text, name ?? null);
  if (shapes.size > shapesPerConnection) await dropOldest(client, shapes);
  return name ?? null;
}

async function dropOldest(client: pg.ClientBase, shapes: Shapes): Promise<void> {
  const [oldest] = shapes;
  if (oldest === undefined) return;
  const [text, name] = oldest;
  if (name !== null && name in parsedStatements(client)) await client.query(`DEALLOCATE ${name}`);
  forget(client, text, name);
}

function forget(client: pg.ClientBase, text: string, name: string | null): void {
  shapesOf.get(client)?.shapes.delete(text);
  if (name !== null) delete parsedStatements(client)[name];
}

/** A migration changed what the statement returns, or something discarded it. */
function isOutdated(error: unknown): boolean {
  if (!isDatabaseFailure(error)) return false;
  return error.code === '26000' || (error.code === '0A000' && error.message.startsWith('cached plan'));
}

/** What `pg` believes to be prepared. It has no method to forget a name after DEALLOCATE. */
function parsedStatements(client: pg.ClientBase): Record<string, string> {
  return (client as unknown as { readonly connection: { readonly parsedStatements: Record<string, string> } })
    .connection.parsedStatements;
}

function rowsOf<Row>(result: pg.QueryResult): readonly Row[] {
  return result.rows as readonly Row[];
}
