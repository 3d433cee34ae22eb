/** The tables of the read log and of what was purged, in Prisma's language: a part of the schema that follows from no declaration. */
export const auditModels = `/// Who read personal data in bulk. The group is that of the organization for which the reader had signed in.
model BulkRead {
  customerId      String   @map("customer_id") @db.Uuid
  id              String   @db.Uuid
  securityGroupId String   @map("security_group_id") @db.Uuid
  at              DateTime @db.Timestamptz(3)
  userId          String?  @map("user_id") @db.Uuid
  client          String?
  requestId       String?  @map("request_id")
  transport       String
  resource        String
  filter          String?
  rows            BigInt

  @@id([customerId, id])
  @@map("read_log")
}

/// Up to which position things may be missing, because they were purged.
model RetentionHorizon {
  customerId String   @id @map("customer_id") @db.Uuid
  position   BigInt
  raised     DateTime @db.Timestamptz(3)

  @@map("retention_horizons")
}
`;
