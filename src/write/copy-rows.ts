/**
 * Rows as COPY takes them, for loads that pass by the write path. What its triggers and hooks would have added is
 * computed here: version, etag, position, hidden keys. A newcomer would leave the etags to an UPDATE afterwards, which
 * doubles the time and the size of the table.
 */
import { hash } from 'node:crypto';
import type { Json, JsonObject } from '../json.ts';
import type { Attribute, Resource } from '../model.ts';
import { dataColumns, valueAt } from './record.ts';

export interface CopiedRow {
  readonly id: string;
  readonly securityGroupId: string;
  readonly data: JsonObject;
}

export interface CopyFormat {
  readonly columns: readonly string[];
  /** One line of COPY's text format, with its newline. */
  lineOf(row: CopiedRow): string;
}

export interface CopyStamp {
  readonly customerId: string;
  /** The position that the transaction has taken. */
  readonly position: string;
  /** ISO 8601. */
  readonly now: string;
}

export function makeCopyFormat(resource: Resource, { customerId, position, now }: CopyStamp): CopyFormat {
  const etagOf = makeFirstEtag(customerId);
  const attributes = resource.attributes.map((attribute) => ({ attribute, print: printerOf(attribute.field.sqlType) }));
  const hidden = Object.values(resource.declaration.hidden ?? {}).map(({ sqlType, from }) => {
    return { from: from ?? (() => null), print: printerOf(sqlType) };
  });
  const defaults = defaultsOf(resource.attributes);
  // The digest of the body stays empty: these ids were not chosen by a client that might send its create again.
  const fixed = `\t1\t${position}\t${now}\t${now}\t\\\\x`;
  const names = ['id', 'customer_id', 'security_group_id', 'etag', 'version', 'sync_seq', 'created', 'modified'];
  return {
    columns: [...names, 'create_digest', ...dataColumns(resource).map(({ name }) => name)],
    // Called for millions of rows: the obvious way, through an object with a member for each column, takes twice as long.
    lineOf({ id, securityGroupId, data }) {
      const filled = defaults === null ? data : { ...defaults, ...data };
      let line = `${id}\t${customerId}\t${securityGroupId}\t${etagOf(id)}${fixed}`;
      for (const { attribute, print } of attributes) line += `\t${print(valueAt(filled, attribute))}`;
      for (const { from, print } of hidden) line += `\t${print(from(filled))}`;
      return `${line}\n`;
    },
  };
}

/** The defaults of whole attributes; rows that are made for a load spell out what is inside a document or a group. */
function defaultsOf(attributes: readonly Attribute[]): JsonObject | null {
  const defaults = attributes.flatMap(({ path, field }) =>
    path.length === 2 && field.default !== undefined ? [[path[1]!, field.default] as const] : [],
  );
  return defaults.length === 0 ? null : Object.fromEntries(defaults);
}

function printerOf(sqlType: string): (value: Json) => string {
  return sqlType === 'jsonb' ? printJson : printText;
}

/** What doorstep_etag says of a row's first version: see the rule `etags` in store/schema-rules.ts. */
export function makeFirstEtag(customerId: string): (id: string) => string {
  const bytes = Buffer.alloc(36);
  bytes.write(customerId.replaceAll('-', ''), 0, 'hex');
  bytes.writeInt32BE(1, 32);
  return (id) => {
    bytes.write(id.replaceAll('-', ''), 16, 'hex');
    const digest = hash('sha256', bytes, 'buffer');
    return `1-${digest.toString('base64', 0, 20).slice(0, 27)}`;
  };
}

function printJson(value: Json): string {
  return value === null ? '\\N' : escape(JSON.stringify(value));
}

function printText(value: Json): string {
  return value === null ? '\\N' : escape(String(value));
}

/** PostgreSQL documentation, COPY, "Text Format": a backslash in front of what would end a column or a row. */
function escape(text: string): string {
  if (!/[\\\n\r\t]/.test(text)) return text;
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
}
