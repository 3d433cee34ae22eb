/**
 * Files of npm packages that browsers get from us: the pages for people work offline, and no other host learns who
 * reads them. Each file is named, so that no address can lead out of its folder.
 *
 * They are read when they are asked for: nobody waits for megabytes of JavaScript at the start of a server.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** By address: a file of a package, `react/umd/react.production.min.js`, or a text of our own. */
export type Assets = Readonly<Record<string, AssetFile | AssetText>>;

export interface AssetFile {
  readonly package: string;
  readonly path: string;
}

export interface AssetText {
  readonly type: string;
  /** Called once, when somebody asks. */
  readonly text: () => string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Loaded {
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

export function addAssets(app: FastifyInstance, assets: Assets): void {
  for (const [url, asset] of Object.entries(assets)) app.get(url, makeSendAsset(asset));
}

export type SendAsset = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

export function makeSendAsset(asset: AssetFile | AssetText): SendAsset {
  let loading: Promise<Loaded> | null = null;
  return async (request, reply) => {
    loading ??= load(asset).catch((error: unknown) => {
      loading = null;
      throw error;
    });
    const { type, headers, bytes } = await loading;
    reply.headers(headers);
    if (request.headers['if-none-match'] === headers['etag']) return reply.code(304).send();
    return reply.type(type).send(bytes);
  };
}

async function load(asset: AssetFile | AssetText): Promise<Loaded> {
  const bytes = 'text' in asset ? Buffer.from(asset.text()) : await readFile(locate(asset));
  const type = 'text' in asset ? asset.type : types[extname(asset.path)]!;
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
  const own = 'text' in asset ? asset.headers : {};
  // Asked for again each time, because the next version of the server has other files at the same addresses.
  return { type, bytes, headers: { etag, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff', ...own } };
}

function locate(file: AssetFile): string {
  const manifest = createRequire(import.meta.url).resolve(`${file.package}/package.json`);
  return join(dirname(manifest), file.path);
}
