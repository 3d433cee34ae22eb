/**
 * Whom an address stands for when strangers are counted. Whoever has one IPv6 address has 2^64 of them (RFC 6177), so
 * there it is the first half that counts; and a socket for both versions writes IPv4 as `::ffff:192.0.2.1`.
 */
import { isIP } from 'node:net';

/** What a proxy wrote may be anything, of any length, and is kept for a while. */
const longestName = 64;

/** A socket that was closed meanwhile has no address any more. */
export function networkOf(ip = ''): string {
  if (isIP(ip) === 0) return ip.slice(0, longestName);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined || !ip.includes(':')) return mapped ?? ip;
  const [head = '', tail] = ip.replace(/%.*$/, '').split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const groups = [...first, ...Array<string>(zeros).fill('0'), ...last];
  return groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}
