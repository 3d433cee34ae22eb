/** The tables of signing in, as the Prisma schema has them. No resource: nobody reads or writes them through the API. */
export const signInModels = `/// A key that access tokens are signed with, sealed with a key that the database does not have.
model SigningKey {
  id      String   @id
  sealed  Bytes
  created DateTime @db.Timestamptz(3)

  @@map("signing_keys")
}

/// An application that may ask for tokens: of people, or as an account of its own.
model OauthClient {
  id             String   @id
  name           String
  secretHash     Bytes?   @map("secret_hash")
  redirectUris   String[] @map("redirect_uris")
  needsPkce      Boolean  @map("needs_pkce")
  customerId     String?  @map("customer_id") @db.Uuid
  userId         String?  @map("user_id") @db.Uuid
  organizationId String?  @map("organization_id") @db.Uuid
  created        DateTime @db.Timestamptz(3)

  @@map("oauth_clients")
}

/// What the authorization server remembers: sessions, sign-ins under way, codes, refresh tokens, grants. Found by hashes.
model OauthRecord {
  kind           String
  idHash         Bytes     @map("id_hash")
  uidHash        Bytes?    @map("uid_hash")
  grantHash      Bytes?    @map("grant_hash")
  clientId       String?   @map("client_id")
  customerId     String?   @map("customer_id") @db.Uuid
  userId         String?   @map("user_id") @db.Uuid
  organizationId String?   @map("organization_id") @db.Uuid
  sealed         Bytes
  consumed       DateTime? @db.Timestamptz(3)
  expires        DateTime  @db.Timestamptz(3)

  @@id([kind, idHash])
  @@index([kind, uidHash])
  @@index([grantHash])
  @@index([clientId])
  @@index([customerId, userId])
  @@index([expires])
  @@map("oauth_records")
}

/// How often somebody has tried to sign in, for an e-mail and for a network, until the window ends.
model SignInAttempt {
  key  String   @id
  used Int
  ends DateTime @db.Timestamptz(3)

  @@map("sign_in_attempts")
}
`;
