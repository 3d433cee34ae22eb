/**
 * Servers of their own, started as a user's are and killed in every way. Each start runs in a child process where its
 * death is part of the test: a process that is killed cannot report on itself.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, readdir, readlink, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeLog } from '../../../src/log.ts';
import { startEmbedded, type Embedded } from '../../../src/store/embedded.ts';

// A killed server recovers and two starts wait for each other: seconds, and more on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const log = makeLog({ logLevel: 'silent', logFormat: 'json' });
const settings = { fsync: 'off', shared_buffers: '16MB', full_page_writes: 'off' };
const isRoot = process.getuid?.() === 0;
const child = join(import.meta.dirname, 'start-embedded.mjs');

let home: string;
let dataDir: string;
let started: (() => Promise<unknown>)[];

// To create a cluster takes seconds, so the tests share one, and only those that must not make their own.
beforeAll(async () => {
  home = await makeFolder();
});
afterAll(() => removeFolder(home));

beforeEach(() => {
  dataDir = join(home, '.doorstep');
  started = [];
});
afterEach(async () => {
  for (const stop of started.reverse()) await stop();
});

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'doorstep-embedded with space-'));
  await chmod(folder, 0o755);
  return folder;
}

async function removeFolder(folder: string): Promise<void> {
  const elsewhere = await readlink(join(folder, '.doorstep/postgres')).catch(() => folder);
  for (const path of [elsewhere, folder]) await rm(path, { recursive: true, force: true });
}

/** A folder of its own for one test, used by `start` from here on. */
const moveToFreshFolder = async (): Promise<string> => {
  const folder = await makeFolder();
  dataDir = join(folder, '.doorstep');
  started.unshift(() => removeFolder(folder));
  return folder;
};

const start = async (): Promise<Embedded> => {
  const server = await startEmbedded({ dataDir, settings, log });
  started.push(() => server.stop());
  return server;
};

interface Starter {
  readonly process: ChildProcess;
  /** The URL, or what the start was refused with. */
  readonly outcome: string;
}

const startInChild = async (): Promise<Starter> => {
  const starter = spawn(process.execPath, [child, dataDir, JSON.stringify(settings)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  started.push(() => kill(starter));
  for await (const line of createInterface({ input: starter.stdout })) return { process: starter, outcome: line };
  throw new Error('the starter said nothing');
};

const kill = async (starter: ChildProcess): Promise<void> => {
  if (starter.exitCode !== null || starter.signalCode !== null) return;
  const gone = new Promise((resolve) => starter.once('exit', resolve));
  starter.kill('SIGKILL');
  await gone;
};

const pidFile = (): string => join(dataDir, 'postgres/cluster/postmaster.pid');
const postmaster = async (): Promise<number> => Number.parseInt(await readFile(pidFile(), 'utf8'), 10);

const query = async (url: string, text: string): Promise<readonly unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text, rowMode: 'array' });
    return rows.flat();
  } finally {
    await client.end();
  }
};

