/**
 * What is refused at `/graphql` before Apollo sees it: strangers, bodies that are not JSON, too large or of another
 * type. GraphQL's clients look for `errors` whatever the status is, so that is what they get, with the facts that a
 * problem document would hold; the status and the headers are the same as in REST.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from '../http/problem-reply.ts';
import { answerTypes, chooseAnswerType } from './answer-type.ts';
import { factsOf } from './errors.ts';

export function sendRefusal(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(error, request, reply, (problem) => ({
    // Who takes neither type cannot read this either way, and the status says enough.
    contentType: chooseAnswerType(request.headers.accept) ?? answerTypes[0]!,
    body: JSON.stringify({
      errors: [{ message: problem.detail, extensions: { ...factsOf(problem), requestId: request.id } }],
    }),
  }));
}
