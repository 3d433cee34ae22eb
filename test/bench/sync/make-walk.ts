/** Somebody who was given one walk and has knocked at its doors: their phone was lost, and the next one has nothing. */
import { largeIds } from '../../../seed/large.ts';
import { roleId } from '../../../seed/roles.ts';
import { makeOffice } from '../field-day/office.ts';
import { makeTalk } from '../field-day/talk.ts';
import type { BenchCluster } from '../harness/bench-cluster.ts';
import { makePushCall } from './push-call.ts';
import { makeVisits } from './visits.ts';

export interface Walk {
  readonly customerId: string;
  /** Of everything on it. */
  readonly securityGroupId: string;
  readonly userId: string;
  readonly token: string;
  readonly doors: number;
}

export interface WalkOptions {
  readonly cluster: BenchCluster;
  readonly database: string;
  readonly url: string;
  /** The administrator's. */
  readonly token: string;
  readonly tokenOf: (email: string) => Promise<string>;
}

const doors = 60;
/** Others walk on the same day, or every plan would read the one walk from its beginning to its end. */
const canvassers = 20;
/** One whose doors are neither the first nor the last, as the office calls them and their walk. */
const [email, walkName] = ['canvasser-9@doorstep.example', 'Walk 9'];

export async function makeWalk({ cluster, database, url, token, tokenOf }: WalkOptions): Promise<Walk> {
  const customerId = largeIds.customer;
  const run = async <Row>(text: string): Promise<readonly Row[]> => cluster.run<Row>(database, text, [customerId]);
  const office = makeOffice({
    ...{ talk: makeTalk(() => url), token },
    ...{ organizationId: largeIds.organization, canvasserRoleId: roleId('large', 'canvasser') },
  });
  const findWalks = () =>
    run<{ id: string; isHeld: boolean; userId: string; securityGroupId: string }>(
      `SELECT w.id, u.id AS "userId", w.security_group_id AS "securityGroupId", EXISTS (
          SELECT FROM walklist_assignments g WHERE g.customer_id = $1 AND g.walklist_id = w.id AND g.user_id = u.id
            AND NOT g.is_deleted) AS "isHeld"
        FROM walklists w JOIN users u ON u.customer_id = $1 AND u.email = '${email}'
        WHERE w.customer_id = $1 AND w.name = '${walkName}'`,
    );
  // A database that was kept has the walk of an earlier run, whose lease may have ended since.
  const [kept] = await findWalks();
  if (kept === undefined) await office.open(canvassers, doors);
  else if (!kept.isHeld) await office.handOver(kept.id, kept.userId);
  const { id, userId, securityGroupId } = kept ?? (await findWalks())[0]!;
  const ownToken = await tokenOf(email);
  const [visited] = await run<{ count: number }>(
    `SELECT count(*)::int AS count FROM interactions WHERE customer_id = $1 AND created_by = '${userId}'`,
  );
  if (visited!.count === 0) {
    const stops = await run<{ householdId: string }>(
      `SELECT household_id AS "householdId" FROM walklist_stops WHERE customer_id = $1 AND walklist_id = '${id}'`,
    );
    const atTheirDoors = stops.map(({ householdId }) => householdId);
    await makePushCall(url, ownToken)((await makeVisits(cluster, database, atTheirDoors)).take(doors));
  }
  // What PostgreSQL would do by itself in a minute, in the middle of the measurements.
  await cluster.run(database, 'VACUUM ANALYZE');
  return { customerId, securityGroupId, userId, token: ownToken, doors };
}
