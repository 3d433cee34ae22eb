/**
 * The thread that writes Parquet, so that nobody else's answer waits for it, and a second core takes part. It is told of
 * one chunk after the other and answers each with the pieces that were finished by it, in the same order.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { makeWriteParquet, type ParquetOptions } from './write-parquet.ts';

const write = makeWriteParquet(workerData as ParquetOptions);

parentPort!.on('message', (chunk: Uint8Array | null) => {
  const pieces = write(chunk);
  parentPort!.postMessage(
    pieces,
    pieces.map(({ bytes }) => bytes.buffer as ArrayBuffer),
  );
});
