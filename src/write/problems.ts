/** The Problems of the write path, each worded once. */
import { invalidInput, Problem, type Fault } from '../problem.ts';
import type { Resource } from '../model.ts';

/** The same words for a row that is absent, deleted, or out of the caller's sight. */
export function notFound({ label }: Resource, id: string): Problem {
  return new Problem('NOT_FOUND', `There is no ${label} row with the id ${id} that you may see.`);
}

export function forbidden(verb: string, { label }: Resource, where: string): Problem {
  return new Problem('FORBIDDEN', `You need the permission ${verb}@${label} ${where}.`);
}

export function stale(current: string): Problem {
  const detail = `The row has changed: its etag is ${current} now. Read it again, and apply your change to what you find.`;
  return new Problem('ETAG_STALE', detail, { etag: current });
}

export function etagRequired(): Problem {
  return new Problem('ETAG_REQUIRED', 'Send the etag of the row that you have read, in the header etag or If-Match.');
}

export function idTaken(id: string): Problem {
  return new Problem('ID_TAKEN', `The id ${id} belongs to something that was created from another body.`);
}

/** The id is told to those who may read the row. */
export function duplicate(message: string, id: string | null): Problem {
  return new Problem('DUPLICATE', id === null ? message : `${message} Its id is ${id}.`);
}

export function aborted(index: number): Problem {
  return new Problem('ABORTED', `Nothing was written, because item ${index} of the batch failed.`);
}

export function invalid(faults: readonly Fault[]): Problem {
  return invalidInput(faults);
}
