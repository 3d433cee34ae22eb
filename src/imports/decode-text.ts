/**
 * Bytes to what the CSV parser takes. A byte order mark outranks the declared encoding (WHATWG Encoding Standard §6,
 * "decode"): only a program that knew put it there. UTF-8 goes through as bytes; what in it is not UTF-8 becomes U+FFFD
 * in its cell, and that row is rejected, so that nothing wrong is ever stored silently.
 */
import { Buffer } from 'node:buffer';
import type { Encoding } from './layout.ts';

type Chunk = Uint8Array | string;
interface Mark {
  readonly bytes: readonly number[];
  readonly encoding: Encoding | 'utf-16be';
}

const marks: readonly Mark[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];
/** What everybody calls latin1 has been windows-1252 for thirty years; the web settled it so. */
const labels = { 'utf-8': 'utf-8', latin1: 'windows-1252', 'utf-16le': 'utf-16le', 'utf-16be': 'utf-16be' } as const;

export async function* decodeText(
  chunks: AsyncIterable<Chunk>,
  declared: Encoding,
  onMark: () => void,
): AsyncGenerator<Chunk> {
  let start = Buffer.alloc(0);
  let decode: ((chunk?: Uint8Array) => Chunk) | null = null;
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (decode !== null) {
      yield decode(bytes);
      continue;
    }
    start = Buffer.concat([start, bytes]);
    if (start.length < 3) continue;
    decode = chooseDecoder(start, declared, onMark);
    yield decode(start);
  }
  if (decode === null) {
    decode = chooseDecoder(start, declared, onMark);
    yield decode(start);
  }
  yield decode();
}

function chooseDecoder(start: Uint8Array, declared: Encoding, onMark: () => void): (chunk?: Uint8Array) => Chunk {
  const mark = marks.find(({ bytes }) => bytes.every((byte, index) => start[index] === byte));
  if (mark !== undefined) onMark();
  const encoding = mark?.encoding ?? declared;
  if (encoding === 'utf-8') return (chunk) => chunk ?? '';
  const decoder = new TextDecoder(labels[encoding]);
  return (chunk) => (chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true }));
}
