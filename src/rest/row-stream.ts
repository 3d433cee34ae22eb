/**
 * A streamed answer with a minimum drain rate. Pieces are asked for only when the client has taken the ones before, so
 * a slow client costs no memory; but it does hold one of few database cursors, so a client that leaves one piece lying
 * for too long is cut off.
 *
 * A newcomer's mistake would be Readable.from(): destroyed before its first read, it never closes its source, and the
 * cursor behind it would stay open for ever.
 */
import { Readable } from 'node:stream';
import type { Stop } from '../stop.ts';

export interface RowStreamOptions {
  /** Ends the work on a piece that is under way. */
  readonly stop: Pick<Stop, 'abort'>;
  readonly drainTimeoutMs: number;
  readonly onStall: () => void;
}

/** Resolves when the first piece is there, so that a failure before it can still be answered with its status. */
export async function makeRowStream(
  pieces: AsyncGenerator<Buffer, void>,
  { stop, drainTimeoutMs, onStall }: RowStreamOptions,
): Promise<Readable> {
  let first: IteratorResult<Buffer, void> | null = await pieces.next();
  let stall: NodeJS.Timeout | undefined;

  const pull = async (stream: Readable): Promise<void> => {
    const { done, value } = first ?? (await pieces.next());
    first = null;
    if (done === true) return void stream.push(null);
    stall = setTimeout(onStall, drainTimeoutMs);
    stream.push(value);
  };

  return new Readable({
    highWaterMark: 1,
    read() {
      clearTimeout(stall);
      pull(this).catch((error: unknown) => this.destroy(error as Error));
    },
    destroy(error, done) {
      clearTimeout(stall);
      stop.abort(error);
      pieces.return().then(
        () => done(error),
        () => done(error),
      );
    },
  });
}
