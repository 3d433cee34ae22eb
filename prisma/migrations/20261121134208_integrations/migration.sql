-- AlterTable
ALTER TABLE "segments" ADD COLUMN     "removed_with_parent" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "password_resets" (
    "token_hash" BYTEA NOT NULL,
    "customer_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created" TIMESTAMPTZ(3) NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "password_resets_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "integration_credentials" (
    "customer_id" UUID NOT NULL,
    "integration_id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "stored" TIMESTAMPTZ(3) NOT NULL,
    "stored_by" UUID,

    CONSTRAINT "integration_credentials_pkey" PRIMARY KEY ("customer_id","integration_id")
);

-- CreateTable
CREATE TABLE "integrations" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "security_group_id" UUID NOT NULL,
    "etag" TEXT NOT NULL,
    "created" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID,
    "modified" TIMESTAMPTZ(3) NOT NULL,
    "modified_by" UUID,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL,
    "create_digest" BYTEA NOT NULL,
    "sync_seq" BIGINT NOT NULL,
    "status" TEXT,
    "account_name" TEXT,
    "provider" TEXT,
    "slug" TEXT,
    "interaction_type_id" INTEGER,
    "push_all_interactions" BOOLEAN,
    "client_id" TEXT,

    CONSTRAINT "integrations_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateIndex
CREATE INDEX "password_resets_customer_id_user_id_idx" ON "password_resets"("customer_id", "user_id");

-- CreateIndex
CREATE INDEX "integrations_customer_id_security_group_id_id_idx" ON "integrations"("customer_id", "security_group_id", "id");

-- CreateIndex
CREATE INDEX "integrations_customer_id_sync_seq_idx" ON "integrations"("customer_id", "sync_seq");

-- CreateIndex
CREATE UNIQUE INDEX "integrations_customer_id_client_id_key" ON "integrations"("customer_id", "client_id") WHERE (NOT is_deleted);

-- AddForeignKey
ALTER TABLE "integrations" ADD CONSTRAINT "integrations_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

CREATE OR REPLACE TRIGGER integrations_stamp BEFORE INSERT OR UPDATE ON integrations FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

ALTER TABLE integrations DROP CONSTRAINT IF EXISTS integrations_status_check;
ALTER TABLE integrations ADD CONSTRAINT integrations_status_check CHECK (status IN ('active', 'paused'));

ALTER TABLE integrations DROP CONSTRAINT IF EXISTS integrations_provider_check;
ALTER TABLE integrations ADD CONSTRAINT integrations_provider_check CHECK (provider IN ('escoware', 'nationBuilder', 'republicanNationalCommittee', 'stripe', 'crowdskout'));
