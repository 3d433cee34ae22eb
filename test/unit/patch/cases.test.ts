/** RFC 6902 case by case. Each document stands below one attribute, because attributes themselves are declared. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Json } from '../../../src/json.ts';
import { checkPatch } from '../../../src/patch/check-patch.ts';
import { applyPatch } from '../../../src/patch/patch.ts';

interface Case {
  readonly name: string;
  readonly document: Json;
  readonly patch: readonly { readonly op: string; readonly path: string; readonly from?: string }[];
  readonly expected?: Json;
  readonly code?: string;
  readonly pointer?: string;
}

const file = new URL('../../cases/json-patch.json', import.meta.url);
const cases = JSON.parse(readFileSync(file, 'utf8')) as readonly Case[];

test.each(cases)('$name', ({ document, patch, expected, code, pointer }) => {
  const below = patch.map((operation) => ({
    ...operation,
    path: `/fields${operation.path}`,
    ...(operation.from === undefined ? {} : { from: `/fields${operation.from}` }),
  }));
  const run = (): unknown => applyPatch({ fields: document }, checkPatch(below));
  if (code === undefined) expect(run()).toEqual({ fields: expected });
  else
    expect(run).toThrow(expect.objectContaining({ code, facts: { errors: [expect.objectContaining({ pointer })] } }));
});
