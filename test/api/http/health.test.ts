import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { addHealth } from '../../../src/http/health.ts';
import { startHttp } from './start-http.ts';

it('the server is live and ready while the database answers', async () => {
  const { url } = await startHttp();
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
});

it('the server is live but not ready while the database is away, and ready when it is back', async () => {
  const { url, database } = await startHttp();
  database.isAway = true;
  const ready = await fetch(`${url}/health/ready`);
  expect(ready.status).toBe(503);
  expect(ready.headers.get('retry-after')).toBe('1');
  expect(await ready.json()).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  database.isAway = false;
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
});

it('the server is live but not ready while it drains', async () => {
  const app = Fastify();
  addHealth(app, { ping: () => Promise.resolve(), isDraining: () => true });
  await expect(app.inject('/health/ready').then((response) => response.json<object>())).resolves.toMatchObject({
    code: 'OVERLOADED',
  });
  expect((await app.inject('/health/live')).statusCode).toBe(200);
});

it('a probe leaves no line in the log while all is well', async () => {
  const { url, lines } = await startHttp();
  await fetch(`${url}/health/ready`);
  await fetch(`${url}/things`);
  await expect.poll(() => lines.filter(({ msg }) => msg === 'answered').map(({ path }) => path)).toEqual(['/things']);
});
