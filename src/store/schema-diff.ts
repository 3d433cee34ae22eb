/**
 * The SQL between two Prisma schemas, by Prisma's own schema engine in WebAssembly. Only `npm run generate` needs it:
 * the engine is a development dependency, so it is imported when it is asked for and not before.
 *
 * Use nothing else of the engine. Whatever wants a shadow database would replay migrations on the database it is
 * given; that is why it is given an empty one, even for a comparison of two texts.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { withScratchDatabase } from './scratch-database.ts';

export interface SchemaDiffOptions {
  /** The schema as it was; null when there was none. */
  readonly from: string | null;
  readonly to: string;
  /** A server on which a scratch database may be made. */
  readonly url: string;
}

/** Empty text when there is no difference. */
export async function diffSchemas({ from, to, url }: SchemaDiffOptions): Promise<string> {
  const { SchemaEngine } = await loadEngine();
  return withScratchDatabase(url, async (scratchUrl) => {
    const pool = new pg.Pool({ connectionString: scratchUrl, max: 2 });
    try {
      const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
      const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', to]] }, () => undefined, adapter);
      const { stdout } = await engine.diff({
        from: from === null ? { tag: 'empty' } : datamodel(from),
        to: datamodel(to),
        script: true,
        exitCode: null,
        filters: { externalTables: [], externalEnums: [] },
      });
      engine.free();
      const script = (stdout ?? '').trim();
      return script === '' || script.startsWith('-- This is an empty migration') ? '' : `${script}\n`;
    } finally {
      await pool.end();
    }
  });
}

function datamodel(content: string) {
  return { tag: 'schemaDatamodel' as const, files: [{ path: 'schema.prisma', content }] };
}

/** The little that is used of a global which only the browser's type library declares. */
interface WithWebAssembly {
  readonly WebAssembly: {
    instantiate(
      bytes: Uint8Array,
      imports: Readonly<Record<string, object>>,
    ): Promise<{ readonly instance: { readonly exports: { readonly __wbindgen_start: () => void } } }>;
  };
}

/**
 * The package is made for bundlers: outside of one, its WebAssembly has to be introduced to its JavaScript by hand.
 * Only once: the JavaScript remembers the memory of the first instance, and a second one would work on the wrong one.
 */
async function loadEngine() {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  if (isIntroduced(glue)) return glue;
  const file = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm')
    .replace(/schema_engine\.js$/, 'schema_engine_bg.wasm');
  const { WebAssembly } = globalThis as unknown as WithWebAssembly;
  const { instance } = await WebAssembly.instantiate(await readFile(file), { './schema_engine_bg.js': { ...glue } });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue;
}

function isIntroduced(glue: { readonly version: () => string }): boolean {
  try {
    return glue.version() !== '';
  } catch {
    return false;
  }
}
