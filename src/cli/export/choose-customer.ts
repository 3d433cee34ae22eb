/** Whose rows: the customer that is named, or the only one that there is. */
import type { Database } from '../../store/database.ts';
import { sql } from '../../store/sql.ts';
import { isUuid } from '../../uuid.ts';
import { CommandFailure } from '../command-failure.ts';

export async function chooseCustomer(database: Database, wanted: string | null): Promise<string> {
  const customers = await database.query<{ id: string; name: string }>(sql`
    SELECT id, name FROM customers WHERE NOT is_deleted ORDER BY name, id`);
  const listed = customers.map(({ id, name }) => `${id} (${name})`).join(', ');
  if (wanted !== null) {
    const found = customers.find(({ id }) => isUuid(wanted) && id === wanted.toLowerCase());
    if (found !== undefined) return found.id;
    throw new CommandFailure(`There is no customer ${wanted}. There are: ${listed}.`, true);
  }
  if (customers.length === 1) return customers[0]!.id;
  if (customers.length === 0) throw new CommandFailure('There is no customer, and so nothing to export.');
  throw new CommandFailure(`There are several customers; name one with --customer: ${listed}.`, true);
}
