/** Applications on the command line: registered, listed and removed, with a secret that is seen once. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runDoorstep } from '../../../src/cli/run-doorstep.ts';
import { makeWorld, type World } from '../../world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

/** One command line, with what it wrote to standard output and to standard error. */
async function run(...args: readonly string[]): Promise<{ code: number; said: string; remarked: string }> {
  vi.stubEnv('DATABASE_URL', world.url);
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += String(text);
      return true;
    }),
  );
  try {
    const code = await runDoorstep(args);
    return { code, said: written.stdout, remarked: written.stderr };
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}

test('an app gets an id, a partner a secret, an integration its user; and a removed one is gone', async () => {
  const app = await run(
    'client',
    'add',
    'Field app',
    '--redirect',
    'org.example.field:/in',
    '--redirect',
    'https://app.example/in',
  );
  expect(app).toMatchObject({ code: 0, said: expect.stringMatching(/^client_id {6}[0-9a-f-]{36}\n$/) as string });
  const partner = await run(
    'client',
    'add',
    'Partner',
    '--redirect',
    'https://p.example/',
    '--secret',
    '--no-pkce',
    '--id',
    'p1',
  );
  expect(partner).toMatchObject({
    code: 0,
    said: expect.stringMatching(/^client_id {6}p1\nclient_secret {2}[\w-]{43}\n$/) as string,
  });
  const robot = await run('client', 'add', 'Robot', '--acts-as', 'frank@doorstep.example');
  expect([robot.code, robot.said]).toEqual([0, expect.stringContaining('client_secret')]);
  const { said } = await run('client', 'list');
  expect(said).toContain('Field app\tpublic, with PKCE\torg.example.field:/in\thttps://app.example/in\n');
  expect(said).toContain('p1\tPartner\twith a secret, without PKCE\thttps://p.example/\n');
  expect(said).toContain(`Robot\tacts as user ${world.people.frank.userId}`);
  expect(await run('client', 'remove', 'p1')).toMatchObject({ code: 0 });
  expect(await run('client', 'remove', 'p1')).toMatchObject({ code: 1 });
  expect((await run('client', 'list')).said).not.toContain('p1');
});

test('an application that could be misused is refused in words', async () => {
  const cases = [
    ['client', 'add', 'Bad', '--redirect', 'http://app.example/'],
    ['client', 'add', 'Bad', '--redirect', 'https://app.example/', '--no-pkce'],
    ['client', 'add', 'Bad'],
    ['client', 'add', 'Bad', '--acts-as', 'nobody@doorstep.example'],
  ];
  for (const args of cases) {
    const { code, said, remarked } = await run(...args);
    expect([args, code, said]).toEqual([args, 1, '']);
    expect(remarked).toMatch(/^doorstep: /);
  }
});
