/** `90d`, `18mo` and `2y` as a moment before now, in calendar months and years of UTC. */
const units = { d: 'days', w: 'weeks', mo: 'months', y: 'years' } as const;

/** Null for any other text, and for less than a day. */
export function parseAge(text: string, now: Date): Date | null {
  const [, number = '', unit = ''] = /^(\d{1,4})(d|w|mo|y)$/.exec(text) ?? [];
  const count = Number(number);
  if (count === 0 || !(unit in units)) return null;
  const before = new Date(now);
  if (unit === 'd' || unit === 'w') before.setUTCDate(before.getUTCDate() - count * (unit === 'w' ? 7 : 1));
  else {
    const day = before.getUTCDate();
    before.setUTCDate(1);
    before.setUTCMonth(before.getUTCMonth() - count * (unit === 'y' ? 12 : 1));
    const last = new Date(Date.UTC(before.getUTCFullYear(), before.getUTCMonth() + 1, 0)).getUTCDate();
    before.setUTCDate(Math.min(day, last));
  }
  return before;
}
