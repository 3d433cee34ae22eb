/**
 * Rows as PostgreSQL sends them in the binary form of COPY (PostgreSQL documentation, COPY, "Binary Format"): a header,
 * for each row the number of its fields, for each field its length and its bytes, all of it big-endian.
 *
 * A field is handed over as a place in the bytes, not as a value: what a column does with it is its own affair, and most
 * need no object for it.
 */
const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const headerLength = signature.length + 8;

/** Takes the field of one column; `length` is -1 for NULL. The bytes are another's as soon as it returns. */
export type TakeField = (bytes: Buffer, offset: number, length: number) => void;

export interface BinaryRows {
  /** Takes the bytes, where there are any, and then at most so many of the rows that are whole by now; says how many. */
  read(bytes: Buffer | null, most: number): number;
}

export function makeBinaryRows(columns: readonly TakeField[]): BinaryRows {
  let rest: Buffer = Buffer.alloc(0);
  let isBegun = false;
  return {
    read(bytes, most) {
      if (bytes !== null) rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      let at = 0;
      if (!isBegun) {
        if (rest.length < headerLength) return 0;
        if (!rest.subarray(0, signature.length).equals(signature)) throw new Error('This is no binary COPY');
        at = headerLength + rest.readUInt32BE(signature.length + 4);
        isBegun = true;
      }
      let rows = 0;
      while (rows < most) {
        const end = findRowEnd(rest, at);
        if (end === -1) break;
        // Two bytes of -1 say that nothing follows.
        if (end !== at + 2) {
          takeRow(rest, at, columns);
          rows += 1;
        }
        at = end;
      }
      rest = rest.subarray(at);
      return rows;
    },
  };
}

/** Behind the row that begins there; -1 while it is not whole. */
function findRowEnd(bytes: Buffer, start: number): number {
  if (bytes.length < start + 2) return -1;
  const fields = bytes.readInt16BE(start);
  let at = start + 2;
  for (let field = 0; field < fields; field += 1) {
    if (bytes.length < at + 4) return -1;
    const length = bytes.readInt32BE(at);
    at += 4 + Math.max(0, length);
    if (bytes.length < at) return -1;
  }
  return at;
}

function takeRow(bytes: Buffer, start: number, columns: readonly TakeField[]): void {
  let at = start + 2;
  for (const take of columns) {
    const length = bytes.readInt32BE(at);
    at += 4;
    take(bytes, at, length);
    if (length > 0) at += length;
  }
}
