/**
 * Parquet as pieces: chunks go to a thread and come back as row groups. A few chunks are on their way at a time, so that
 * PostgreSQL, this thread and the other work side by side, and no more than a few, so that a slow reader costs no memory.
 */
import { Worker } from 'node:worker_threads';
import type { Encode, Piece } from '../piece.ts';
import { makeWriteParquet, type ParquetOptions } from './write-parquet.ts';

const chunkBytes = 262_144;
const onTheirWay = 3;

interface Writer {
  write(chunk: Uint8Array | null): Promise<readonly Piece[]>;
  stop(): Promise<void>;
}

export function makeEncodeParquet(options: ParquetOptions): Encode {
  return async function* encodeParquet(chunks) {
    const writer = startWriter(options);
    const waiting: Promise<readonly Piece[]>[] = [];
    const send = (chunk: Uint8Array | null): void => {
      const written = writer.write(chunk);
      // Whoever leaves before it is told has no use for the failure.
      written.catch(() => undefined);
      waiting.push(written);
    };
    try {
      for await (const chunk of gather(chunks)) {
        send(chunk);
        if (waiting.length >= onTheirWay) yield* await waiting.shift()!;
      }
      send(null);
      for (const written of waiting) yield* await written;
    } finally {
      await writer.stop();
    }
  };
}

/** Chunks of one size, each in memory of its own that can be handed over to another thread. */
async function* gather(chunks: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array, void> {
  let gathered = new Uint8Array(chunkBytes);
  let length = 0;
  for await (const chunk of chunks) {
    let from = 0;
    while (from < chunk.length) {
      const to = Math.min(chunk.length, from + chunkBytes - length);
      gathered.set(chunk.subarray(from, to), length);
      length += to - from;
      from = to;
      if (length < chunkBytes) continue;
      yield gathered;
      gathered = new Uint8Array(chunkBytes);
      length = 0;
    }
  }
  if (length > 0) yield gathered.slice(0, length);
}

/** TypeScript that is run as it is, in tests, has no file that a thread could start from. */
function startWriter(options: ParquetOptions): Writer {
  return import.meta.url.endsWith('.ts') ? startHere(options) : startThread(options);
}

function startHere(options: ParquetOptions): Writer {
  const write = makeWriteParquet(options);
  return {
    write: (chunk) => Promise.resolve().then(() => write(chunk)),
    stop: () => Promise.resolve(),
  };
}

interface Waiting {
  readonly resolve: (pieces: readonly Piece[]) => void;
  readonly reject: (error: unknown) => void;
}

function startThread(options: ParquetOptions): Writer {
  const thread = new Worker(new URL('./parquet-thread.js', import.meta.url), {
    workerData: options,
    resourceLimits: { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 16 },
  });
  const waiting: Waiting[] = [];
  let failure: Error | null = null;
  const fail = (error: unknown): void => {
    const reason = (failure ??= error instanceof Error ? error : new Error(String(error)));
    for (const { reject } of waiting.splice(0)) reject(reason);
  };
  thread.on('message', (pieces: readonly Piece[]) => waiting.shift()?.resolve(pieces));
  thread.on('error', fail);
  thread.on('exit', (code) => fail(new Error(`The thread that writes Parquet ended with code ${code}`)));
  return {
    write(chunk) {
      if (failure !== null) return Promise.reject(failure);
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        thread.postMessage(chunk, chunk === null ? [] : [chunk.buffer as ArrayBuffer]);
      });
    },
    async stop() {
      await thread.terminate();
    },
  };
}
