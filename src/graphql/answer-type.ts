/**
 * Which of its two media types an answer has (GraphQL over HTTP, "Media Types"). Apollo decides it for what it answers,
 * with this library; what never reaches Apollo must not be told apart by it.
 */
import Negotiator from 'negotiator';

export const answerTypes: readonly string[] = [
  'application/json; charset=utf-8',
  'application/graphql-response+json; charset=utf-8',
];

/** Null when the client takes neither. */
export function chooseAnswerType(accept: string | undefined): string | null {
  if (accept === undefined || accept === '') return answerTypes[0]!;
  return new Negotiator({ headers: { accept } }).mediaType([...answerTypes]) ?? null;
}
