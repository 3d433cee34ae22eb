/**
 * CSV and NDJSON: PostgreSQL has written the rows, and here they are counted and cut into parts, each with its head.
 *
 * A newcomer's mistake would be to look for row ends with a search for line feeds: a cell of a CSV file may hold some.
 */
import type { Encode, Piece } from './piece.ts';

const lineFeed = 0x0a;
const quote = 0x22;
const carriageReturn = 0x0d;

export interface LineOptions {
  /** What every part begins with. */
  readonly head: string;
  /** Whether line feeds between quotes belong to a cell; and a row ends with CR LF, as RFC 4180 §2 has it. */
  readonly isCsv: boolean;
  readonly rowsPerPart: number;
}

export function makeEncodeLines({ head, isCsv, rowsPerPart }: LineOptions): Encode {
  const headBytes = Buffer.from(head);
  const findEnds = isCsv ? makeFindCsvEnds() : findLineEnds;
  const take = isCsv ? takeCsv : (chunk: Buffer, from: number, to: number) => chunk.subarray(from, to);
  return async function* encodeLines(chunks) {
    let inPart = 0;
    let isEmpty = true;
    let isOpen = false;
    const piece = (bytes: Buffer, rows: number, endsPart: boolean): Piece => {
      const whole = isOpen || headBytes.length === 0 ? bytes : Buffer.concat([headBytes, bytes]);
      isOpen = !endsPart;
      isEmpty = false;
      inPart = endsPart ? 0 : inPart + rows;
      return { bytes: whole, rows, endsPart };
    };
    for await (const chunk of chunks) {
      const ends = findEnds(chunk);
      let from = 0;
      let first = 0;
      while (ends.length - first >= rowsPerPart - inPart) {
        const last = first + rowsPerPart - inPart;
        const to = ends[last - 1]! + 1;
        yield piece(take(chunk, from, to, ends.slice(first, last)), last - first, true);
        [from, first] = [to, last];
      }
      if (from < chunk.length) {
        yield piece(take(chunk, from, chunk.length, ends.slice(first)), ends.length - first, false);
      }
    }
    // An export of nothing is one part that says so, with its head.
    if (isOpen || isEmpty) yield piece(Buffer.alloc(0), 0, true);
  };
}

function findLineEnds(chunk: Buffer): readonly number[] {
  const ends: number[] = [];
  for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, at + 1)) ends.push(at);
  return ends;
}

/** A quote inside of a cell comes twice, and so leaves it as it was. */
function makeFindCsvEnds(): (chunk: Buffer) => readonly number[] {
  let isQuoted = false;
  return (chunk) => {
    const ends: number[] = [];
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (byte === quote) isQuoted = !isQuoted;
      else if (byte === lineFeed && !isQuoted) ends.push(at);
    }
    return ends;
  };
}

/** PostgreSQL ends rows with LF alone. */
function takeCsv(chunk: Buffer, from: number, to: number, ends: readonly number[]): Buffer {
  const taken = Buffer.allocUnsafe(to - from + ends.length);
  let [read, written] = [from, 0];
  for (const end of ends) {
    written += chunk.copy(taken, written, read, end);
    taken[written++] = carriageReturn;
    taken[written++] = lineFeed;
    read = end + 1;
  }
  chunk.copy(taken, written, read, to);
  return taken;
}
