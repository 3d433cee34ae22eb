/** What a normaliser says of a cell it cannot use: the rest of a sentence that starts with the column's name. */
export interface Unusable {
  readonly unusable: string;
}

export function unusable(reason: string): Unusable {
  return { unusable: reason };
}

export function isUnusable(value: unknown): value is Unusable {
  return typeof value === 'object' && value !== null && 'unusable' in value;
}
