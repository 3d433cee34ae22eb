/**
 * A short round through all doors, given what it costs from each to each: a first round from door to nearest door, made
 * better by turning parts of it round and by moving short runs elsewhere (2-opt and Or-opt, with neighbour lists), and
 * then disturbed in one place again and again, keeping what is no worse (iterated local search: Lourenço, Martin and
 * Stützle 2003). The same doors always give the same round.
 */
const neighbours = 12;
const longestRun = 3;
/** Attempts for each door: more are hardly ever shorter, see `npm run bench -- tours`. */
const attempts = 12;
const longestShuffle = 50;
const tiny = 1e-7;

/** The doors in order and where each stands in it; room for what is being put in order, and marks of what to look at. */
interface Round {
  readonly order: Int32Array;
  readonly place: Int32Array;
  readonly room: Int32Array;
  readonly isOpen: Uint8Array;
}

/** The indexes in the order of the round; it may be begun anywhere and walked either way. `costs` is size × size. */
export function findRound(costs: Float64Array, size: number): readonly number[] {
  const round = startRound(costs, size);
  if (size < 4) return [...round.order];
  const near = nearest(costs, size);
  improve(round, costs, near, [...round.order]);
  const random = makeRandom(size);
  const best = round.order.slice();
  for (let attempt = 0; attempt < attempts * size; attempt++) {
    const disturbed = disturb(round, random);
    const change = disturbed.change(costs) + improve(round, costs, near, disturbed.ends);
    if (change <= tiny) best.set(round.order);
    else restore(round, best);
  }
  return [...best];
}

export function costOfRound(order: readonly number[], costs: Float64Array): number {
  const size = order.length;
  return order.reduce((sum, from, index) => sum + costs[from * size + order[(index + 1) % size]!]!, 0);
}

function startRound(costs: Float64Array, size: number): Round {
  const order = new Int32Array(size);
  const left = new Set(Array.from({ length: size }, (_, index) => index));
  let from = 0;
  for (let at = 0; at < size; at++) {
    order[at] = from;
    left.delete(from);
    let next = -1;
    for (const other of left) {
      if (next === -1 || costs[from * size + other]! < costs[from * size + next]!) next = other;
    }
    from = next;
  }
  const round = { order, place: new Int32Array(size), room: new Int32Array(size), isOpen: new Uint8Array(size) };
  restore(round, order);
  return round;
}

function restore({ order, place }: Round, from: Int32Array): void {
  if (order !== from) order.set(from);
  for (let at = 0; at < order.length; at++) place[order[at]!] = at;
}

/** For each door the nearest others, the nearest first. */
function nearest(costs: Float64Array, size: number): Int32Array {
  const count = Math.min(neighbours, size - 1);
  const near = new Int32Array(size * count);
  for (let from = 0; from < size; from++) {
    const others = Array.from({ length: size }, (_, index) => index).filter((index) => index !== from);
    others.sort((one, other) => costs[from * size + one]! - costs[from * size + other]!);
    near.set(others.slice(0, count), from * count);
  }
  return near;
}

/** Makes the round shorter near these doors until nothing helps; answers by how much, as a number below zero. */
function improve(round: Round, costs: Float64Array, near: Int32Array, start: readonly number[]): number {
  const size = round.order.length;
  const count = near.length / size;
  const open = [...start];
  const { isOpen } = round;
  for (const door of open) isOpen[door] = 1;
  let change = 0;
  for (let door = open.pop(); door !== undefined; door = open.pop()) {
    isOpen[door] = 0;
    const found = turnPart(round, costs, near, count, door) ?? moveRun(round, costs, near, count, door);
    if (found === null) continue;
    change += found.change;
    for (const end of found.ends) {
      if (isOpen[end] === 1) continue;
      isOpen[end] = 1;
      open.push(end);
    }
  }
  return change;
}

interface Found {
  readonly change: number;
  /** The doors whose neighbours in the round are others now. */
  readonly ends: readonly number[];
}

/** Two legs are replaced by two others, and the part between them is walked the other way. */
function turnPart(round: Round, costs: Float64Array, near: Int32Array, count: number, a: number): Found | null {
  const { order, place } = round;
  const size = order.length;
  for (const step of [1, size - 1]) {
    const b = order[(place[a]! + step) % size]!;
    const leg = costs[a * size + b]!;
    for (let index = 0; index < count; index++) {
      const c = near[a * count + index]!;
      const gain = leg - costs[a * size + c]!;
      if (gain <= tiny) break;
      const d = order[(place[c]! + step) % size]!;
      const change = costs[b * size + d]! - costs[c * size + d]! - gain;
      if (change >= -tiny) continue;
      if (step === 1) turn(round, place[b]!, place[c]!);
      else turn(round, place[a]!, place[d]!);
      return { change, ends: [a, b, c, d] };
    }
  }
  return null;
}

