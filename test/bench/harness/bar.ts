/** What was wanted of a measurement, beside what was got. */
import { layTable } from './table.ts';

export interface Bar {
  readonly what: string;
  readonly got: number;
  readonly bar: number;
  readonly met: boolean;
}

export const atLeast = (what: string, got: number, least: number): Bar => ({
  what,
  got,
  bar: least,
  met: got >= least,
});

export const atMost = (what: string, got: number, most: number): Bar => ({ what, got, bar: most, met: got <= most });

export function layBars(bars: readonly Bar[]): readonly string[] {
  const judged = bars.map(({ what, got, bar, met }) => [what, bar.toFixed(2), got.toFixed(2), met ? 'met' : 'MISSED']);
  return layTable(['what', 'bar', 'got', ''], judged);
}
