/** A stream that passes bytes on and tells, at its end, how many there were and what their checksum is. */
import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';

export interface MeasuredStream {
  readonly stream: Transform;
  /** Both are right when the stream has ended. */
  bytes(): number;
  /** SHA-256 in hex. */
  sha256(): string;
}

export function measureStream(onBytes: (chunk: Buffer) => void = () => undefined): MeasuredStream {
  const hash = createHash('sha256');
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      onBytes(chunk);
      done(null, chunk);
    },
  });
  return { stream, bytes: () => bytes, sha256: () => hash.copy().digest('hex') };
}
