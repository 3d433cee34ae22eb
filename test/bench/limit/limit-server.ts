/**
 * The limit as a server: bare node:http, a pool as large as everybody's, and PostgreSQL's text sent on as it came. A
 * question is an address, /<statement>/<$1>/<$2>/<$3>; nobody is asked who they are.
 */
import { createServer } from 'node:http';
import pg from 'pg';
import { limitStatements } from './statements.ts';

const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL'],
  max: 10,
  idleTimeoutMillis: 0,
  // Each statement is for one caller's kind of scope, so one plan serves all its values.
  onConnect: (client) =>
    client.query(`SET timezone = 'UTC'; SET plan_cache_mode = force_generic_plan`) as unknown as void,
});

async function answer(path: string): Promise<string> {
  const [, name = '', ...values] = path.split('/');
  const { rows } = await pool.query<[string]>({
    name,
    text: limitStatements[name]!,
    values: values.map(decodeURIComponent),
    rowMode: 'array',
  });
  return rows[0]![0];
}

const server = createServer((request, response) => {
  answer(request.url!).then(
    (text) => {
      const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) };
      response.writeHead(200, headers).end(text);
    },
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.stdout.write(`http://127.0.0.1:${address?.port}\n`);
});
process.on('SIGTERM', () => process.exit());
