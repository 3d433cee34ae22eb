/** One example of each problem that REST answers with, worded as the server words it. */
import { invalidInput, Problem, type ProblemCode } from '../../problem.ts';
import { duplicate, etagRequired, idTaken, stale } from '../../write/problems.ts';
import { exampleEtag, exampleId } from './examples.ts';

/** GraphQL's alone, and of the pages of signing in. */
type Foreign = 'TOO_COSTLY' | 'OPERATION_NOT_TRUSTED' | 'SIGN_IN_EXPIRED';
export type RestProblemCode = Exclude<ProblemCode, Foreign>;

export const problemExamples: Readonly<Record<RestProblemCode, Problem>> = {
  MALFORMED_JSON: say('MALFORMED_JSON', 'The body is not valid JSON at line 1, column 9: expected a value, got "}".'),
  MALFORMED_REQUEST: say('MALFORMED_REQUEST', 'There is no parameter "filters"; did you mean filter?'),
  INVALID_INPUT: invalidInput([{ pointer: '/data/notes', message: 'must be a text, not 7' }]),
  INVALID_FILTER: say('INVALID_FILTER', 'There is no attribute /data/succesful; did you mean /data/successful?'),
  INVALID_SORT: say('INVALID_SORT', 'Expected a JSON Pointer such as /data/timestamp; found "newest".'),
  INVALID_PAGE: say('INVALID_PAGE', 'limit is a whole number from 0 to 9007199254740991, not "ten".'),
  INVALID_PATCH: new Problem('INVALID_PATCH', '/0/path of the patch: there is no attribute "nickname".', {
    errors: [{ pointer: '/data/0/path', message: 'there is no attribute "nickname"' }],
  }),
  UNAUTHENTICATED: say('UNAUTHENTICATED', 'Expected the header "Authorization: Bearer <token>"; there is none.'),
  FORBIDDEN: say('FORBIDDEN', 'You need the permission insert@contacts in a security group.'),
  NOT_FOUND: say('NOT_FOUND', `There is no contacts row with the id ${exampleId('contact')} that you may see.`),
  METHOD_NOT_ALLOWED: new Problem('METHOD_NOT_ALLOWED', '/v1/customers takes GET, HEAD, not POST.', {
    allow: ['GET', 'HEAD'],
  }),
  REQUEST_TIMEOUT: say('REQUEST_TIMEOUT', 'The request did not arrive in time.'),
  PATCH_TEST_FAILED: new Problem('PATCH_TEST_FAILED', '/0 of the patch: the value is another one.', {
    errors: [{ pointer: '/data/0', message: 'the value is another one' }],
  }),
  ID_TAKEN: idTaken(exampleId('contact')),
  DUPLICATE: duplicate('Another user has this email.', exampleId('user')),
  LEASE_ENDED: say('LEASE_ENDED', 'The walklist is not checked out, or its lease has ended.'),
  SYNC_CHECKPOINT_EXPIRED: new Problem(
    'SYNC_CHECKPOINT_EXPIRED',
    'The position is older than your rights. Begin anew.',
  ),
  LEASE_HELD: new Problem('LEASE_HELD', 'Somebody else holds a door of this walklist.', {
    errors: [{ pointer: '/stops/4/householdId', message: 'is a door that somebody else holds' }],
  }),
  ETAG_STALE: stale(exampleEtag),
  RANGE_NOT_SATISFIABLE: say(
    'RANGE_NOT_SATISFIABLE',
    'There are 1024 bytes, and none in the range that was asked for.',
  ),
  BODY_TOO_LARGE: say('BODY_TOO_LARGE', 'The body may have 1048576 bytes at this address.'),
  UNSUPPORTED_MEDIA_TYPE: say(
    'UNSUPPORTED_MEDIA_TYPE',
    'The body has to be application/json or application/json-patch+json; got text/plain.',
  ),
  ETAG_REQUIRED: etagRequired(),
  RATE_LIMITED: say('RATE_LIMITED', 'There were more requests than one caller may make in a minute.'),
  HEADERS_TOO_LARGE: say('HEADERS_TOO_LARGE', 'The address and the headers together are longer than 64 KiB.'),
  INTERNAL: say('INTERNAL', `Something broke on our side. Its log has the request id ${exampleId('request')}.`),
  OVERLOADED: say('OVERLOADED', 'Every connection to the database is in use.'),
  ISSUER_UNAVAILABLE: say('ISSUER_UNAVAILABLE', 'The keys of https://login.example cannot be fetched at the moment.'),
  DATABASE_UNAVAILABLE: say('DATABASE_UNAVAILABLE', 'The database does not answer.'),
  STATEMENT_TIMEOUT: say('STATEMENT_TIMEOUT', 'The question took longer than it may.'),
  ABORTED: say('ABORTED', 'Nothing was written, because item 3 of the batch failed.'),
};

function say(code: RestProblemCode, detail: string): Problem {
  return new Problem(code, detail);
}
