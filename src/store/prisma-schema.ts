/**
 * The Prisma schema as it follows from the declarations. It is written out, reviewed and checked in: a migration is
 * the difference between the checked-in text and the new one. Functions, triggers and CHECKs, which Prisma cannot
 * say, are in schema-rules.ts.
 */
import { auditModels } from './audit-models.ts';
import { type Attribute, type Model, type Resource, type RowsAttribute } from '../model.ts';
import { camelCase, pascalCase } from '../names.ts';
import { ownersOf } from '../resource.ts';
import { leaseModels } from './lease-models.ts';
import { indexesOf, indexesOfRows, references, type TableIndex } from './schema-indexes.ts';
import { schemaHead } from './schema-head.ts';
import { signInModels } from './sign-in-models.ts';

export function makePrismaSchema(model: Model): string {
  const blocks = model.resources.flatMap((resource) => [
    resourceModel(resource, model),
    ...resource.rows.map((rows) => rowsModel(resource, rows)),
  ]);
  return [schemaHead, signInModels, auditModels, leaseModels, ...blocks].join('\n');
}

function block(documentation: string, name: string, lines: readonly string[]): string {
  return `/// ${documentation}\nmodel ${name} {\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n}\n`;
}

function column(name: string, sqlName: string, prismaType: string, required: boolean): string {
  const [scalar, ...native] = prismaType.split(' ');
  const map = name === sqlName ? '' : ` @map("${sqlName}")`;
  return [name, `${scalar}${required ? '' : '?'}`, ...native].join(' ') + map;
}

function attributeColumn(attribute: Attribute): string {
  const { column: name, field, required } = attribute;
  const initial = name === 'is_deleted' ? ' @default(false)' : '';
  return column(camelCase(name), name, field.prismaType, required) + initial;
}

/** The Prisma field of a foreign key, and the name both sides of it share. */
function foreignKey(owner: string, attribute: Attribute, target: string): string {
  const name = camelCase(attribute.column);
  const optional = attribute.required ? '' : '?';
  return (
    `${name.replace(/Id$/, '')}Row ${pascalCase(target)}${optional} @relation("${owner}_${name}", ` +
    `fields: [customerId, ${name}], references: [customerId, id], onDelete: NoAction, onUpdate: NoAction)`
  );
}

function inverseField(owner: string, attribute: Attribute): string {
  const name = camelCase(attribute.column);
  return `${camelCase(`from${owner}`)}By${pascalCase(name)} ${owner}[] @relation("${owner}_${name}")`;
}

export function rowsModelName(resource: Resource, rows: RowsAttribute): string {
  return `${resource.typeName}${pascalCase(rows.path.at(-1)!)}Item`;
}

/** Every foreign key in the database that points at this resource, as Prisma wants it said on this side too. */
function inverseFields(target: Resource, model: Model): readonly string[] {
  return model.resources.flatMap((resource) => [
    ...references(resource)
      .filter(({ field }) => field.reference!.to === target.name)
      .map((attribute) => inverseField(resource.typeName, attribute)),
    ...resource.rows.flatMap((rows) =>
      rows.members
        .filter(({ field }) => field.reference?.to === target.name)
        .map((attribute) => inverseField(rowsModelName(resource, rows), attribute)),
    ),
  ]);
}

/** As Prisma says it, with its own names for the columns. */
function indexLine({ kind, columns }: TableIndex): string {
  const names = columns.map(camelCase).join(', ');
  switch (kind) {
    case 'primary':
      return `@@id([${names}])`;
    case 'live':
      return `@@unique([${names}], where: raw("NOT is_deleted"))`;
    case 'plain':
      return `@@index([${names}])`;
    case 'document':
      return `@@index([${names}(ops: JsonbPathOps)], type: Gin)`;
  }
}

function resourceModel(resource: Resource, model: Model): string {
  const { declaration } = resource;
  return block(declaration.description, resource.typeName, [
    ...resource.envelope.map(attributeColumn),
    column('version', 'version', 'Int', true),
    column('createDigest', 'create_digest', 'Bytes', true),
    column('syncSeq', 'sync_seq', 'BigInt', true),
    ...(ownersOf(declaration).length === 0
      ? []
      : ['removedWithParent Boolean @default(false) @map("removed_with_parent")']),
    ...Object.entries(declaration.hidden ?? {}).map(([name, { prismaType }]) =>
      column(
        name,
        name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        prismaType,
        false,
      ),
    ),
    ...resource.attributes.map(attributeColumn),
    '',
    ...references(resource).map((attribute) => foreignKey(resource.typeName, attribute, attribute.field.reference!.to)),
    ...resource.rows.map((rows) => `${rows.path.at(-1)}Items ${rowsModelName(resource, rows)}[]`),
    ...inverseFields(resource, model),
    '',
    ...indexesOf(resource).map(indexLine),
    `@@map("${resource.table}")`,
  ]);
}

function rowsModel(resource: Resource, rows: RowsAttribute): string {
  const name = rowsModelName(resource, rows);
  const owner = camelCase(rows.owner);
  const members = rows.members.filter(({ field }) => field.reference !== undefined);
  return block(`An item of ${resource.plural}' ${rows.path.at(-1)}. ${rows.field.description}`, name, [
    'customerId String @map("customer_id") @db.Uuid',
    'id String @default(dbgenerated("gen_random_uuid()")) @db.Uuid',
    column(owner, rows.owner, 'String @db.Uuid', true),
    'position Int',
    'isDeleted Boolean @default(false) @map("is_deleted")',
    'syncSeq BigInt @map("sync_seq")',
    ...rows.members.map(attributeColumn),
    '',
    `owner ${resource.typeName} @relation(fields: [customerId, ${owner}], references: [customerId, id], onDelete: NoAction, onUpdate: NoAction)`,
    ...members.map((attribute) => foreignKey(name, attribute, attribute.field.reference!.to)),
    '',
    ...indexesOfRows(rows).map(indexLine),
    `@@map("${rows.table}")`,
  ]);
}
