/** Fetches an export to its end, as fast as it comes or at some pace, and what its manifest says of it. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Manifest } from '../../../src/exports/manifest.ts';

export interface FetchOptions {
  readonly url: string;
  readonly token: string;
  /** Where the bytes are kept. */
  readonly file?: string;
  /** How long to rest between two chunks; the reader leaves after `forMs`. */
  readonly slow?: { readonly restMs: number; readonly forMs: number };
}

export interface Fetched {
  readonly seconds: number;
  readonly bytes: number;
  /** Of the manifest; 0 where the reader left. */
  readonly rows: number;
}

const ask = async (address: string, token: string): Promise<IncomingMessage> => {
  const [answer] = (await once(get(address, { headers: { authorization: `Bearer ${token}` } }), 'response')) as [
    IncomingMessage,
  ];
  if (answer.statusCode !== 200) throw new Error(`${address} answered ${answer.statusCode}`);
  return answer;
};

export async function fetchExport({ url, token, file, slow }: FetchOptions): Promise<Fetched> {
  const started = performance.now();
  const answer = await ask(url, token);
  const out = file === undefined ? null : createWriteStream(file);
  let bytes = 0;
  for await (const chunk of answer) {
    bytes += (chunk as Buffer).length;
    if (out !== null && !out.write(chunk)) await once(out, 'drain');
    if (slow === undefined) continue;
    await wait(slow.restMs);
    if (performance.now() - started > slow.forMs) return { seconds: NaN, bytes, rows: 0 };
  }
  const seconds = (performance.now() - started) / 1000;
  if (out !== null) await once(out.end(), 'finish');
  const path = /<([^>]+)>/.exec(String(answer.headers.link))![1]!;
  const rows = await readRows(new URL(path, url).href, token);
  return { seconds, bytes, rows };
}

/** The manifest is written behind the last byte. */
async function readRows(address: string, token: string): Promise<number> {
  for (;;) {
    let text = '';
    for await (const chunk of (await ask(address, token)).setEncoding('utf8')) text += String(chunk);
    const { manifest } = (JSON.parse(text) as { data: { manifest: Manifest } }).data;
    if (manifest.state === 'complete') return manifest.rows;
    await wait(20);
  }
}
