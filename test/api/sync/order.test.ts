/** Commit order: writers who commit in any order beside a long transaction, and readers who poll all the while. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../../../src/store/sql.ts';
import { makeWorld, type Row, type World } from '../../world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ env: { POOL_SIZE: '22' } });
});
afterAll(() => world.close());

const [writers, readers, each] = [16, 3, 15];

interface Page {
  readonly data: readonly { readonly id: string; readonly syncSeq: string }[];
  readonly meta: { readonly position: string; readonly isComplete: boolean };
}

/** A copy of the note, committed a few milliseconds after it took its position. */
async function write(note: Row): Promise<string> {
  const { customer } = world.ids;
  return world.database.transaction(async (tx) => {
    await tx.query(sql`SELECT doorstep_take_position(${customer}::uuid)`);
    const [row] = await tx.query<{ id: string }>(sql`
      INSERT INTO notes SELECT (jsonb_populate_record(note, jsonb_build_object('id', gen_random_uuid()))).*
      FROM notes note WHERE customer_id = ${customer}::uuid AND id = ${note.id}::uuid RETURNING id`);
    await tx.query(sql`SELECT pg_sleep(random() * 0.004)`);
    return row!.id;
  });
}

test('no row is missed and none comes out of order', async () => {
  const note = await world.create('alice', 'note', { text: 'copied' });
  const page = async (after: string, limit: number): Promise<Page> => {
    const url = `/v2/changes?resources=notes&limit=${limit}&after=${after}`;
    return (await world.app.inject({ url, headers: world.as('alice') })).json<Page>();
  };
  const begin = (await world.app.inject({ url: '/v2/changes?limit=1000', headers: world.as('alice') })).json<Page>();
  expect(begin.meta.isComplete).toBe(true);
  let isOver = false;
  const read = async (limit: number): Promise<Page['data']> => {
    const seen: Page['data'][number][] = [];
    let after = begin.meta.position;
    for (;;) {
      // Asked before the page: one that is complete then holds all that there will be.
      const isLast = isOver;
      const { data, meta } = await page(after, limit);
      seen.push(...data);
      after = meta.position;
      if (isLast && meta.isComplete) return seen;
    }
  };
  const reading = Promise.all(Array.from({ length: readers }, (_, index) => read(index * 5 + 2)));
  const written = await world.database.transaction(async (tx) => {
    // A stranger's transaction that lasts from the first write to the last.
    await tx.query(sql`SELECT doorstep_take_position(${world.ids.otherCustomer}::uuid)`);
    await tx.query(sql`UPDATE customers SET name = 'Held' WHERE customer_id = ${world.ids.otherCustomer}::uuid`);
    const one = async (): Promise<readonly string[]> => {
      const ids: string[] = [];
      for (let time = 0; time < each; time += 1) ids.push(await write(note));
      return ids;
    };
    return (await Promise.all(Array.from({ length: writers }, one))).flat();
  });
  isOver = true;
  for (const seen of await reading) {
    expect(seen.map(({ id }) => id).sort()).toEqual([...written].sort());
    const positions = seen.map(({ syncSeq }) => Number(syncSeq));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
  }
});
