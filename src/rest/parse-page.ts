/** Which part of a list is asked for: `skip`, `limit`, and the cursor `after` that our own Link header carries. */
import { Problem } from '../problem.ts';
import type { Page } from '../read/selection.ts';
import { findSingle, shorten } from './query-parameters.ts';

const defaultLimit = 100;

export function parsePage(parameters: URLSearchParams): Page {
  return {
    skip: parseCount(parameters, 'skip') ?? 0,
    limit: parseCount(parameters, 'limit') ?? defaultLimit,
    after: findSingle(parameters, 'after', invalidPage),
  };
}

/** Refused rather than rounded or cut: a client that asks for 10.5 rows has a bug, and would not see it. */
function parseCount(parameters: URLSearchParams, name: string): number | null {
  const text = findSingle(parameters, name, invalidPage);
  if (text === null) return null;
  const count = /^[0-9]+$/.test(text) ? Number(text) : NaN;
  if (Number.isSafeInteger(count)) return count;
  throw invalidPage(`${name} is a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, not ${shorten(text)}.`);
}

function invalidPage(detail: string): Problem {
  return new Problem('INVALID_PAGE', detail);
}
