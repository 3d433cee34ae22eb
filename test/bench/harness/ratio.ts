/** How two contenders compare: round by round, because rounds differ more than contenders do. */
import { median } from './median.ts';
import type { Turn } from './measure-rounds.ts';

export function ratioOf(turns: readonly Turn[], others: readonly Turn[]): number {
  return median(turns.map(({ perSecond }, round) => perSecond / others[round]!.perSecond));
}

/** Microseconds of processor a request, in the server and in PostgreSQL together. */
export function effortOf(turns: readonly Turn[]): number {
  return median(turns.map(({ microseconds: { server, database } }) => server + database));
}

export function rateOf(turns: readonly Turn[]): number {
  return median(turns.map(({ perSecond }) => perSecond));
}
