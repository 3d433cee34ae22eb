/**
 * Rows from a cursor as one JSON document, in pieces of about 64 KiB: large enough to keep the calls few, small enough
 * that thousands of rows never stand in memory together.
 *
 * A newcomer's mistake would be to close the JSON in a `finally`: an answer that broke has to look broken.
 */
const pieceLength = 65_536;

export async function* frameRows(batches: AsyncIterable<readonly string[]>): AsyncGenerator<Buffer, void> {
  let text = '{"data":[';
  let separator = '';
  for await (const batch of batches) {
    for (const row of batch) {
      text += separator + row;
      separator = ',';
      if (text.length < pieceLength) continue;
      yield Buffer.from(text);
      text = '';
    }
  }
  yield Buffer.from(`${text}],"meta":{}}`);
}
