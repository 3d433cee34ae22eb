/**
 * A CSV file as a header and a stream of rows, with their numbers as a spreadsheet shows them: the header is row 1.
 * Lenient where files are sloppy (line ends, stray quotes, short rows, which come as they are), strict where going on
 * would invent rows: a quotation mark that is never closed ends the import with its place.
 */
import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { Problem } from '../problem.ts';
import { decodeText } from './decode-text.ts';
import type { Encoding } from './layout.ts';
import { cleanText } from './normalise/clean-text.ts';

export interface Row {
  readonly row: number;
  readonly cells: readonly string[];
}

export interface OpenFile {
  readonly header: readonly string[];
  readonly rows: AsyncIterable<Row>;
  /** Whether the file began with a byte order mark. */
  readonly marked: boolean;
  close(): void;
}

export interface ReadOptions {
  /** The path of a file, or a stream. */
  readonly source: string | Readable;
  readonly delimiter: string;
  readonly encoding: Encoding;
  readonly onBytes: (count: number) => void;
}

/** No row of people is longer; a quote that swallows the rest of a file is found here and not when memory ends. */
const longestRow = 1_048_576;

export async function openRows({ source, delimiter, encoding, onBytes }: ReadOptions): Promise<OpenFile> {
  let marked = false;
  const parser = parse({
    bom: true,
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: longestRow,
  });
  const input = typeof source === 'string' ? createReadStream(source) : source;
  const metered = async function* (chunks: AsyncIterable<Uint8Array | string>) {
    for await (const chunk of chunks) {
      onBytes(chunk.length);
      yield chunk;
    }
  };
  // Errors of every part arrive at whoever reads the parser, so the callback has nothing to add.
  pipeline(
    input,
    metered,
    (chunks) => decodeText(chunks, encoding, () => (marked = true)),
    parser,
    () => {},
  );

  const records = parser[Symbol.asyncIterator]() as AsyncIterator<readonly string[]>;
  const first = await translate(() => records.next());
  if (first.done === true)
    throw new Problem('INVALID_INPUT', 'The file is empty; its first row has to name the columns.');

  if (first.value.some((name) => /[\u0000\ufffd]/.test(name))) {
    parser.destroy();
    throw new Problem(
      'INVALID_INPUT',
      'The first row of the file is not UTF-8 text: say its encoding (latin1 or utf-16le).',
    );
  }

  async function* rows(): AsyncGenerator<Row> {
    for (let row = 2; ; row++) {
      const next = await translate(() => records.next());
      if (next.done === true) return;
      yield { row, cells: next.value };
    }
  }
  return { header: first.value.map(cleanText), rows: rows(), marked, close: () => parser.destroy() };
}

async function translate<Result>(step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof CsvError) {
      const opened = error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE';
      const reason = opened ? 'a quotation mark is opened and never closed' : error.message;
      // The parser is ahead of its reader, so only it knows in which row it stopped.
      const row = Number(error['records']) + 1;
      throw new Problem('INVALID_INPUT', `The file cannot be read at row ${row}: ${reason}.`);
    }
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') {
      throw new Problem('INVALID_INPUT', `The file ${path ?? ''} cannot be opened (${code}).`);
    }
    throw error;
  }
}
