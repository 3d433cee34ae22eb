/**
 * Doors cut into pieces of about the same size, by straight lines: a region is halved again and again, each time across
 * the direction and at the place where the halves lie furthest apart. The pieces of straight cuts do not reach into each
 * other, and since a wide gap is worth more than a small one, cuts run along rivers and through back yards, and leave
 * both sides of a street together.
 */
import type { Spot } from './projection.ts';

/** How much the size of a piece may differ from the mean. */
const tolerance = 0.1;
const directions = 16;
/** What a metre of gap is worth, in metres between the middles of the two halves. Found by measuring walks. */
const gapWorth = 2;
/** A gap that is wider than this parts two towns, and is not better than another such. */
const widestGap = 400;

interface Limits {
  readonly fewest: number;
  readonly most: number;
}

/**
 * The indexes of the spots, piece by piece: as few pieces as hold at most `most` spots each, and none that differs from
 * the mean by more than a tenth (or by one). Spots in one place stay together where they can.
 */
export function divide(spots: readonly Spot[], most: number): readonly (readonly number[])[] {
  if (spots.length === 0) return [];
  const pieces = Math.ceil(spots.length / most);
  const mean = spots.length / pieces;
  const limits = {
    fewest: Math.min(Math.floor(mean), Math.ceil(mean * (1 - tolerance))),
    most: Math.min(most, Math.max(Math.ceil(mean), Math.floor(mean * (1 + tolerance)))),
  };
  return halve(
    spots,
    spots.map((_, index) => index),
    pieces,
    limits,
  );
}

function halve(
  spots: readonly Spot[],
  members: readonly number[],
  pieces: number,
  limits: Limits,
): readonly (readonly number[])[] {
  if (pieces === 1) return [members];
  const { order, at, below } = findCut(spots, members, pieces, limits);
  return [...halve(spots, order.slice(0, at), below, limits), ...halve(spots, order.slice(at), pieces - below, limits)];
}

interface Cut {
  /** The members along the direction, how many come before the cut, and how many pieces they make. */
  readonly order: readonly number[];
  readonly at: number;
  readonly below: number;
}

function findCut(spots: readonly Spot[], members: readonly number[], pieces: number, limits: Limits): Cut {
  const half = Math.floor(pieces / 2);
  const shares = half * 2 === pieces ? [half] : [half, half + 1];
  let best: Cut | null = null;
  let bestScore = -Infinity;
  for (let turn = 0; turn < directions; turn++) {
    const angle = (turn * Math.PI) / directions;
    const { order, along } = lineUp(spots, members, angle);
    for (const below of shares) {
      const found = findPlace(along, below, pieces - below, limits);
      if (found.score <= bestScore) continue;
      bestScore = found.score;
      best = { order, at: found.at, below };
    }
  }
  return best!;
}

function lineUp(
  spots: readonly Spot[],
  members: readonly number[],
  angle: number,
): { readonly order: readonly number[]; readonly along: Float64Array } {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const placed = members.map((index) => ({ index, place: spots[index]!.x * cos + spots[index]!.y * sin }));
  // Neighbours in the input, such as the flats of a house, stay neighbours where the line cannot tell them apart.
  placed.sort((one, other) => one.place - other.place || one.index - other.index);
  return { order: placed.map(({ index }) => index), along: Float64Array.from(placed, ({ place }) => place) };
}

function findPlace(
  along: Float64Array,
  below: number,
  above: number,
  { fewest, most }: Limits,
): { readonly at: number; readonly score: number } {
  const total = along.length;
  const first = Math.max(below * fewest, total - above * most);
  const last = Math.min(below * most, total - above * fewest);
  const sum = along.reduce((all, place) => all + place, 0);
  let before = along.subarray(0, first).reduce((all, place) => all + place, 0);
  let best = { at: first, score: -Infinity };
  for (let at = first; at <= last; at++) {
    const apart = (sum - before) / (total - at) - before / at;
    const gap = Math.min(along[at]! - along[at - 1]!, widestGap);
    const score = apart + gapWorth * gap;
    if (score > best.score) best = { at, score };
    before += along[at]!;
  }
  return best;
}
