import { expect, it } from 'vitest';
import { makeLog, type Log } from '../../src/log.ts';

const makeRecordedLog = (logFormat: 'json' | 'text'): { log: Log; lines: string[] } => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { log: makeLog({ logLevel: 'info', logFormat }, { destination, isTerminal: false }), lines };
};

it('writes one JSON object a line, with the time in ISO 8601 and the level as a word', () => {
  const { log, lines } = makeRecordedLog('json');
  log.child({ requestId: 'r1' }).info({ rows: 3 }, 'read');
  const line = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
  expect(line).toEqual({ level: 'info', time: expect.any(String) as string, requestId: 'r1', rows: 3, msg: 'read' });
  expect(line['time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

it('leaves out lines below its level', () => {
  const { log, lines } = makeRecordedLog('json');
  log.debug('too quiet');
  expect(lines).toEqual([]);
});

it.each(['authorization', 'password', 'token', 'secret', 'cookie'])('never writes the value of %s', (name) => {
  const { log, lines } = makeRecordedLog('json');
  log.info({ [name]: 'hunter2', headers: { [name]: 'hunter2' } }, 'a request');
  expect(lines.join()).toContain('[redacted]');
  expect(lines.join()).not.toContain('hunter2');
});

it('takes the password out of a connection URL in an error, and keeps its stack', () => {
  const { log, lines } = makeRecordedLog('json');
  const cause = new Error('could not reach postgres://me:hunter2@db:5432/doorstep');
  log.error({ err: cause }, 'no database');
  expect(lines.join()).toContain('postgres://me:[redacted]@db:5432/doorstep');
  expect(lines.join()).toContain('log.test.ts');
  expect(lines.join()).not.toContain('hunter2');
});

it('writes one plain line for people when asked for text', () => {
  const { log, lines } = makeRecordedLog('text');
  log.warn({ rows: 3 }, 'slow');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/WARN.*slow.*"rows":3/);
});
