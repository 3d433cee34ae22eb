/**
 * `npm run generate`: everything that follows from the declarations and is checked in. With `check` it writes nothing
 * and names what is stale.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '../../clock.ts';
import { makeGraphqlSchema, printGraphqlSchema } from '../../graphql/schema/schema.ts';
import type { Log } from '../../log.ts';
import { makeModel } from '../../model.ts';

import { makePrismaSchema } from '../../store/prisma-schema.ts';
import { makeSchemaRules } from '../../store/schema-rules.ts';
import { startTemporary } from '../../store/temporary.ts';
import { loadDeclarations, printIndex } from './declarations.ts';
import { makeMigration, migrationName, parseRules, printRules } from './migration.ts';

export interface GenerateOptions {
  /** The checkout. */
  readonly root: string;
  readonly check: boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** The files that were written, or with `check` those that are stale. */
export async function generate({ root, check, clock, log }: GenerateOptions): Promise<readonly string[]> {
  const declarations = await loadDeclarations();
  const model = makeModel(declarations);
  const rules = makeSchemaRules(model);
  const files = {
    index: { path: 'src/resources/index.ts', text: printIndex(declarations) },
    schema: { path: 'prisma/schema.prisma', text: makePrismaSchema(model) },
    rules: { path: 'prisma/rules.sql', text: printRules(rules) },
    graphql: { path: 'graphql/schema.graphql', text: printGraphqlSchema(makeGraphqlSchema(model)) },
  };
  const old = {
    schema: await readIfThere(join(root, files.schema.path)),
    rules: await readIfThere(join(root, files.rules.path)),
  };
  const stale = [];
  for (const { path, text } of Object.values(files)) {
    if ((await readIfThere(join(root, path))) !== text) stale.push({ path, text });
  }
  if (check || stale.length === 0) return stale.map(({ path }) => path);

  // Prisma's engine compares in scratch databases.
  const server = await startTemporary({ log });
  const sql = await makeMigration({
    model,
    oldSchema: old.schema,
    newSchema: files.schema.text,
    oldRules: parseRules(old.rules ?? ''),
    newRules: rules,
    url: server.url,
  }).finally(() => server.stop());
  if (sql !== '') {
    const folder = join('prisma/migrations', migrationName(clock.now(), old.schema, model));
    stale.unshift({ path: join(folder, 'migration.sql'), text: sql });
  }
  for (const { path, text } of stale) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return stale.map(({ path }) => path);
}

async function readIfThere(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
}
