/**
 * The command as a process, on a data folder of its own, killed in every way that a night can bring. One folder goes
 * through the whole file, in order, because a first start takes its time.
 */
import { exec } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { buildDoorstep, runDoorstep, type Running, startDoorstep } from './doorstep-process.ts';
import { makeDatabase } from './own-database.ts';
import { findCluster, findPostgres, killPostgres } from './postmaster.ts';

// Nothing here takes longer than some seconds, but a build may come first, and other tests want the machine too.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });
const patience = { timeout: 60_000, interval: 20 };

const ready = /Ctrl-C stops the server/;
const loading = /Loading the demo/;
const folders: string[] = [];
let home: string;
let running: Running | null = null;

/** Closed to others unless it is told otherwise, as mkdtemp makes them. */
async function makeFolder(mode = 0o700): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'doorstep-process-'));
  await chmod(folder, mode);
  folders.push(folder);
  return folder;
}

beforeAll(async () => {
  await buildDoorstep();
  home = await makeFolder(0o755);
});
afterEach(async () => {
  await running?.kill('SIGTERM');
  running = null;
});
afterAll(async () => {
  for (const folder of folders) {
    const cluster = await findCluster(folder).catch(() => null);
    // Only a failed test leaves a server running.
    if (cluster !== null) await killPostgres(folder);
    if (cluster !== null) await rm(dirname(cluster), { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  }
});

/** The grace is longer than a busy machine keeps a request waiting. */
const start = (folder = home, env: Readonly<Record<string, string>> = {}): Running =>
  (running = startDoorstep(folder, ['serve'], { SHUTDOWN_GRACE_MS: '60000', ...env }));

interface Served {
  readonly process: Running;
  readonly said: string;
  readonly url: string;
  readonly authorization: string;
}

async function serve(): Promise<Served> {
  const process = start();
  const said = await process.until(ready);
  const [, url = ''] = /GraphQL {2}(http:\S+)\/graphql/.exec(said) ?? [];
  const [, authorization = ''] = /authorization: (Bearer \S+)'/.exec(said) ?? [];
  return { process, said, url, authorization };
}

const body = JSON.stringify({ query: '{ interactions(limit: 1) { totalCount } }' });
const all = { interactions: { totalCount: 3000 } };
const headersOf = ({ authorization }: Pick<Served, 'authorization'>) => ({
  authorization,
  'content-type': 'application/json',
});

/** What else an answer tells is no matter here. */
const dataOf = (text: string): unknown => (JSON.parse(text) as { readonly data: unknown }).data;

async function countInteractions(served: Pick<Served, 'url' | 'authorization'>): Promise<unknown> {
  const response = await fetch(`${served.url}/graphql`, { method: 'POST', headers: headersOf(served), body });
  return dataOf(await response.text());
}

test('a first start that is killed while it loads the demo is finished by the next', async () => {
  const first = start();
  await first.until(loading);
  expect(await first.kill('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
  const second = await serve();
  expect(second.said).toMatch(loading);
  expect(await countInteractions(second)).toEqual(all);
});

test('the requests that it prints work as they are, and one Ctrl-C that arrives twice is an orderly end', async () => {
  const { process, said } = await serve();
  const commands = said.split('\n').filter((line) => line.startsWith('curl '));
  const answers = await Promise.all(commands.map((command) => promisify(exec)(command)));
  const [graphql, rest] = answers.map(({ stdout }) => JSON.parse(stdout) as unknown);
  expect(graphql).toMatchObject({ data: { interactions: { totalCount: 3000, nodes: [{}, {}] } } });
  expect(rest).toMatchObject({ data: [{ meta: { resource: 'interactions' } }, {}] });
  // npm passes on what the terminal has sent already.
  void process.kill('SIGINT');
  expect(await process.kill('SIGINT')).toMatchObject({ code: 0, signal: null });
});

test('SIGTERM ends server and database, and the next start loads nothing again', async () => {
  const { process } = await serve();
  expect(await findPostgres(home)).not.toBeNull();
  expect(await process.kill('SIGTERM')).toMatchObject({ code: 0, signal: null });
  expect(await findPostgres(home)).toBeNull();
  const second = await serve();
  expect(second.said).not.toMatch(loading);
  expect(await countInteractions(second)).toEqual(all);
});

test('a request in flight is answered after SIGTERM, and the database waits for it', async () => {
  const served = await serve();
  const headers = { ...headersOf(served), 'content-length': body.length, expect: '100-continue' };
  const asked = request(`${served.url}/graphql`, { method: 'POST', headers });
  const answered = new Promise<unknown>((resolve, reject) => {
    asked.on('error', reject);
    asked.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (more: string) => (text += more));
      response.on('end', () => resolve([response.headers.connection, dataOf(text)]));
    });
  });
  // The server has read the headers and asks for the body.
  const begun = new Promise((resolve) => asked.once('continue', resolve));
  asked.flushHeaders();
  await begun;
  const ended = served.process.kill('SIGTERM');
  await expect.poll(() => fetch(served.url).catch((error: unknown) => error), patience).toBeInstanceOf(Error);
  asked.end(body);
  expect(await answered).toEqual(['close', all]);
  expect(await ended).toMatchObject({ code: 0, signal: null });
});

test.each(['Node', 'Node and PostgreSQL'])('a start after kill -9 of %s finds everything', async (killed) => {
  const { process } = await serve();
  await process.kill('SIGKILL');
  if (killed !== 'Node') await killPostgres(home);
  const second = await serve();
  expect(second.said).not.toMatch(loading);
  expect(await countInteractions(second)).toEqual(all);
});

test('a server whose PostgreSQL is killed starts it again and goes on', async () => {
  const served = await serve();
  const pid = await findPostgres(home);
  await killPostgres(home);
  await expect.poll(async () => (await findPostgres(home)) ?? pid, patience).not.toBe(pid);
  await expect.poll(async () => (await fetch(`${served.url}/health/ready`)).status, patience).toBe(200);
  expect(await countInteractions(served)).toEqual(all);
});

test('a folder that others cannot enter is no obstacle, and a stop while the demo loads is orderly', async () => {
  const folder = await makeFolder(0o700);
  const first = start(folder);
  const said = await first.until(loading);
  const cluster = await findCluster(folder);
  // Root cannot run the database itself, and whoever does cannot enter the folder.
  const isElsewhere = process.getuid?.() === 0;
  expect(cluster.startsWith(folder)).toBe(!isElsewhere);
  expect(said.includes(`The database lives in ${dirname(cluster)}, because`)).toBe(isElsewhere);
  expect(await first.kill('SIGTERM')).toMatchObject({ code: 0, signal: null });
  expect(await findPostgres(folder)).toBeNull();
});

test('tokens are printed alone, whether the server runs or not, and leave it as it was', async () => {
  const served = await serve();
  const { code, stdout, stderr } = await runDoorstep(home, ['token', 'Bob@doorstep.example']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/) });
  expect(stderr).toContain('keep it to development');
  expect(await countInteractions({ ...served, authorization: `Bearer ${stdout.trim()}` })).toEqual(all);

  await served.process.kill('SIGTERM');
  expect((await runDoorstep(home, ['token', 'alice@doorstep.example'])).stdout).toMatch(/^\S+\n$/);
  expect(await findPostgres(home)).toBeNull();
});

