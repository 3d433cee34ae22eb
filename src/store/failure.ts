/**
 * What PostgreSQL and the network say, turned into Problems. Only failures that mean the same for every statement are
 * translated here; a broken constraint means something else to each caller, so SQLSTATE class 23 passes as it is and
 * the write path reads it. Codes: PostgreSQL documentation, appendix A.
 */
import { Problem } from '../problem.ts';

/** A statement that PostgreSQL refused, as `pg` reports it. */
export interface DatabaseFailure extends Error {
  readonly code: string;
  readonly constraint?: string;
  readonly table?: string;
  readonly column?: string;
  readonly detail?: string;
  readonly position?: string;
}

const sqlState = /^[0-9A-Z]{5}$/;
const lostConnection = /^(57P0[1-5]|08...)$/;
const networkCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ENOENT', 'EACCES', 'ETIMEDOUT', 'ENOTFOUND'],
  ...['EAI_AGAIN', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'ENOTCONN'],
]);

// `pg` has no codes for these; the words are those of its client and its pool.
const lostWords = /^(Connection terminated|Client has encountered a connection error|Client was closed)/;
const poolEnded = 'Cannot use a pool after calling end on the pool';
const poolWait = 'timeout exceeded when trying to connect';

export function isDatabaseFailure(error: unknown): error is DatabaseFailure {
  return error instanceof Error && sqlState.test(codeOf(error)) && !networkCodes.has(codeOf(error));
}

/** Whether the connection itself is gone. Ask only about errors of a connection: a missing file looks the same. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  return lostConnection.test(code) || networkCodes.has(code) || lostWords.test(error.message);
}

/** Where in a script a failure is, as far as PostgreSQL says. It counts characters, from one. */
export function describePosition(script: string, { position }: DatabaseFailure): string {
  if (position === undefined) return '';
  const before = [...script]
    .slice(0, Number(position) - 1)
    .join('')
    .split('\n');
  return `, line ${before.length}, position ${(before.at(-1) ?? '').length + 1}`;
}

/** The Problem that a failure of a connection or statement stands for, or the failure as it is. */
export function translateFailure(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Problem) return error;
  const problem = findProblem(error);
  if (problem === null) return error;
  problem.cause = error;
  return problem;
}

function findProblem(error: Error): Problem | null {
  if (isConnectionLost(error) || error.message === poolEnded) {
    return new Problem('DATABASE_UNAVAILABLE', 'The database cannot be reached just now.', { retryAfter: 1 });
  }
  if (error.message === poolWait) {
    return new Problem('OVERLOADED', 'Every database connection was busy for too long.', { retryAfter: 1 });
  }
  switch (codeOf(error)) {
    case '53300':
      return new Problem('OVERLOADED', 'The database has no connection left.', { retryAfter: 1 });
    case '57014':
      return new Problem('STATEMENT_TIMEOUT', 'The database stopped a statement that ran for too long.', {
        retryAfter: 1,
      });
    // What was asked for adds up to more than a number can be.
    case '22003':
      return new Problem('INVALID_INPUT', 'The numbers are too large to be reckoned with.');
    case '22P05':
    case '22021':
      return new Problem('INVALID_INPUT', 'Text must be valid Unicode without the character NUL (U+0000).');
    default:
      return null;
  }
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
