/** The Prisma schema before the resources: how the client is made, and the tables that belong to no declaration. */
export const schemaHead = `// Generated from src/resources by \`npm run generate\`. Change a declaration, not this file.

generator client {
  provider            = "prisma-client"
  output              = "../src/store/prisma"
  previewFeatures     = ["partialIndexes"]
  importFileExtension = "ts"
  compilerBuild       = "small"
}

datasource db {
  provider = "postgresql"
}

/// An id that a client chose for something that turned out to exist already.
model IdAlias {
  customerId String @map("customer_id") @db.Uuid
  resource   String
  aliasId    String @map("alias_id") @db.Uuid
  rowId      String @map("row_id") @db.Uuid
  digest     Bytes

  @@id([customerId, resource, aliasId])
  @@map("id_aliases")
}

/// Security groups that a caller reads in, stored once because they are too many to be sent with every statement.
model GroupSet {
  id   String   @id @db.Uuid
  used DateTime @db.Timestamptz(3)

  members GroupSetMember[]

  @@map("group_sets")
}

/// One group of a set.
model GroupSetMember {
  setId   String @map("set_id") @db.Uuid
  groupId String @map("group_id") @db.Uuid

  set GroupSet @relation(fields: [setId], references: [id], onDelete: NoAction, onUpdate: NoAction)

  @@id([setId, groupId])
  @@map("group_set_members")
}

/// A letter with which somebody may choose a new password, once. Only a hash of its token is kept.
model PasswordReset {
  tokenHash  Bytes    @id @map("token_hash")
  customerId String   @map("customer_id") @db.Uuid
  userId     String   @map("user_id") @db.Uuid
  created    DateTime @db.Timestamptz(3)
  expires    DateTime @db.Timestamptz(3)

  @@index([customerId, userId])
  @@map("password_resets")
}

/// What an integration signs in with at the other system, sealed with a key that the database does not have.
model IntegrationCredential {
  customerId    String   @map("customer_id") @db.Uuid
  integrationId String   @map("integration_id") @db.Uuid
  sealed        Bytes
  stored        DateTime @db.Timestamptz(3)
  storedBy      String?  @map("stored_by") @db.Uuid

  @@id([customerId, integrationId])
  @@map("integration_credentials")
}

/// Where the rights of a user last changed, in the order of changes; the nil UUID stands for everybody. Kept by triggers.
model AccessPosition {
  customerId String @map("customer_id") @db.Uuid
  userId     String @map("user_id") @db.Uuid
  position   BigInt

  @@id([customerId, userId])
  @@map("access_positions")
}

/// Whose a walklist is, or was: an end stays, so that the device of whoever had it can be told. Kept by a trigger.
model WalklistAssignment {
  customerId String  @map("customer_id") @db.Uuid
  userId     String  @map("user_id") @db.Uuid
  walklistId String  @map("walklist_id") @db.Uuid
  isDeleted  Boolean @map("is_deleted")
  position   BigInt

  @@id([customerId, userId, walklistId])
  @@map("walklist_assignments")
}

/// An export that somebody asked for, how far it has come, and what it says of itself: its manifest.
model ExportJob {
  customerId          String    @map("customer_id") @db.Uuid
  id                  String    @db.Uuid
  madeBy              String?   @map("made_by") @db.Uuid
  organizationGroupId String    @map("organization_group_id") @db.Uuid
  client              String?
  requestId           String?   @map("request_id")
  way                 String
  state               String
  request             Json
  scopes              Json
  manifest            Json?
  total               BigInt?
  rows                BigInt    @default(0)
  bytes               BigInt    @default(0)
  isCancelled         Boolean   @default(false) @map("is_cancelled")
  created             DateTime  @db.Timestamptz(3)
  started             DateTime? @db.Timestamptz(3)
  seen                DateTime  @db.Timestamptz(3)
  ended               DateTime? @db.Timestamptz(3)
  expires             DateTime? @db.Timestamptz(3)

  @@id([customerId, id])
  @@index([customerId, madeBy, created])
  @@index([state, created])
  @@map("export_jobs")
}
`;
