/** How large a filter may be. Larger ones are refused with the limit in the message, never cut. */
export const limits = {
  /** Characters of one filter expression. */
  text: 8_192,
  /** Parentheses, `not`, `and`, `or` and relations inside each other. */
  depth: 64,
  comparisons: 256,
  /** Values of one `in` or `nin`. */
  values: 1_000,
  /** Stars of one `like`; each can make PostgreSQL try every position again. */
  stars: 8,
  /** Attributes of one sort. */
  sortKeys: 16,
} as const;
