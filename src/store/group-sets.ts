/**
 * Sets of security groups that are too large to be sent with every statement. A set is stored once under an id made of
 * what is in it, so that it can never mean anything else; a caller whose rights change has another set from then on.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Database, Queryable } from './database.ts';
import { sql, toStatement } from './sql.ts';

export interface GroupSets {
  /** Resolves when statements may ask for the set; null when they may already. */
  keep(groups: ReadonlySet<string>): Promise<void> | null;
}

/** Sets say that they are in use when this has passed, and are forgotten a day after they last said so. */
const keptMs = 3_600_000;

const ids = new WeakMap<ReadonlySet<string>, string>();

/** A UUID (RFC 9562 §5.8) from the SHA-256 of the sorted ids. */
export function groupSetId(groups: ReadonlySet<string>): string {
  const known = ids.get(groups);
  if (known !== undefined) return known;
  const hash = createHash('sha256')
    .update([...groups].sort().join())
    .digest('hex');
  const id = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  ids.set(groups, id);
  return id;
}

export function makeGroupSets(database: Pick<Database, 'read'>): GroupSets {
  const kept = new LRUCache<string, true>({ max: 10_000, ttl: keptMs });
  const underWay = new Map<string, Promise<void>>();
  const store = async (id: string, groups: ReadonlySet<string>): Promise<void> => {
    try {
      // The members are looked at behind the set's row, so that a cleaning under way cannot take them afterwards.
      const statement = toStatement(sql`
        WITH stored AS (
          INSERT INTO group_sets (id, used) VALUES (${id}, now()) ON CONFLICT (id) DO UPDATE SET used = now()
          RETURNING id
        )
        INSERT INTO group_set_members (set_id, group_id)
        SELECT stored.id, unnest(${[...groups]}::uuid[]) FROM stored ON CONFLICT DO NOTHING`);
      // Whoever reads in a transaction holds a connection already, and all others may wait for that transaction; those
      // for reading are held by nobody who needs a second one. Stored twice, a set is the same.
      await database.read({ ...statement, steady: true });
      kept.set(id, true);
    } finally {
      underWay.delete(id);
    }
  };
  return {
    keep(groups) {
      const id = groupSetId(groups);
      if (kept.has(id)) return null;
      const storing = underWay.get(id) ?? store(id, groups);
      underWay.set(id, storing);
      return storing;
    },
  };
}

/** Deletes the sets that nobody has used for a day. */
export async function forgetGroupSets(database: Queryable): Promise<void> {
  await database.query(sql`
    WITH old AS (SELECT id FROM group_sets WHERE used < now() - interval '1 day' FOR UPDATE SKIP LOCKED),
      emptied AS (DELETE FROM group_set_members WHERE set_id IN (SELECT id FROM old))
    DELETE FROM group_sets WHERE id IN (SELECT id FROM old)`);
}
