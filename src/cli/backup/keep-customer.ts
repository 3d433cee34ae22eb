/** Of lines in COPY's text format, those of one customer, whose id stands first. */
import { Transform } from 'node:stream';

export function keepCustomer(customerId: string): Transform {
  const start = Buffer.from(`${customerId.toLowerCase()}\t`);
  let rest: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const end = bytes.lastIndexOf(10) + 1;
      rest = bytes.subarray(end);
      done(null, linesOf(bytes.subarray(0, end), start));
    },
  });
}

/** The lines that begin so, as one text; each line of `bytes` is whole. */
function linesOf(bytes: Buffer, start: Buffer): Buffer {
  const kept: Buffer[] = [];
  let from = 0;
  while (from < bytes.length) {
    const next = bytes.indexOf(10, from) + 1;
    // An id inside a line cannot look like its beginning: text of a row has no bare newlines in this format.
    if (bytes.subarray(from, from + start.length).equals(start)) kept.push(bytes.subarray(from, next));
    from = next;
  }
  return Buffer.concat(kept);
}
