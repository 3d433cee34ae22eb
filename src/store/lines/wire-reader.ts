/**
 * The messages of PostgreSQL out of the chunks in which they come (its documentation, "Message Formats"): a letter, the
 * length of the rest, and the rest. Nothing is decoded here and nothing copied, save where a message came in pieces.
 */
const headerBytes = 5;

/** Calls `onMessage` for each whole message; `body` is a view of the chunk. */
export function makeWireReader(onMessage: (letter: number, body: Buffer) => void): (chunk: Buffer) => void {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let wantedBytes = 0;
  const hold = (rest: Buffer): void => {
    held = [rest];
    heldBytes = rest.length;
    wantedBytes = rest.length < headerBytes ? headerBytes : 1 + rest.readUInt32BE(1);
  };
  return (chunk) => {
    let bytes = chunk;
    if (heldBytes > 0) {
      held.push(chunk);
      heldBytes += chunk.length;
      if (heldBytes < wantedBytes) return;
      bytes = Buffer.concat(held, heldBytes);
      held = [];
      heldBytes = 0;
    }
    let at = 0;
    while (at + headerBytes <= bytes.length) {
      const end = at + 1 + bytes.readUInt32BE(at + 1);
      if (end > bytes.length) break;
      onMessage(bytes[at]!, bytes.subarray(at + headerBytes, end));
      at = end;
    }
    if (at < bytes.length) hold(bytes.subarray(at));
  };
}

/** The columns of a DataRow, as the bytes of their text; null is NULL. */
export function readColumns(body: Buffer): readonly (Buffer | null)[] {
  const columns = new Array<Buffer | null>(body.readInt16BE(0));
  let at = 2;
  for (let index = 0; index < columns.length; index += 1) {
    const length = body.readInt32BE(at);
    at += 4;
    if (length === -1) columns[index] = null;
    else columns[index] = body.subarray(at, (at += length));
  }
  return columns;
}

/** The fields of an ErrorResponse by their letters ("Error and Notice Message Fields"). */
export function readErrorFields(body: Buffer): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  for (let at = 0; body[at] !== 0;) {
    const end = body.indexOf(0, at + 1);
    fields[String.fromCharCode(body[at]!)] = body.toString('utf8', at + 1, end);
    at = end + 1;
  }
  return fields;
}
