/**
 * PostGraphile as it comes, in production's settings, with the plugin that its documentation names for filters. No
 * row-level security: conditions in the query are cheaper for it.
 */
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import filters from 'postgraphile-plugin-connection-filter';
import { Pool } from 'pg';

const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: 10, idleTimeoutMillis: 0 });
const handler = postgraphile(pool, 'public', {
  appendPlugins: [filters],
  graphileBuildOptions: { connectionFilterRelations: true },
  dynamicJson: true,
  disableQueryLog: true,
  graphiql: false,
});

const server = createServer((request, response) => {
  void handler(request, response);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.stdout.write(`http://127.0.0.1:${address?.port}\n`);
});
process.on('SIGTERM', () => process.exit());
