/**
 * Everything that can go wrong, in one catalogue. A Problem is what a caller is told; it is translated at four
 * edges only (the store on the way in; GraphQL, REST and the command line on the way out). Anything else that is
 * thrown is a bug: the edges turn it into INTERNAL and log its stack.
 *
 * Codes are permanent. Clients branch on them, so a code is never renamed and never given a second meaning.
 */
export const catalogue = {
  MALFORMED_JSON: { status: 400, title: 'The body is not valid JSON' },
  MALFORMED_REQUEST: { status: 400, title: 'The request cannot be understood' },
  INVALID_INPUT: { status: 400, title: 'The input breaks a rule' },
  INVALID_FILTER: { status: 400, title: 'The filter cannot be understood' },
  INVALID_SORT: { status: 400, title: 'The sort cannot be understood' },
  INVALID_PAGE: { status: 400, title: 'The page cannot be served' },
  TOO_COSTLY: { status: 400, title: 'The operation could touch too many rows' },
  INVALID_PATCH: { status: 400, title: 'The patch cannot be applied' },
  SIGN_IN_EXPIRED: { status: 400, title: 'The sign-in has ended or was never begun' },
  UNAUTHENTICATED: { status: 401, title: 'A valid bearer token is needed' },
  FORBIDDEN: { status: 403, title: 'The permission is missing' },
  OPERATION_NOT_TRUSTED: { status: 403, title: 'The operation is not one of the trusted ones' },
  NOT_FOUND: { status: 404, title: 'There is nothing here for you' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This address does not take that method' },
  REQUEST_TIMEOUT: { status: 408, title: 'The request took too long to arrive' },
  PATCH_TEST_FAILED: { status: 409, title: 'A test operation of the patch failed' },
  ID_TAKEN: { status: 409, title: 'The id belongs to something else' },
  DUPLICATE: { status: 409, title: 'The same thing exists already' },
  LEASE_HELD: { status: 409, title: 'Somebody else has it' },
  LEASE_ENDED: { status: 409, title: 'It is not checked out' },
  SYNC_CHECKPOINT_EXPIRED: { status: 410, title: 'The checkpoint is too old to go on from' },
  ETAG_STALE: { status: 412, title: 'The row has changed since you read it' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The media type is not understood' },
  RANGE_NOT_SATISFIABLE: { status: 416, title: 'There is nothing in that range' },
  ETAG_REQUIRED: { status: 428, title: 'The current etag is needed' },
  RATE_LIMITED: { status: 429, title: 'Too many requests' },
  HEADERS_TOO_LARGE: { status: 431, title: 'The headers are too large' },
  INTERNAL: { status: 500, title: 'Something broke on our side' },
  OVERLOADED: { status: 503, title: 'The server is busy' },
  ISSUER_UNAVAILABLE: { status: 503, title: 'The issuer of the token cannot be reached' },
  DATABASE_UNAVAILABLE: { status: 503, title: 'The database cannot be reached' },
  STATEMENT_TIMEOUT: { status: 503, title: 'The question took too long' },
  ABORTED: { status: 409, title: 'Another item of the batch failed' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemCode = keyof typeof catalogue;

/** One fault inside a body: an RFC 6901 pointer to the place, and what was expected there. */
export interface Fault {
  readonly pointer: string;
  readonly message: string;
}

export interface ProblemFacts {
  /** The faults inside the input, one per place. */
  readonly errors?: readonly Fault[];
  /** The current etag of the row, with ETAG_STALE. */
  readonly etag?: string;
  /** The methods this address takes, with METHOD_NOT_ALLOWED. */
  readonly allow?: readonly string[];
  /** How many bytes there are, with RANGE_NOT_SATISFIABLE. */
  readonly length?: number;
  /** Seconds after which it is worth trying again, with 429 and 503. */
  readonly retryAfter?: number;
}

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly title: string;

  /** `detail` is a sentence for the person who made the call: what was expected, what came, and where. */
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly facts: ProblemFacts = {},
  ) {
    super(detail);
    this.status = catalogue[code].status;
    this.title = catalogue[code].title;
  }
}

/** As many as somebody may want to repair in one go: a small request is not answered with megabytes. */
export const mostFaults = 1_000;

/** The Problem for input with several faults; the detail repeats the first, so that a log line says something. */
export function invalidInput(faults: readonly Fault[]): Problem {
  const [first] = faults;
  const place = first === undefined || first.pointer === '' ? 'The body' : first.pointer;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return new Problem('INVALID_INPUT', `${place}: ${first?.message ?? 'is not valid'}${more}`, {
    errors: faults.slice(0, mostFaults),
  });
}