describe('an embedded server', () => {
  test('is a UTF8 server in UTC with the language of the computer left out, reachable by socket only', async () => {
    const { url, adopted } = await start();
    expect(adopted).toBe(false);
    expect(
      await query(
        url,
        `SELECT current_database(), pg_encoding_to_char(encoding), datlocprovider, datlocale,
           current_setting('timezone'), current_setting('listen_addresses'), current_setting('jit')
         FROM pg_database WHERE datname = current_database()`,
      ),
    ).toEqual(['doorstep', 'UTF8', 'b', 'C.UTF-8', 'UTC', '', 'off']);
  });

  test('keeps its data over a stop and a start', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept_over_stop AS SELECT 1 AS n');
    await first.stop();
    const second = await start();
    expect(await query(second.url, 'SELECT n FROM kept_over_stop')).toEqual([1]);
  });

  test('stops twice without complaint', async () => {
    const server = await start();
    await server.stop();
    await expect(server.stop()).resolves.toBeUndefined();
  });

  test('starts after its own process was killed', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept_over_kill AS SELECT 1 AS n');
    process.kill(await postmaster(), 'SIGKILL');
    await first.stop();
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'SELECT n FROM kept_over_kill')).toEqual([1]);
  });

  test('is adopted after the process that started it was killed', async () => {
    const starter = await startInChild();
    await query(starter.outcome, 'CREATE TABLE kept_by_adoption AS SELECT 1 AS n');
    const pid = await postmaster();
    await kill(starter.process);
    const server = await start();
    expect(server.adopted).toBe(true);
    expect(await postmaster()).toBe(pid);
    expect(await query(server.url, 'SELECT n FROM kept_by_adoption')).toEqual([1]);
  });

  test('starts after both were killed', async () => {
    const starter = await startInChild();
    await query(starter.outcome, 'CREATE TABLE kept_over_both AS SELECT 1 AS n');
    process.kill(await postmaster(), 'SIGKILL');
    await kill(starter.process);
    const server = await start();
    expect(await query(server.url, 'SELECT n FROM kept_over_both')).toEqual([1]);
  });

  test('starts although its old process id belongs to somebody else now', async () => {
    await (await start()).stop();
    const stale = `${process.pid}\n${join(dataDir, 'postgres/cluster')}\n1700000000\n5432\n/nowhere\n\n`;
    await writeFile(pidFile(), stale);
    const server = await start();
    expect(await query(server.url, 'SELECT 1')).toEqual([1]);
  });

  test('is not left behind half made by a start that was killed', async () => {
    const unfinished = join(dataDir, 'postgres', 'cluster.new-999999999-abcdef01');
    await (await start()).stop();
    await mkdir(unfinished);
    await rm(join(dataDir, 'postgres/cluster'), { recursive: true });
    await start();
    // Beside these lie the binaries, where those of a checkout that nobody else may enter were copied.
    const left = (await readdir(join(dataDir, 'postgres'))).filter((name) => !name.startsWith('binaries-'));
    expect(left).toEqual(['cluster', 'server.log', 'socket']);
  });

  test('belongs to exactly one of two processes that start at once; the other is told', async () => {
    await moveToFreshFolder();
    const starters = await Promise.all([startInChild(), startInChild()]);
    const outcomes = starters.map(({ outcome }) => outcome);
    const [url = '', ...others] = outcomes.filter((outcome) => outcome.startsWith('postgresql:'));
    expect(others).toEqual([]);
    expect(outcomes.find((outcome) => outcome !== url)).toContain('StartError: Another Doorstep is running');
    expect(await query(url, 'SELECT 1')).toEqual([1]);
    for (const { process: starter } of starters) await kill(starter);
    await start();
  });
});

describe.runIf(isRoot)('for root', () => {
  test('a server in a folder that its user cannot enter lives elsewhere, and says so', async () => {
    await chmod(await moveToFreshFolder(), 0o700);
    const first = await start();
    const elsewhere = await readlink(join(dataDir, 'postgres'));
    expect(first.notice).toContain(`The database lives in ${elsewhere}`);
    await query(first.url, 'CREATE TABLE kept_elsewhere AS SELECT 1 AS n');
    await first.stop();
    const second = await start();
    expect(await query(second.url, 'SELECT n FROM kept_elsewhere')).toEqual([1]);
  });

  test('nobody else gets in', async () => {
    const { url } = await start();
    const socket = new URL(url).searchParams.get('host') ?? '';
    const openAll = async (mode: number): Promise<void> => {
      for (const path of [join(dataDir, 'postgres'), socket]) await chmod(path, mode);
    };
    await openAll(0o755);
    // Whoever they are may not be let into this checkout either, so they greet the server in its own protocol.
    const greeting = Buffer.from(`\0\0\0\0\0\x03\0\0user\0${new URL(url).username}\0database\0doorstep\0\0`);
    greeting.writeInt32BE(greeting.length);
    const script = `require('net').connect(${JSON.stringify(join(socket, '.s.PGSQL.5432'))})
      .on('data', (answer) => process.stdout.write(answer)).write(Buffer.from('${greeting.toString('hex')}', 'hex'))`;
    const stranger = spawn(process.execPath, ['-e', script], {
      cwd: '/',
      uid: 4242,
      gid: 4242,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    for await (const chunk of stranger.stdout) said += String(chunk);
    await openAll(0o700);
    expect(said).toContain('Peer authentication failed');
  });
});

test('a data folder may be moved, also to a path longer than that of a socket may be', async () => {
  const first = await start();
  await query(first.url, 'CREATE TABLE moved AS SELECT 1 AS n');
  await first.stop();
  const farther = join(home, 'a'.repeat(60), 'b'.repeat(60));
  await mkdir(farther, { recursive: true });
  await rename(dataDir, join(farther, '.doorstep'));
  dataDir = join(farther, '.doorstep');
  const second = await start();
  expect(await query(second.url, 'SELECT n FROM moved')).toEqual([1]);
  await second.stop();
  await rm(new URL(second.url).searchParams.get('host') ?? '', { recursive: true });
});
