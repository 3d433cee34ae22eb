/**
 * What no round through all doors can undercut: the 1-tree bound of Held and Karp (1970, 1971), climbed by subgradients.
 * It is usually within one percent of the shortest round.
 */
export function lowerBound(costs: Float64Array, size: number, known: number): number {
  const weights = new Float64Array(size);
  let best = -Infinity;
  let pace = 2;
  let idle = 0;
  for (let turn = 0; turn < 1_000 && pace > 1e-4; turn++) {
    const { length, degrees } = oneTree(costs, size, weights);
    if (length > best + 1e-9) {
      best = length;
      idle = 0;
    } else if (++idle === 20) {
      pace /= 2;
      idle = 0;
    }
    const spread = degrees.reduce((sum, degree) => sum + (degree - 2) ** 2, 0);
    if (spread === 0) break;
    const step = (pace * Math.max(known - length, 0)) / spread;
    for (let door = 0; door < size; door++) weights[door]! += step * (degrees[door]! - 2);
  }
  return best;
}

/** A shortest tree through all but the first door, and the two cheapest ways to that one. Prim's algorithm. */
function oneTree(
  costs: Float64Array,
  size: number,
  weights: Float64Array,
): { readonly length: number; readonly degrees: Int32Array } {
  const cost = (from: number, to: number): number => costs[from * size + to]! + weights[from]! + weights[to]!;
  const degrees = new Int32Array(size);
  const nearest = new Float64Array(size).fill(Infinity);
  const parent = new Int32Array(size).fill(-1);
  const isIn = new Uint8Array(size);
  let length = 0;
  let door = 1;
  for (let count = 1; count < size; count++) {
    isIn[door] = 1;
    if (parent[door]! >= 0) {
      length += nearest[door]!;
      degrees[door]! += 1;
      degrees[parent[door]!]! += 1;
    }
    let next = -1;
    for (let other = 1; other < size; other++) {
      if (isIn[other] === 1) continue;
      const way = cost(door, other);
      if (way < nearest[other]!) {
        nearest[other] = way;
        parent[other] = door;
      }
      if (next === -1 || nearest[other]! < nearest[next]!) next = other;
    }
    door = next;
  }
  const ways = Array.from({ length: size - 1 }, (_, index) => index + 1).sort((a, b) => cost(0, a) - cost(0, b));
  for (const other of ways.slice(0, 2)) {
    length += cost(0, other);
    degrees[other]! += 1;
    degrees[0]! += 1;
  }
  return { length: length - 2 * weights.reduce((sum, weight) => sum + weight, 0), degrees };
}
