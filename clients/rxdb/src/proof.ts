/** The end of a shift: what a device says of the visits that it made, so that the server can say whether it has all. */

export interface ShiftClaim {
  readonly walklistId: string;
  readonly count: number;
  readonly hash: string;
  readonly ids?: readonly string[];
}

/** SHA-256 in hex of the ids in lower case, sorted by code unit and each followed by a newline. */
export async function hashIds(ids: readonly string[]): Promise<string> {
  const sorted = ids.map((id) => id.toLowerCase()).sort();
  const bytes = new TextEncoder().encode(sorted.map((id) => `${id}\n`).join(''));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `named`: with the ids, after count or hash differed. */
export async function makeClaim(
  walklistId: string,
  ids: readonly string[],
  { named = false }: { readonly named?: boolean } = {},
): Promise<ShiftClaim> {
  return { walklistId, count: ids.length, hash: await hashIds(ids), ...(named ? { ids } : {}) };
}

export const shiftProofsQuery = `query ShiftProofs($claims: [ShiftClaim!]!) {
  shiftProofs(claims: $claims) { walklistId isComplete count missing rejected }
}`;

export interface ShiftProof {
  readonly walklistId: string;
  readonly isComplete: boolean;
  readonly count: number;
  /** Null where the numbers differ and no ids were named. */
  readonly missing: readonly string[] | null;
  readonly rejected: readonly string[] | null;
}
