import { expect, test } from 'vitest';
import { makeLog } from '../../../src/log.ts';
import { makePrisma } from '../../../src/store/administration.ts';
import { makeTestDatabase } from '../../database.ts';

test('the administration client works in UTC and gives its connections back', async () => {
  const home = await makeTestDatabase();
  const prisma = makePrisma({ url: home.url, poolSize: 1, log: makeLog({ logLevel: 'silent', logFormat: 'json' }) });
  const rows = await prisma.$queryRaw`
    SELECT current_setting('timezone') AS zone, timestamptz '2024-07-01 12:00+02' AS at`;
  expect(rows).toEqual([{ zone: 'UTC', at: new Date('2024-07-01T10:00:00Z') }]);
  await prisma.$disconnect();
  await home.drop();
});
