/**
 * How many rows a list may be asked for. Larger pages are refused, not cut: a client that got fewer rows than it asked
 * for would take them for all there are.
 */
export const pageLimits = {
  /** As in REST. */
  unasked: 100,
  largest: 1_000,
} as const;