/** Walks the part from one place to another the other way, or what is outside of it, which is the same round. */
function turn({ order, place }: Round, from: number, to: number): void {
  const size = order.length;
  let length = ((to - from + size) % size) + 1;
  let [left, right] = [from, to];
  if (length * 2 > size) {
    [left, right] = [(to + 1) % size, (from - 1 + size) % size];
    length = size - length;
  }
  for (let swaps = length >> 1; swaps > 0; swaps--) {
    const [one, other] = [order[left]!, order[right]!];
    order[left] = other;
    order[right] = one;
    place[other] = left;
    place[one] = right;
    left = (left + 1) % size;
    right = (right - 1 + size) % size;
  }
}

/** A run of up to three doors that ends at `a` is put between two others, with `a` beside a near one. */
function moveRun(round: Round, costs: Float64Array, near: Int32Array, count: number, a: number): Found | null {
  const { order, place } = round;
  const size = order.length;
  for (const step of [1, size - 1]) {
    const at = (by: number): number => order[(place[a]! + by * step) % size]!;
    // Before `a` comes what stays; the run goes on from `a` in the direction of the step.
    const before = order[(place[a]! + size - step) % size]!;
    for (let length = 1; length <= longestRun && length < size - 2; length++) {
      const [last, behind] = [at(length - 1), at(length)];
      const freed = costs[before * size + a]! + costs[last * size + behind]! - costs[before * size + behind]!;
      for (let index = 0; index < count; index++) {
        const c = near[a * count + index]!;
        if (costs[a * size + c]! >= freed - tiny) break;
        const offset = ((place[c]! - place[a]!) * (step === 1 ? 1 : -1) + size) % size;
        if (offset < length) continue;
        for (const side of [1, size - 1]) {
          const d = order[(place[c]! + side) % size]!;
          const offsetOfD = ((place[d]! - place[a]!) * (step === 1 ? 1 : -1) + size) % size;
          if (offsetOfD < length) continue;
          const change = costs[c * size + a]! + costs[last * size + d]! - costs[c * size + d]! - freed;
          if (change >= -tiny) continue;
          const run = Array.from({ length }, (_, by) => at(by));
          // Between c and d, in the order of the round: c first when d comes behind it.
          put(round, run, side === 1 ? c : d, side === 1 ? run : [...run].reverse());
          return { change, ends: [a, last, before, behind, c, d] };
        }
      }
    }
  }
  return null;
}

/** Takes the run out and puts it in behind a door that stays. */
function put(round: Round, run: readonly number[], behind: number, placed: readonly number[]): void {
  const { order, room } = round;
  let at = 0;
  for (const door of order) {
    if (run.includes(door)) continue;
    room[at++] = door;
    if (door === behind) for (const moved of placed) room[at++] = moved;
  }
  restore(round, room);
}

/** Two neighbouring parts of the round change places: a step that improving alone cannot take, and does not undo. */
function disturb(
  round: Round,
  random: (below: number) => number,
): { readonly ends: readonly number[]; readonly change: (costs: Float64Array) => number } {
  const { order, place } = round;
  const size = order.length;
  const longest = Math.max(1, Math.min(longestShuffle, Math.floor((size - 2) / 2)));
  const [from, one, two] = [random(size), 1 + random(longest), 1 + random(longest)];
  const at = (by: number): number => order[(from + by) % size]!;
  const ends = [at(0), at(1), at(one), at(one + 1), at(one + two), at(one + two + 1)] as const;
  const part = Array.from({ length: one + two }, (_, by) => at(1 + ((by + one) % (one + two))));
  part.forEach((door, by) => {
    const to = (from + 1 + by) % size;
    order[to] = door;
    place[door] = to;
  });
  const [a, b, c, d, e, f] = ends;
  const change = (costs: Float64Array): number => {
    const cost = (x: number, y: number): number => costs[x * size + y]!;
    return cost(a, d) + cost(e, b) + cost(c, f) - cost(a, b) - cost(c, d) - cost(e, f);
  };
  return { ends, change };
}

/** Numbers below a bound that look like chance and are the same every time (Park and Miller 1988). */
function makeRandom(seed: number): (below: number) => number {
  let state = (seed % 2_147_483_646) + 1;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return Math.floor((state / 2_147_483_647) * below);
  };
}
