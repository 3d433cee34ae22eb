/** `90s`, `15m`, `12h`, `30d` as seconds, up to a year: a token cannot be taken back. */
import { InvalidArgumentError } from 'commander';

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const longest = 366 * 86_400;

export function parseLifetime(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,8})([smhd])$/.exec(text) ?? [];
  const lifetime = Number(number) * (seconds[unit] ?? 0);
  if (lifetime > 0 && lifetime <= longest) return lifetime;
  throw new InvalidArgumentError('It must be a time such as 90s, 15m, 12h or 30d, and at most 366d.');
}
