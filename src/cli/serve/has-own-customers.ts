/** Whether customers live here whom the demo did not bring: a start does not put the demo beside somebody's own data. */
import { demoIds } from '../../../seed/demo-ids.ts';
import type { Database } from '../../store/database.ts';
import { sql } from '../../store/sql.ts';

export async function hasOwnCustomers(database: Database): Promise<boolean> {
  const demo = [demoIds.customer, demoIds.otherCustomer];
  // An organization is the first row of every customer.
  const [row] = await database.query<{ found: boolean }>(sql`
    SELECT EXISTS (SELECT FROM organizations WHERE customer_id <> ALL(${demo}::uuid[])) AS found`);
  return row!.found;
}
