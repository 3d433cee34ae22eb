import { expect, inject, test } from 'vitest';
import { diffSchemas } from '../../../src/store/schema-diff.ts';

const head = `
generator client {
  provider        = "prisma-client"
  output          = "../src/store/prisma"
  previewFeatures = ["partialIndexes"]
}
datasource db {
  provider = "postgresql"
}`;

const door = (attributes: string): string => `${head}
model Contact {
  customerId String @db.Uuid @map("customer_id")
  id         String @db.Uuid
  created    DateTime @db.Timestamptz(3)
  externalId String? @map("external_id")
  profile    Json
  syncSeq    BigInt @map("sync_seq")
  age        Decimal?
  lat        Float?
  isDeleted  Boolean @map("is_deleted")
  notes      Note[]

  @@id([customerId, id])
  @@unique([customerId, externalId], where: raw("NOT is_deleted"))
  @@map("contacts")
}
model Note {
  customerId String @db.Uuid @map("customer_id")
  id         String @db.Uuid
  contactId  String @db.Uuid @map("contact_id")
  ${attributes}
  contact    Contact @relation(fields: [customerId, contactId], references: [customerId, id], onDelete: NoAction, onUpdate: NoAction)

  @@id([customerId, id])
  @@map("notes")
}`;

const url = inject('serverUrl');

test('from nothing, the difference is the whole schema', async () => {
  const script = await diffSchemas({ from: null, to: door(''), url });
  expect(script).toContain('"created" TIMESTAMPTZ(3) NOT NULL');
  expect(script).toContain('"profile" JSONB NOT NULL');
  expect(script).toContain('CONSTRAINT "contacts_pkey" PRIMARY KEY ("customer_id","id")');
  expect(script).toMatch(/CREATE UNIQUE INDEX .* ON "contacts"\("customer_id", "external_id"\) WHERE .*NOT is_deleted/);
  expect(script).toContain('FOREIGN KEY ("customer_id", "contact_id") REFERENCES "contacts"("customer_id", "id")');
});

test('equal schemas have no difference', async () => {
  expect(await diffSchemas({ from: door(''), to: door(''), url })).toBe('');
});

test('an attribute that went away is a dropped column', async () => {
  const script = await diffSchemas({ from: door('text String @map("the_text")'), to: door('pinned Boolean?'), url });
  expect(script).toContain('ALTER TABLE "notes" DROP COLUMN "the_text"');
  expect(script).toContain('ADD COLUMN     "pinned" BOOLEAN');
});

test('a schema that is wrong is refused with the place', async () => {
  await expect(diffSchemas({ from: null, to: door('place Place'), url })).rejects.toThrow(/Place/);
});
