/** The tables behind checking out a walklist: who had which when, and which doors are held (see resources/rules/lease.ts). */
export const leaseModels = `/// Each time that somebody had a walklist: until when at most, and when it ended. At most one of a walklist is going on.
model WalklistLease {
  customerId String    @map("customer_id") @db.Uuid
  id         String    @default(dbgenerated("uuidv7()")) @db.Uuid
  walklistId String    @map("walklist_id") @db.Uuid
  userId     String    @map("user_id") @db.Uuid
  began      DateTime  @db.Timestamptz(3)
  expires    DateTime  @db.Timestamptz(3)
  ended      DateTime? @db.Timestamptz(3)

  @@id([customerId, id])
  @@unique([customerId, walklistId], where: raw("ended IS NULL"))
  @@index([customerId, walklistId, userId])
  @@index([expires], where: raw("ended IS NULL"))
  @@map("walklist_leases")
}

/// A door that somebody is on the way to: the key keeps two people from holding it.
model HeldDoor {
  customerId  String @map("customer_id") @db.Uuid
  campaignId  String @map("campaign_id") @db.Uuid
  householdId String @map("household_id") @db.Uuid
  walklistId  String @map("walklist_id") @db.Uuid

  @@id([customerId, campaignId, householdId])
  @@index([customerId, walklistId])
  @@map("held_doors")
}
`;
