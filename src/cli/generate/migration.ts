/**
 * The migration from what is checked in to what the declarations say now: Prisma's difference of the two schemas, and
 * the rules that Prisma does not know, where they are new or changed.
 */
import type { Model } from '../../model.ts';
import { pascalCase, snakeCase } from '../../names.ts';
import { diffSchemas } from '../../store/schema-diff.ts';
import type { SchemaRule } from '../../store/schema-rules.ts';

/** Schema and rules as they were, null when there were none, and as they shall be. */
export interface MigrationRequest {
  readonly model: Model;
  readonly oldSchema: string | null;
  readonly newSchema: string;
  readonly oldRules: readonly SchemaRule[];
  readonly newRules: readonly SchemaRule[];
  /** A server for scratch databases. */
  readonly url: string;
}

/** Empty text when nothing changed. Throws when data would be dropped that no declaration says may go. */
export async function makeMigration(request: MigrationRequest): Promise<string> {
  const { model, newSchema, url } = request;
  const renames = findRenames(model, request.oldSchema);
  const oldSchema = request.oldSchema === null ? null : renames.reduce(applyRename, request.oldSchema);
  const difference = await diffSchemas({ from: oldSchema, to: newSchema, url });
  refuseLoss(difference, model);
  const rules = changedRules(request.oldRules, request.newRules);
  return [...renames.map(({ sql }) => sql), difference.trim(), ...rules]
    .filter((part) => part !== '')
    .map((part) => `${part}\n`)
    .join('\n');
}

interface Rename {
  readonly typeName: string;
  readonly from: string;
  readonly to: string;
  readonly sql: string;
}

function findRenames(model: Model, oldSchema: string | null): readonly Rename[] {
  return model.resources.flatMap(({ declaration, typeName, table }) =>
    Object.entries(declaration.renamed ?? {})
      .filter(([, from]) => hasField(oldSchema, typeName, from))
      .map(([to, from]) => {
        const sql = `ALTER TABLE "${table}" RENAME COLUMN "${snakeCase(from)}" TO "${snakeCase(to)}";`;
        return { typeName, from, to, sql };
      }),
  );
}

function blockOf(schema: string, typeName: string): string | null {
  return new RegExp(`^model ${typeName} \\{\\n[^}]*\\}`, 'm').exec(schema)?.[0] ?? null;
}

function hasField(schema: string | null, typeName: string, field: string): boolean {
  return schema !== null && new RegExp(`^  ${field} `, 'm').test(blockOf(schema, typeName) ?? '');
}

/** The old schema as if the column had always had its new name, so that the difference is about the rest. */
function applyRename(schema: string, { typeName, from, to }: Rename): string {
  const block = blockOf(schema, typeName)!;
  const renamed = block
    .replace(new RegExp(`^  ${from} (.*)$`, 'm'), (_, rest: string) => {
      const type = rest.replace(/ @map\("[^"]*"\)/, '');
      return `  ${to} ${type}${snakeCase(to) === to ? '' : ` @map("${snakeCase(to)}")`}`;
    })
    .replace(/^ {2}(@@.*|.*@relation.*)$/gm, (line) => line.replace(new RegExp(`\\b${from}\\b`, 'g'), to));
  return schema.replace(block, renamed);
}

function refuseLoss(difference: string, model: Model): void {
  const allowed = new Set(
    model.resources.flatMap(({ declaration, table }) =>
      (declaration.dropped ?? []).map((attribute) => `${table}.${snakeCase(attribute)}`),
    ),
  );
  const statements = difference.split(';');
  const lost = statements.flatMap((statement) => {
    const table = /^\s*(?:--.*\s+)*(?:ALTER|DROP) TABLE "([^"]+)"/m.exec(statement)?.[1] ?? '';
    const columns = [...statement.matchAll(/DROP COLUMN "([^"]+)"/g)].map(([, column]) => `${table}.${column}`);
    return /^\s*DROP TABLE/m.test(statement) ? [table] : columns;
  });
  const unexplained = lost.filter((place) => !allowed.has(place));
  if (unexplained.length === 0) return;
  throw new Error(
    `The change would drop ${unexplained.join(', ')} with the data. ` +
      'Say so in the declaration: `dropped: [attribute]`, or `renamed: { newName: oldName }`.',
  );
}

/** What has to run: rules that are new or read otherwise now, and the undoing of constraints that are gone. */
function changedRules(oldRules: readonly SchemaRule[], newRules: readonly SchemaRule[]): readonly string[] {
  const before = new Map(oldRules.map(({ name, sql }) => [name, sql]));
  const names = new Set(newRules.map(({ name }) => name));
  const undone = oldRules
    .filter(({ name, sql }) => !names.has(name) && sql.includes('DROP CONSTRAINT'))
    .map(({ sql }) => sql.split('\n')[0]!.replace('ALTER TABLE', 'ALTER TABLE IF EXISTS'));
  return [...undone, ...newRules.filter(({ name, sql }) => before.get(name) !== sql).map(({ sql }) => sql)];
}

const marker = '-- rule: ';

/** The rules as a file that is checked in, so that the next generation knows what there was. */
export function printRules(rules: readonly SchemaRule[]): string {
  const head = '-- Generated from src/resources and src/store/schema-rules.ts by `npm run generate`.\n';
  return `${head}\n${rules.map(({ name, sql }) => `${marker}${name}\n${sql}\n`).join('\n')}`;
}

export function parseRules(text: string): readonly SchemaRule[] {
  return text
    .split(`\n${marker}`)
    .slice(1)
    .map((block) => {
      const end = block.indexOf('\n');
      return { name: block.slice(0, end), sql: block.slice(end + 1).trim() };
    });
}

/** What the migration's folder is called: the moment, and what it is about. */
export function migrationName(now: Date, oldSchema: string | null, model: Model): string {
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 14);
  const fresh = model.resources.filter(({ typeName }) => blockOf(oldSchema ?? '', pascalCase(typeName)) === null);
  const subject = oldSchema === null ? 'start' : fresh.length > 0 ? `add_${fresh[0]!.table}` : 'change';
  return `${stamp}_${subject}`;
}
