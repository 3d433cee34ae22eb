/** A UUIDv7 (RFC 9562 §5.7), as devices make them. The package `uuid` is another one beside the benchmarks' guests. */
import { randomBytes } from 'node:crypto';

export function makeId(): string {
  const hex = Date.now().toString(16).padStart(12, '0') + randomBytes(10).toString('hex');
  const variant = ((parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
