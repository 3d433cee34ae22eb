/** An answer that is one envelope: its text as the database wrote it, and its etag in quotes (RFC 9110 §8.8.3). */
import type { FastifyReply } from 'fastify';
import type { FoundRow, RowText } from '../read/reader.ts';

export function sendRow(
  reply: FastifyReply,
  status: number,
  { etag, text }: RowText | Omit<FoundRow, 'id'>,
): FastifyReply {
  return reply.code(status).header('etag', `"${etag}"`).type('application/json; charset=utf-8').send(text);
}
