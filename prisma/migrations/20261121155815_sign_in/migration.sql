-- CreateTable
CREATE TABLE "signing_keys" (
    "id" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "created" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "signing_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "oauth_clients" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" BYTEA,
    "redirect_uris" TEXT[],
    "needs_pkce" BOOLEAN NOT NULL,
    "customer_id" UUID,
    "user_id" UUID,
    "organization_id" UUID,
    "created" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "oauth_clients_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "oauth_records" (
    "kind" TEXT NOT NULL,
    "id_hash" BYTEA NOT NULL,
    "uid_hash" BYTEA,
    "grant_hash" BYTEA,
    "client_id" TEXT,
    "customer_id" UUID,
    "user_id" UUID,
    "organization_id" UUID,
    "sealed" BYTEA NOT NULL,
    "consumed" TIMESTAMPTZ(3),
    "expires" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "oauth_records_pkey" PRIMARY KEY ("kind","id_hash")
);

-- CreateTable
CREATE TABLE "sign_in_attempts" (
    "key" TEXT NOT NULL,
    "used" INTEGER NOT NULL,
    "ends" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_attempts_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "oauth_records_kind_uid_hash_idx" ON "oauth_records"("kind", "uid_hash");

-- CreateIndex
CREATE INDEX "oauth_records_grant_hash_idx" ON "oauth_records"("grant_hash");

-- CreateIndex
CREATE INDEX "oauth_records_client_id_idx" ON "oauth_records"("client_id");

-- CreateIndex
CREATE INDEX "oauth_records_customer_id_user_id_idx" ON "oauth_records"("customer_id", "user_id");

-- CreateIndex
CREATE INDEX "oauth_records_expires_idx" ON "oauth_records"("expires");
