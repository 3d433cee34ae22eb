import { expect, it } from 'vitest';
import { networkOf } from '../../../src/http/network-of.ts';

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:0001:0002::', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['::', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['unknown', 'unknown'],
  [undefined, ''],
  ['x:'.repeat(500), 'x:'.repeat(32)],
  ['1:2:3:4:5:6:7::', '1:2:3:4'],
])('%s stands for %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});
