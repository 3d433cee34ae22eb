/**
 * Opens walklists whose lease has run out. What a lease holds ends with the hour and does not wait for this; it is here
 * so that the list says so too, and devices are told that the walk is theirs no more.
 */
import { makeSystemViewer } from '../access/viewer.ts';
import type { Log } from '../log.ts';
import type { Model } from '../model.ts';
import type { Database } from '../store/database.ts';
import { sql } from '../store/sql.ts';
import type { Patch } from '../write/change.ts';
import type { Writer } from '../write/writer.ts';

interface Lapsed {
  readonly customerId: string;
  readonly groupId: string;
  readonly walklistId: string;
  readonly expires: string;
}

const atOnce = 500;

/** Answers how many there were. Another process may do the same: whoever comes second finds another row. */
export async function endLapsedLeases(parts: {
  readonly database: Database;
  readonly writer: Writer;
  readonly model: Model;
  readonly log: Log;
}): Promise<number> {
  const { database, writer, model, log } = parts;
  const lapsed = await database.query<Lapsed>(sql`
    SELECT walk.customer_id AS "customerId", walk.security_group_id AS "groupId", walk.id AS "walklistId",
      doorstep_iso(walk.expires) AS expires
    FROM walklist_leases lease
    JOIN walklists walk ON walk.customer_id = lease.customer_id AND walk.id = lease.walklist_id
    WHERE lease.ended IS NULL AND lease.expires <= now() AND walk.status = 'checked-out' AND walk.expires <= now()
    ORDER BY lease.expires LIMIT ${atOnce}`);
  const customers = new Set(lapsed.map(({ customerId }) => customerId));
  for (const customerId of customers) {
    const own = lapsed.filter((each) => each.customerId === customerId);
    const viewer = makeSystemViewer({ customerId, organizationGroupId: own[0]!.groupId });
    const options = { onError: 'continue', members: [], spelling: 'rest', requestId: null } as const;
    const verdicts = await writer.write(viewer, model.get('walklist'), own.map(reopen), options);
    for (const [index, verdict] of verdicts.entries()) {
      // The test of its patch fails where the lease was renewed meanwhile.
      if (!('problem' in verdict) || verdict.problem.code === 'PATCH_TEST_FAILED') continue;
      log.warn({ err: verdict.problem, walklistId: own[index]!.walklistId }, 'a lease that ran out could not be ended');
    }
  }
  return lapsed.length;
}

/** Only while it is the same lease. */
function reopen({ walklistId, expires }: Lapsed): Patch {
  const operations = () =>
    [
      { op: 'test', path: '/expires', value: expires },
      { op: 'test', path: '/status', value: 'checked-out' },
      { op: 'replace', path: '/status', value: 'open' },
      { op: 'replace', path: '/userId', value: null },
      { op: 'replace', path: '/expires', value: null },
    ] as const;
  return { kind: 'patch', id: walklistId, etags: '*', operations };
}
