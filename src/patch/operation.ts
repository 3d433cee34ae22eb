/** One operation of a JSON Patch (RFC 6902 §4). Paths are kept as the client wrote them. */
import type { Json } from '../json.ts';

export type Operation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly from: string; readonly path: string };

/** The members that each operation needs beside `op`. */
export const operationMembers = {
  add: ['path', 'value'],
  remove: ['path'],
  replace: ['path', 'value'],
  move: ['from', 'path'],
  copy: ['from', 'path'],
  test: ['path', 'value'],
} as const satisfies Record<Operation['op'], readonly string[]>;
