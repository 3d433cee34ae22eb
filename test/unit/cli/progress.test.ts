import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { makeProgress } from '../../../src/cli/progress.ts';
import { makeLog } from '../../../src/log.ts';

test('without a terminal, progress is a line in the log every five seconds', () => {
  const lines: string[] = [];
  const destination = new Writable({ write: (chunk, _, done) => (lines.push(String(chunk)), done()) });
  let now = 0;
  const progress = makeProgress({
    label: 'importing',
    total: 200,
    isTerminal: false,
    clock: { now: () => new Date(now) },
    log: makeLog({ logLevel: 'info', logFormat: 'json' }, { destination }),
  });
  for (now = 0; now <= 12_000; now += 1_000) progress.update(now / 100, { rows: now });
  progress.stop();
  const written = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(written.map(({ percent, rows, msg }) => [percent, rows, msg])).toEqual([
    [25, 5_000, 'importing'],
    [50, 10_000, 'importing'],
  ]);
});