test('a second server on the same data, and one on the same port, are told so', async () => {
  const served = await serve();
  expect(await runDoorstep(home, ['serve'])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^doorstep: Another Doorstep is running on .*\n$/),
  });
  await served.process.kill('SIGTERM');

  const stranger = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => stranger.once('listening', resolve));
  const { port } = stranger.address() as { readonly port: number };
  const { code, stderr } = await runDoorstep(home, ['serve'], { PORT: String(port), LOG_LEVEL: 'error' });
  stranger.close();
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringMatching(new RegExp(`^doorstep: Port ${port} of 127.0.0.1 is in use. .*\n$`)),
  });
  expect(await findPostgres(home)).toBeNull();
});

test('check says what is well, in a line each', async () => {
  const { code, stdout } = await runDoorstep(home, ['check']);
  expect(code).toBe(0);
  const subjects = [...stdout.matchAll(/^ok {6}(\w+): /gm)].map(([, subject]) => subject);
  expect(subjects).toEqual(['settings', 'disk', 'server', 'database', 'migrations', 'triggers', 'data']);
  expect(stdout).toContain('2 customers, 2,003 households, 5,004 contacts, 3,000 interactions');
});

test('a database of somebody’s own is checked, brought up to date by migrate, and no place for the demo', async () => {
  const env = { DATABASE_URL: await makeDatabase('CREATE DATABASE %s') };
  const check = await runDoorstep(home, ['check'], env);
  expect(check).toMatchObject({ code: 1, stderr: 'doorstep: 1 of the checks failed.\n' });
  expect(check.stdout).toMatch(/^FAILED {2}migrations: \d+_start.* is missing; run doorstep migrate$/m);
  const token = await runDoorstep(home, ['token', 'alice@doorstep.example'], env);
  expect(token).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('Run doorstep migrate first') });
  const migrated = await runDoorstep(home, ['migrate'], env);
  expect(migrated).toMatchObject({ code: 0, stdout: expect.stringContaining('The database is up to date.\n') });
  expect(await start(home, env).until(/npx doorstep token/)).not.toMatch(loading);
});

test('a database that is not UTF8 is refused', async () => {
  const url = await makeDatabase(`CREATE DATABASE %s ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0`);
  const { code, stderr } = await runDoorstep(home, ['serve'], { DATABASE_URL: url });
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('stores text as SQL_ASCII') });
});

test.concurrent.each([
  [['bogus'], {}, "unknown command 'bogus'"],
  [['token'], {}, "missing required argument 'email'"],
  [['token', 'a@b.cd', '--lifetime', 'soon'], {}, '90s, 15m, 12h or 30d'],
  [['import', 'x.csv', '--campaign', 'y', '--list', 'z'], {}, 'with --layout or with --map'],
  [['seed', '--interactions', '5'], {}, '--interactions needs --contacts'],
  [['serve'], { PORT: 'x', JWT_SECRET: 'short' }, /^doorstep: PORT: expected .*\ndoorstep: JWT_SECRET: .*\n$/],
])('%j with %j is a wrong call', async (args, env, message) => {
  const { code, stdout, stderr } = await runDoorstep(home, args, env);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain('    at ');
});
