-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "id_aliases" (
    "customer_id" UUID NOT NULL,
    "resource" TEXT NOT NULL,
    "alias_id" UUID NOT NULL,
    "row_id" UUID NOT NULL,
    "digest" BYTEA NOT NULL,

    CONSTRAINT "id_aliases_pkey" PRIMARY KEY ("customer_id","resource","alias_id")
);

-- CreateTable
CREATE TABLE "addresses" (
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
    "address_key" TEXT,
    "number" TEXT,
    "street_name" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "country" TEXT,
    "county" TEXT,
    "neighborhood" TEXT,
    "state" TEXT,
    "postal_code" TEXT,
    "coords_lat" DOUBLE PRECISION,
    "coords_lng" DOUBLE PRECISION,
    "coords_confidence" DOUBLE PRECISION,

    CONSTRAINT "addresses_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "campaigns" (
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
    "name" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "description" TEXT,
    "ended" TIMESTAMPTZ(3),
    "time_zone" TEXT,
    "fields" JSONB,

    CONSTRAINT "campaigns_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "campaign_lists" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "campaign_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "sync_seq" BIGINT NOT NULL,
    "list_id" UUID NOT NULL,
    "type" TEXT,

    CONSTRAINT "campaign_lists_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "contact_household_campaigns" (
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
    "removed_with_parent" BOOLEAN NOT NULL DEFAULT false,
    "hand_event" JSONB,
    "hand_time" TIMESTAMPTZ(3),
    "campaign_id" UUID NOT NULL,
    "contact_household_id" UUID NOT NULL,
    "contacted" BOOLEAN,
    "successful" BOOLEAN,
    "state" TEXT,
    "status_id" UUID,
    "type" TEXT,
    "availability_available" BOOLEAN,
    "availability_unavailable_reason" TEXT,
    "reservation_reserved" BOOLEAN,
    "reservation_walklist_id" UUID,

    CONSTRAINT "contact_household_campaigns_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "contact_household_lists" (
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
    "removed_with_parent" BOOLEAN NOT NULL DEFAULT false,
    "list_id" UUID NOT NULL,
    "contact_household_id" UUID NOT NULL,
    "coords_lat" DOUBLE PRECISION,
    "coords_lng" DOUBLE PRECISION,
    "coords_confidence" DOUBLE PRECISION,

    CONSTRAINT "contact_household_lists_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "contact_households" (
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
    "removed_with_parent" BOOLEAN NOT NULL DEFAULT false,
    "contact_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,

    CONSTRAINT "contact_households_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "contacts" (
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
    "person_key" TEXT,
    "profile" JSONB NOT NULL,
    "notes" TEXT,
    "fields" JSONB NOT NULL,
    "external_id" TEXT,
    "primary_household_id" UUID,

    CONSTRAINT "contacts_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "customers" (
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
    "name" TEXT NOT NULL,

    CONSTRAINT "customers_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "households" (
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
    "unit_key" TEXT,
    "unit_num" TEXT,
    "address_id" UUID NOT NULL,
    "external_id" TEXT,

    CONSTRAINT "households_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "interactions" (
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
    "campaign_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "contact_household_id" UUID,
    "timestamp" TIMESTAMPTZ(3) NOT NULL,
    "survey_id" UUID NOT NULL,
    "survey_responses" JSONB,
    "location_lat" DOUBLE PRECISION,
    "location_lng" DOUBLE PRECISION,
    "location_confidence" DOUBLE PRECISION,
    "successful" BOOLEAN,
    "unavailable" BOOLEAN NOT NULL,
    "unavailable_reason" TEXT,
    "distance" DOUBLE PRECISION,
    "status_id" UUID,
    "walklist_id" UUID,
    "turf_id" UUID,

    CONSTRAINT "interactions_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "lists" (
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
    "name" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "description" TEXT,
    "required" JSONB,
    "integrations" JSONB,

    CONSTRAINT "lists_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "memberships" (
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
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role_id" UUID NOT NULL,
    "status" TEXT,
    "notifications_daily_summary" BOOLEAN,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "notes" (
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
    "contact_id" UUID NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "notes_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "organizations" (
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
    "name" TEXT NOT NULL,
    "description" TEXT,
    "discoverable" BOOLEAN NOT NULL,
    "edit_old_turfs" BOOLEAN,
    "view_unassigned_data" BOOLEAN,
    "parent_id" UUID,
    "token" TEXT,
    "require_sign_up_confirmation" BOOLEAN,

    CONSTRAINT "organizations_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "questions" (
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
    "text" TEXT NOT NULL,
    "tag" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "required" BOOLEAN,
    "options" JSONB NOT NULL,
    "choices" JSONB,
    "url" TEXT,
    "multiline" BOOLEAN,
    "max" INTEGER,
    "keyboard" TEXT,
    "placeholder" TEXT,

    CONSTRAINT "questions_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "roles" (
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
    "name" TEXT NOT NULL,
    "description" TEXT,
    "permissions" JSONB,

    CONSTRAINT "roles_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "security_groups" (
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
    "name" TEXT,
    "organization_id" UUID,

    CONSTRAINT "security_groups_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "segments" (
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
    "name" TEXT NOT NULL,
    "description" TEXT,
    "campaign_id" UUID NOT NULL,
    "survey_id" UUID NOT NULL,
    "precedence" INTEGER NOT NULL,
    "criteria" JSONB NOT NULL,

    CONSTRAINT "segments_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "status_groups" (
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
    "name" TEXT NOT NULL,
    "icon" TEXT,
    "pin_color" TEXT,
    "icon_color" TEXT,
    "status_type" TEXT,
    "contact_state" TEXT,

    CONSTRAINT "status_groups_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "statuses" (
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
    "name" TEXT NOT NULL,
    "icon" TEXT NOT NULL,
    "icon_color" TEXT NOT NULL,
    "pin_color" TEXT NOT NULL,
    "status_group_id" UUID NOT NULL,
    "contact_state" TEXT NOT NULL,
    "default_status" BOOLEAN,
    "default_status_id" UUID,

    CONSTRAINT "statuses_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "surveys" (
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
    "name" TEXT NOT NULL,
    "discoverable" BOOLEAN,

    CONSTRAINT "surveys_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "survey_questions" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "survey_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "sync_seq" BIGINT NOT NULL,
    "question_id" UUID NOT NULL,
    "actions" JSONB NOT NULL,

    CONSTRAINT "survey_questions_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "turfs" (
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
    "name" TEXT NOT NULL,
    "campaign_id" UUID NOT NULL,
    "boundary" JSONB NOT NULL,

    CONSTRAINT "turfs_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "turf_assigned_user_ids" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "turf_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "sync_seq" BIGINT NOT NULL,
    "user_id" UUID NOT NULL,

    CONSTRAINT "turf_assigned_user_ids_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "users" (
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
    "email_key" TEXT,
    "password_hash" TEXT,
    "email" TEXT NOT NULL,
    "status" TEXT,
    "profile" JSONB,
    "privacy" JSONB,

    CONSTRAINT "users_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "walklists" (
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
    "name" TEXT NOT NULL,
    "campaign_id" UUID NOT NULL,
    "turf_id" UUID,
    "user_id" UUID,
    "status" TEXT,
    "expires" TIMESTAMPTZ(3),

    CONSTRAINT "walklists_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "walklist_stops" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "walklist_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "sync_seq" BIGINT NOT NULL,
    "household_id" UUID NOT NULL,
    "contact_household_ids" JSONB,

    CONSTRAINT "walklist_stops_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateIndex
CREATE INDEX "addresses_customer_id_security_group_id_id_idx" ON "addresses"("customer_id", "security_group_id", "id");

-- CreateIndex
CREATE INDEX "addresses_customer_id_sync_seq_idx" ON "addresses"("customer_id", "sync_seq");

-- CreateIndex
CREATE UNIQUE INDEX "addresses_customer_id_security_group_id_address_key_key" ON "addresses"("customer_id", "security_group_id", "address_key") WHERE (NOT is_deleted);

-- CreateIndex
CREATE INDEX "campaigns_customer_id_security_group_id_id_idx" ON "campaigns"("customer_id", "security_group_id", "id");

-- CreateIndex
CREATE INDEX "campaigns_customer_id_sync_seq_idx" ON "campaigns"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "campaigns_customer_id_organization_id_idx" ON "campaigns"("customer_id", "organization_id");

-- CreateIndex
CREATE INDEX "campaign_lists_customer_id_campaign_id_idx" ON "campaign_lists"("customer_id", "campaign_id");

-- CreateIndex
CREATE INDEX "campaign_lists_customer_id_sync_seq_idx" ON "campaign_lists"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "campaign_lists_customer_id_list_id_idx" ON "campaign_lists"("customer_id", "list_id");

-- CreateIndex
CREATE UNIQUE INDEX "campaign_lists_customer_id_campaign_id_list_id_key" ON "campaign_lists"("customer_id", "campaign_id", "list_id") WHERE (NOT is_deleted);

-- CreateIndex
CREATE INDEX "contact_household_campaigns_customer_id_campaign_id_state_i_idx" ON "contact_household_campaigns"("customer_id", "campaign_id", "state", "id");

-- CreateIndex
CREATE INDEX "contact_household_campaigns_customer_id_security_group_id_i_idx" ON "contact_household_campaigns"("customer_id", "security_group_id", "id");

-- CreateIndex
CREATE INDEX "contact_household_campaigns_customer_id_sync_seq_idx" ON "contact_household_campaigns"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "contact_household_campaigns_customer_id_contact_household_i_idx" ON "contact_household_campaigns"("customer_id", "contact_household_id");

-- CreateIndex
CREATE INDEX "contact_household_campaigns_customer_id_status_id_idx" ON "contact_household_campaigns"("customer_id", "status_id");

-- CreateIndex
CREATE INDEX "contact_household_campaigns_customer_id_reservation_walklis_idx" ON "contact_household_campaigns"("customer_id", "reservation_walklist_id");

-- CreateIndex
CREATE UNIQUE INDEX "contact_household_campaigns_customer_id_campaign_id_contact_key" ON "contact_household_campaigns"("customer_id", "campaign_id", "contact_household_id") WHERE (NOT is_deleted);

-- CreateIndex
CREATE INDEX "contact_household_lists_customer_id_security_group_id_id_idx" ON "contact_household_lists"("customer_id", "security_group_id", "id");

-- CreateIndex
CREATE INDEX "contact_household_lists_customer_id_sync_seq_idx" ON "contact_household_lists"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "contact_household_lists_customer_id_list_id_idx" ON "contact_household_lists"("customer_id", "list_id");

-- CreateIndex
CREATE INDEX "contact_household_lists_customer_id_contact_household_id_idx" ON "contact_household_lists"("customer_id", "contact_household_id");

-- CreateIndex
CREATE UNIQUE INDEX "contact_household_lists_customer_id_list_id_contact_househo_key" ON "contact_household_lists"("customer_id", "list_id", "contact_household_id") WHERE (NOT is_deleted);

-- CreateIndex
CREATE INDEX "contact_households_customer_id_security_group_id_id_idx" ON "contact_households"("customer_id", "security_group_id", "id");

-- CreateIndex
CREATE INDEX "contact_households_customer_id_sync_seq_idx" ON "contact_households"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "contact_households_customer_id_contact_id_idx" ON "contact_households"("customer_id", "contact_id");

-- CreateIndex
CREATE INDEX "contact_households_customer_id_household_id_idx" ON "contact_households"("customer_id", "household_id");

-- CreateIndex
CREATE UNIQUE INDEX "contact_households_customer_id_contact_id_household_id_key" ON "contact_households"("customer_id", "contact_id", "household_id") WHERE (NOT is_deleted);

-- CreateIndex
CREATE INDEX "contacts_customer_id_security_group_id_id_idx" ON "contacts"("customer_id", "security_group_id", "id");

-- CreateIndex
CREATE INDEX "contacts_customer_id_sync_seq_idx" ON "contacts"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "contacts_customer_id_primary_household_id_idx" ON "contacts"("customer_id", "primary_household_id");

-- CreateIndex
CREATE UNIQUE INDEX "contacts_customer_id_security_group_id_external_id_key" ON "contacts"("customer_id", "security_group_id", "external_id") WHERE (NOT is_deleted);

-- CreateIndex
CREATE UNIQUE INDEX "contacts_customer_id_security_group_id_person_key_key" ON "contacts"("customer_id", "security_group_id", "person_key") WHERE (NOT is_deleted);

-- CreateIndex
CREATE INDEX "customers_customer_id_sync_seq_idx" ON "customers"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "customers_customer_id_security_group_id_idx" ON "customers"("customer_id", "security_group_id");

-- CreateIndex
CREATE INDEX "households_customer_id_external_id_id_idx" ON "households"("customer_id", "external_id", "id");

-- CreateIndex
CREATE INDEX "households_customer_id_security_group_id_id_idx" ON "households"("customer_id", "security_group_id", "id");

-- CreateIndex
CREATE INDEX "households_customer_id_sync_seq_idx" ON "households"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "households_customer_id_address_id_idx" ON "households"("customer_id", "address_id");

-- CreateIndex
CREATE UNIQUE INDEX "households_customer_id_security_group_id_address_id_unit_ke_key" ON "households"("customer_id", "security_group_id", "address_id", "unit_key") WHERE (NOT is_deleted);

-- CreateIndex
CREATE INDEX "interactions_customer_id_contact_id_timestamp_id_idx" ON "interactions"("customer_id", "contact_id", "timestamp", "id");

-- CreateIndex
CREATE INDEX "interactions_customer_id_campaign_id_timestamp_id_idx" ON "interactions"("customer_id", "campaign_id", "timestamp", "id");

-- CreateIndex
CREATE INDEX "interactions_customer_id_timestamp_id_idx" ON "interactions"("customer_id", "timestamp", "id");

-- CreateIndex
CREATE INDEX "interactions_customer_id_security_group_id_timestamp_id_idx" ON "interactions"("customer_id", "security_group_id", "timestamp", "id");

-- CreateIndex
CREATE INDEX "interactions_customer_id_security_group_id_id_idx" ON "interactions"("customer_id", "security_group_id", "id");

-- CreateIndex
CREATE INDEX "interactions_customer_id_sync_seq_idx" ON "interactions"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "interactions_customer_id_household_id_idx" ON "interactions"("customer_id", "household_id");

-- CreateIndex
CREATE INDEX "interactions_customer_id_contact_household_id_idx" ON "interactions"("customer_id", "contact_household_id");

-- CreateIndex
CREATE INDEX "interactions_customer_id_survey_id_idx" ON "interactions"("customer_id", "survey_id");

-- CreateIndex
CREATE INDEX "interactions_customer_id_status_id_idx" ON "interactions"("customer_id", "status_id");

-- CreateIndex
CREATE INDEX "interactions_customer_id_walklist_id_idx" ON "interactions"("customer_id", "walklist_id");

-- CreateIndex
CREATE INDEX "interactions_customer_id_turf_id_idx" ON "interactions"("customer_id", "turf_id");

-- CreateIndex
CREATE INDEX "lists_customer_id_name_id_idx" ON "lists"("customer_id", "name", "id");

-- CreateIndex
CREATE INDEX "lists_customer_id_security_group_id_id_idx" ON "lists"("customer_id", "security_group_id", "id");

-- CreateIndex
CREATE INDEX "lists_customer_id_sync_seq_idx" ON "lists"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "lists_customer_id_organization_id_idx" ON "lists"("customer_id", "organization_id");

-- CreateIndex
CREATE INDEX "memberships_customer_id_sync_seq_idx" ON "memberships"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "memberships_customer_id_security_group_id_idx" ON "memberships"("customer_id", "security_group_id");

-- CreateIndex
CREATE INDEX "memberships_customer_id_organization_id_idx" ON "memberships"("customer_id", "organization_id");

-- CreateIndex
CREATE INDEX "memberships_customer_id_user_id_idx" ON "memberships"("customer_id", "user_id");

-- CreateIndex
CREATE INDEX "memberships_customer_id_role_id_idx" ON "memberships"("customer_id", "role_id");

-- CreateIndex
CREATE UNIQUE INDEX "memberships_customer_id_organization_id_user_id_key" ON "memberships"("customer_id", "organization_id", "user_id") WHERE (NOT is_deleted);

-- CreateIndex
CREATE INDEX "notes_customer_id_security_group_id_id_idx" ON "notes"("customer_id", "security_group_id", "id");

-- CreateIndex
CREATE INDEX "notes_customer_id_sync_seq_idx" ON "notes"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "notes_customer_id_contact_id_idx" ON "notes"("customer_id", "contact_id");

-- CreateIndex
CREATE INDEX "organizations_customer_id_sync_seq_idx" ON "organizations"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "organizations_customer_id_security_group_id_idx" ON "organizations"("customer_id", "security_group_id");

-- CreateIndex
CREATE INDEX "organizations_customer_id_parent_id_idx" ON "organizations"("customer_id", "parent_id");

-- CreateIndex
CREATE INDEX "questions_customer_id_security_group_id_id_idx" ON "questions"("customer_id", "security_group_id", "id");

-- CreateIndex
CREATE INDEX "questions_customer_id_sync_seq_idx" ON "questions"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "roles_customer_id_sync_seq_idx" ON "roles"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "roles_customer_id_security_group_id_idx" ON "roles"("customer_id", "security_group_id");

-- CreateIndex
CREATE INDEX "security_groups_customer_id_sync_seq_idx" ON "security_groups"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "security_groups_customer_id_security_group_id_idx" ON "security_groups"("customer_id", "security_group_id");

-- CreateIndex
CREATE INDEX "security_groups_customer_id_organization_id_idx" ON "security_groups"("customer_id", "organization_id");

-- CreateIndex
CREATE INDEX "segments_customer_id_security_group_id_id_idx" ON "segments"("customer_id", "security_group_id", "id");

-- CreateIndex
CREATE INDEX "segments_customer_id_sync_seq_idx" ON "segments"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "segments_customer_id_campaign_id_idx" ON "segments"("customer_id", "campaign_id");

-- CreateIndex
CREATE INDEX "segments_customer_id_survey_id_idx" ON "segments"("customer_id", "survey_id");

-- CreateIndex
CREATE INDEX "status_groups_customer_id_sync_seq_idx" ON "status_groups"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "status_groups_customer_id_security_group_id_idx" ON "status_groups"("customer_id", "security_group_id");

-- CreateIndex
CREATE INDEX "statuses_customer_id_sync_seq_idx" ON "statuses"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "statuses_customer_id_security_group_id_idx" ON "statuses"("customer_id", "security_group_id");

-- CreateIndex
CREATE INDEX "statuses_customer_id_status_group_id_idx" ON "statuses"("customer_id", "status_group_id");

-- CreateIndex
CREATE INDEX "statuses_customer_id_default_status_id_idx" ON "statuses"("customer_id", "default_status_id");

-- CreateIndex
CREATE INDEX "surveys_customer_id_security_group_id_id_idx" ON "surveys"("customer_id", "security_group_id", "id");

-- CreateIndex
CREATE INDEX "surveys_customer_id_sync_seq_idx" ON "surveys"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "survey_questions_customer_id_survey_id_idx" ON "survey_questions"("customer_id", "survey_id");

-- CreateIndex
CREATE INDEX "survey_questions_customer_id_sync_seq_idx" ON "survey_questions"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "survey_questions_customer_id_question_id_idx" ON "survey_questions"("customer_id", "question_id");

-- CreateIndex
CREATE UNIQUE INDEX "survey_questions_customer_id_survey_id_question_id_key" ON "survey_questions"("customer_id", "survey_id", "question_id") WHERE (NOT is_deleted);

-- CreateIndex
CREATE INDEX "turfs_customer_id_security_group_id_id_idx" ON "turfs"("customer_id", "security_group_id", "id");

-- CreateIndex
CREATE INDEX "turfs_customer_id_sync_seq_idx" ON "turfs"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "turfs_customer_id_campaign_id_idx" ON "turfs"("customer_id", "campaign_id");

-- CreateIndex
CREATE INDEX "turf_assigned_user_ids_customer_id_turf_id_idx" ON "turf_assigned_user_ids"("customer_id", "turf_id");

-- CreateIndex
CREATE INDEX "turf_assigned_user_ids_customer_id_sync_seq_idx" ON "turf_assigned_user_ids"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "turf_assigned_user_ids_customer_id_user_id_idx" ON "turf_assigned_user_ids"("customer_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "turf_assigned_user_ids_customer_id_turf_id_user_id_key" ON "turf_assigned_user_ids"("customer_id", "turf_id", "user_id") WHERE (NOT is_deleted);

-- CreateIndex
CREATE INDEX "users_customer_id_sync_seq_idx" ON "users"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "users_customer_id_security_group_id_idx" ON "users"("customer_id", "security_group_id");

-- CreateIndex
CREATE UNIQUE INDEX "users_customer_id_email_key_key" ON "users"("customer_id", "email_key") WHERE (NOT is_deleted);

-- CreateIndex
CREATE INDEX "walklists_customer_id_security_group_id_id_idx" ON "walklists"("customer_id", "security_group_id", "id");

-- CreateIndex
CREATE INDEX "walklists_customer_id_sync_seq_idx" ON "walklists"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "walklists_customer_id_campaign_id_idx" ON "walklists"("customer_id", "campaign_id");

-- CreateIndex
CREATE INDEX "walklists_customer_id_turf_id_idx" ON "walklists"("customer_id", "turf_id");

-- CreateIndex
CREATE INDEX "walklists_customer_id_user_id_idx" ON "walklists"("customer_id", "user_id");

-- CreateIndex
CREATE INDEX "walklist_stops_customer_id_walklist_id_idx" ON "walklist_stops"("customer_id", "walklist_id");

-- CreateIndex
CREATE INDEX "walklist_stops_customer_id_sync_seq_idx" ON "walklist_stops"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "walklist_stops_customer_id_household_id_idx" ON "walklist_stops"("customer_id", "household_id");

-- CreateIndex
CREATE UNIQUE INDEX "walklist_stops_customer_id_walklist_id_household_id_key" ON "walklist_stops"("customer_id", "walklist_id", "household_id") WHERE (NOT is_deleted);

-- AddForeignKey
ALTER TABLE "addresses" ADD CONSTRAINT "addresses_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_customer_id_organization_id_fkey" FOREIGN KEY ("customer_id", "organization_id") REFERENCES "organizations"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "campaign_lists" ADD CONSTRAINT "campaign_lists_customer_id_campaign_id_fkey" FOREIGN KEY ("customer_id", "campaign_id") REFERENCES "campaigns"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "campaign_lists" ADD CONSTRAINT "campaign_lists_customer_id_list_id_fkey" FOREIGN KEY ("customer_id", "list_id") REFERENCES "lists"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "contact_household_campaigns" ADD CONSTRAINT "contact_household_campaigns_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "contact_household_campaigns" ADD CONSTRAINT "contact_household_campaigns_customer_id_campaign_id_fkey" FOREIGN KEY ("customer_id", "campaign_id") REFERENCES "campaigns"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "contact_household_campaigns" ADD CONSTRAINT "contact_household_campaigns_customer_id_contact_household__fkey" FOREIGN KEY ("customer_id", "contact_household_id") REFERENCES "contact_households"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "contact_household_campaigns" ADD CONSTRAINT "contact_household_campaigns_customer_id_status_id_fkey" FOREIGN KEY ("customer_id", "status_id") REFERENCES "statuses"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "contact_household_campaigns" ADD CONSTRAINT "contact_household_campaigns_customer_id_reservation_walkli_fkey" FOREIGN KEY ("customer_id", "reservation_walklist_id") REFERENCES "walklists"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "contact_household_lists" ADD CONSTRAINT "contact_household_lists_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "contact_household_lists" ADD CONSTRAINT "contact_household_lists_customer_id_list_id_fkey" FOREIGN KEY ("customer_id", "list_id") REFERENCES "lists"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "contact_household_lists" ADD CONSTRAINT "contact_household_lists_customer_id_contact_household_id_fkey" FOREIGN KEY ("customer_id", "contact_household_id") REFERENCES "contact_households"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "contact_households" ADD CONSTRAINT "contact_households_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "contact_households" ADD CONSTRAINT "contact_households_customer_id_contact_id_fkey" FOREIGN KEY ("customer_id", "contact_id") REFERENCES "contacts"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "contact_households" ADD CONSTRAINT "contact_households_customer_id_household_id_fkey" FOREIGN KEY ("customer_id", "household_id") REFERENCES "households"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_customer_id_primary_household_id_fkey" FOREIGN KEY ("customer_id", "primary_household_id") REFERENCES "households"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "customers" ADD CONSTRAINT "customers_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "households" ADD CONSTRAINT "households_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "households" ADD CONSTRAINT "households_customer_id_address_id_fkey" FOREIGN KEY ("customer_id", "address_id") REFERENCES "addresses"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_customer_id_campaign_id_fkey" FOREIGN KEY ("customer_id", "campaign_id") REFERENCES "campaigns"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_customer_id_contact_id_fkey" FOREIGN KEY ("customer_id", "contact_id") REFERENCES "contacts"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_customer_id_household_id_fkey" FOREIGN KEY ("customer_id", "household_id") REFERENCES "households"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_customer_id_contact_household_id_fkey" FOREIGN KEY ("customer_id", "contact_household_id") REFERENCES "contact_households"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_customer_id_survey_id_fkey" FOREIGN KEY ("customer_id", "survey_id") REFERENCES "surveys"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_customer_id_status_id_fkey" FOREIGN KEY ("customer_id", "status_id") REFERENCES "statuses"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_customer_id_walklist_id_fkey" FOREIGN KEY ("customer_id", "walklist_id") REFERENCES "walklists"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_customer_id_turf_id_fkey" FOREIGN KEY ("customer_id", "turf_id") REFERENCES "turfs"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "lists" ADD CONSTRAINT "lists_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "lists" ADD CONSTRAINT "lists_customer_id_organization_id_fkey" FOREIGN KEY ("customer_id", "organization_id") REFERENCES "organizations"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_customer_id_organization_id_fkey" FOREIGN KEY ("customer_id", "organization_id") REFERENCES "organizations"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_customer_id_user_id_fkey" FOREIGN KEY ("customer_id", "user_id") REFERENCES "users"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_customer_id_role_id_fkey" FOREIGN KEY ("customer_id", "role_id") REFERENCES "roles"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notes" ADD CONSTRAINT "notes_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notes" ADD CONSTRAINT "notes_customer_id_contact_id_fkey" FOREIGN KEY ("customer_id", "contact_id") REFERENCES "contacts"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_customer_id_parent_id_fkey" FOREIGN KEY ("customer_id", "parent_id") REFERENCES "organizations"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "questions" ADD CONSTRAINT "questions_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "roles" ADD CONSTRAINT "roles_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "security_groups" ADD CONSTRAINT "security_groups_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "security_groups" ADD CONSTRAINT "security_groups_customer_id_organization_id_fkey" FOREIGN KEY ("customer_id", "organization_id") REFERENCES "organizations"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "segments" ADD CONSTRAINT "segments_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "segments" ADD CONSTRAINT "segments_customer_id_campaign_id_fkey" FOREIGN KEY ("customer_id", "campaign_id") REFERENCES "campaigns"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "segments" ADD CONSTRAINT "segments_customer_id_survey_id_fkey" FOREIGN KEY ("customer_id", "survey_id") REFERENCES "surveys"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "status_groups" ADD CONSTRAINT "status_groups_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "statuses" ADD CONSTRAINT "statuses_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "statuses" ADD CONSTRAINT "statuses_customer_id_status_group_id_fkey" FOREIGN KEY ("customer_id", "status_group_id") REFERENCES "status_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "statuses" ADD CONSTRAINT "statuses_customer_id_default_status_id_fkey" FOREIGN KEY ("customer_id", "default_status_id") REFERENCES "statuses"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "surveys" ADD CONSTRAINT "surveys_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "survey_questions" ADD CONSTRAINT "survey_questions_customer_id_survey_id_fkey" FOREIGN KEY ("customer_id", "survey_id") REFERENCES "surveys"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "survey_questions" ADD CONSTRAINT "survey_questions_customer_id_question_id_fkey" FOREIGN KEY ("customer_id", "question_id") REFERENCES "questions"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "turfs" ADD CONSTRAINT "turfs_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "turfs" ADD CONSTRAINT "turfs_customer_id_campaign_id_fkey" FOREIGN KEY ("customer_id", "campaign_id") REFERENCES "campaigns"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "turf_assigned_user_ids" ADD CONSTRAINT "turf_assigned_user_ids_customer_id_turf_id_fkey" FOREIGN KEY ("customer_id", "turf_id") REFERENCES "turfs"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "turf_assigned_user_ids" ADD CONSTRAINT "turf_assigned_user_ids_customer_id_user_id_fkey" FOREIGN KEY ("customer_id", "user_id") REFERENCES "users"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "users" ADD CONSTRAINT "users_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "walklists" ADD CONSTRAINT "walklists_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "walklists" ADD CONSTRAINT "walklists_customer_id_campaign_id_fkey" FOREIGN KEY ("customer_id", "campaign_id") REFERENCES "campaigns"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "walklists" ADD CONSTRAINT "walklists_customer_id_turf_id_fkey" FOREIGN KEY ("customer_id", "turf_id") REFERENCES "turfs"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "walklists" ADD CONSTRAINT "walklists_customer_id_user_id_fkey" FOREIGN KEY ("customer_id", "user_id") REFERENCES "users"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "walklist_stops" ADD CONSTRAINT "walklist_stops_customer_id_walklist_id_fkey" FOREIGN KEY ("customer_id", "walklist_id") REFERENCES "walklists"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "walklist_stops" ADD CONSTRAINT "walklist_stops_customer_id_household_id_fkey" FOREIGN KEY ("customer_id", "household_id") REFERENCES "households"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

CREATE SEQUENCE IF NOT EXISTS doorstep_positions;

CREATE OR REPLACE FUNCTION doorstep_take_position(customer uuid) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE taken bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(customer::text, 0));
  taken := nextval('doorstep_positions');
  PERFORM set_config('doorstep.position', taken::text, true), set_config('doorstep.customer', customer::text, true);
  RETURN taken;
END $$;

CREATE OR REPLACE FUNCTION doorstep_position(customer uuid) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE taken text := current_setting('doorstep.position', true);
BEGIN
  IF coalesce(taken, '') = '' OR current_setting('doorstep.customer', true) <> customer::text THEN
    RAISE EXCEPTION 'A row was written without a position for its customer: call doorstep_take_position first'
      USING ERRCODE = 'DS001';
  END IF;
  RETURN taken::bigint;
END $$;

CREATE OR REPLACE FUNCTION doorstep_etag(customer uuid, id uuid, version integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_hex(version) || '-' || rtrim(encode(
    substring(sha256(uuid_send(customer) || uuid_send(id) || int4send(version)) FOR 20), 'base64'), '=')
$$;

CREATE OR REPLACE FUNCTION doorstep_iso(moment timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT overlay(left((moment + interval '1 microsecond')::text, 23) PLACING 'T' FROM 11 FOR 1) || 'Z'
$$;

CREATE OR REPLACE FUNCTION doorstep_stamp_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.sync_seq := doorstep_position(NEW.customer_id);
  IF TG_OP = 'INSERT' THEN
    NEW.version := 1;
    NEW.created := coalesce(NEW.created, now());
    NEW.modified := NEW.created;
    NEW.modified_by := NEW.created_by;
  ELSE
    IF (NEW.customer_id, NEW.id, NEW.security_group_id) IS DISTINCT FROM (OLD.customer_id, OLD.id, OLD.security_group_id) THEN
      RAISE EXCEPTION 'The id, customer and security group of a row are fixed' USING ERRCODE = 'DS002';
    END IF;
    NEW.version := OLD.version + 1;
    NEW.created := OLD.created;
    NEW.created_by := OLD.created_by;
    NEW.modified := now();
  END IF;
  NEW.etag := doorstep_etag(NEW.customer_id, NEW.id, NEW.version);
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION doorstep_stamp_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.sync_seq := doorstep_position(NEW.customer_id);
  RETURN NEW;
END $$;

CREATE TABLE IF NOT EXISTS change_log (
  customer_id uuid NOT NULL,
  sync_seq bigint NOT NULL,
  resource text NOT NULL,
  row_id uuid NOT NULL,
  verb text NOT NULL CHECK (verb IN ('create', 'patch', 'remove', 'restore')),
  changed_by uuid,
  client text,
  request_id text,
  at timestamptz(3) NOT NULL DEFAULT now(),
  patch jsonb
) PARTITION BY RANGE (at);
CREATE TABLE IF NOT EXISTS change_log_default PARTITION OF change_log DEFAULT;
CREATE INDEX IF NOT EXISTS change_log_row_idx ON change_log (customer_id, resource, row_id, sync_seq);
CREATE INDEX IF NOT EXISTS change_log_position_idx ON change_log (customer_id, sync_seq);

CREATE OR REPLACE FUNCTION doorstep_prepare_change_log(moment timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  first date := date_trunc('month', moment AT TIME ZONE 'UTC');
  part text := 'change_log_' || to_char(first, 'YYYY_MM');
BEGIN
  IF to_regclass(part) IS NULL THEN
    EXECUTE format('CREATE TABLE %I PARTITION OF change_log FOR VALUES FROM (%L) TO (%L)',
      part, first || ' 00:00:00+00', (first + interval '1 month')::date || ' 00:00:00+00');
  END IF;
EXCEPTION
  WHEN duplicate_table OR check_violation THEN NULL;
END $$;

CREATE OR REPLACE TRIGGER addresses_stamp BEFORE INSERT OR UPDATE ON addresses FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

ALTER TABLE addresses DROP CONSTRAINT IF EXISTS addresses_coords_lat_check;
ALTER TABLE addresses ADD CONSTRAINT addresses_coords_lat_check CHECK (coords_lat NOT IN ('NaN', 'Infinity', '-Infinity'));

ALTER TABLE addresses DROP CONSTRAINT IF EXISTS addresses_coords_lng_check;
ALTER TABLE addresses ADD CONSTRAINT addresses_coords_lng_check CHECK (coords_lng NOT IN ('NaN', 'Infinity', '-Infinity'));

ALTER TABLE addresses DROP CONSTRAINT IF EXISTS addresses_coords_confidence_check;
ALTER TABLE addresses ADD CONSTRAINT addresses_coords_confidence_check CHECK (coords_confidence NOT IN ('NaN', 'Infinity', '-Infinity'));

CREATE OR REPLACE TRIGGER campaigns_stamp BEFORE INSERT OR UPDATE ON campaigns FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

CREATE OR REPLACE TRIGGER campaign_lists_stamp BEFORE INSERT OR UPDATE ON campaign_lists FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_item();

ALTER TABLE campaigns DROP CONSTRAINT IF EXISTS campaigns_status_check;
ALTER TABLE campaigns ADD CONSTRAINT campaigns_status_check CHECK (status IN ('pending', 'started', 'complete'));

ALTER TABLE campaign_lists DROP CONSTRAINT IF EXISTS campaign_lists_type_check;
ALTER TABLE campaign_lists ADD CONSTRAINT campaign_lists_type_check CHECK (type IN ('do-not-knock', 'high-priority', 'normal'));

CREATE OR REPLACE TRIGGER contact_household_campaigns_stamp BEFORE INSERT OR UPDATE ON contact_household_campaigns FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

ALTER TABLE contact_household_campaigns DROP CONSTRAINT IF EXISTS contact_household_campaigns_state_check;
ALTER TABLE contact_household_campaigns ADD CONSTRAINT contact_household_campaigns_state_check CHECK (state IN ('appointment', 'not-contacted-high-priority', 'not-contacted-do-not-knock', 'not-contacted-normal', 'contacted-available-successful', 'contacted-available-not-successful', 'contacted-unavailable-not-home', 'contacted-unavailable-other', 'come-back', 'unknown'));

ALTER TABLE contact_household_campaigns DROP CONSTRAINT IF EXISTS contact_household_campaigns_type_check;
ALTER TABLE contact_household_campaigns ADD CONSTRAINT contact_household_campaigns_type_check CHECK (type IN ('do-not-knock', 'high-priority', 'normal'));

CREATE OR REPLACE TRIGGER contact_household_lists_stamp BEFORE INSERT OR UPDATE ON contact_household_lists FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

ALTER TABLE contact_household_lists DROP CONSTRAINT IF EXISTS contact_household_lists_coords_lat_check;
ALTER TABLE contact_household_lists ADD CONSTRAINT contact_household_lists_coords_lat_check CHECK (coords_lat NOT IN ('NaN', 'Infinity', '-Infinity'));

ALTER TABLE contact_household_lists DROP CONSTRAINT IF EXISTS contact_household_lists_coords_lng_check;
ALTER TABLE contact_household_lists ADD CONSTRAINT contact_household_lists_coords_lng_check CHECK (coords_lng NOT IN ('NaN', 'Infinity', '-Infinity'));

ALTER TABLE contact_household_lists DROP CONSTRAINT IF EXISTS contact_household_lists_coords_confidence_check;
ALTER TABLE contact_household_lists ADD CONSTRAINT contact_household_lists_coords_confidence_check CHECK (coords_confidence NOT IN ('NaN', 'Infinity', '-Infinity'));

CREATE OR REPLACE TRIGGER contact_households_stamp BEFORE INSERT OR UPDATE ON contact_households FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

CREATE OR REPLACE TRIGGER contacts_stamp BEFORE INSERT OR UPDATE ON contacts FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

CREATE OR REPLACE TRIGGER customers_stamp BEFORE INSERT OR UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

CREATE OR REPLACE TRIGGER households_stamp BEFORE INSERT OR UPDATE ON households FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

CREATE OR REPLACE TRIGGER interactions_stamp BEFORE INSERT OR UPDATE ON interactions FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

ALTER TABLE interactions DROP CONSTRAINT IF EXISTS interactions_location_lat_check;
ALTER TABLE interactions ADD CONSTRAINT interactions_location_lat_check CHECK (location_lat NOT IN ('NaN', 'Infinity', '-Infinity'));

ALTER TABLE interactions DROP CONSTRAINT IF EXISTS interactions_location_lng_check;
ALTER TABLE interactions ADD CONSTRAINT interactions_location_lng_check CHECK (location_lng NOT IN ('NaN', 'Infinity', '-Infinity'));

ALTER TABLE interactions DROP CONSTRAINT IF EXISTS interactions_location_confidence_check;
ALTER TABLE interactions ADD CONSTRAINT interactions_location_confidence_check CHECK (location_confidence NOT IN ('NaN', 'Infinity', '-Infinity'));

ALTER TABLE interactions DROP CONSTRAINT IF EXISTS interactions_distance_check;
ALTER TABLE interactions ADD CONSTRAINT interactions_distance_check CHECK (distance NOT IN ('NaN', 'Infinity', '-Infinity'));

CREATE OR REPLACE TRIGGER lists_stamp BEFORE INSERT OR UPDATE ON lists FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

CREATE OR REPLACE TRIGGER memberships_stamp BEFORE INSERT OR UPDATE ON memberships FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

ALTER TABLE memberships DROP CONSTRAINT IF EXISTS memberships_status_check;
ALTER TABLE memberships ADD CONSTRAINT memberships_status_check CHECK (status IN ('active', 'disabled', 'unconfirmed', 'invited'));

CREATE OR REPLACE TRIGGER notes_stamp BEFORE INSERT OR UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

CREATE OR REPLACE TRIGGER organizations_stamp BEFORE INSERT OR UPDATE ON organizations FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

CREATE OR REPLACE TRIGGER questions_stamp BEFORE INSERT OR UPDATE ON questions FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

ALTER TABLE questions DROP CONSTRAINT IF EXISTS questions_type_check;
ALTER TABLE questions ADD CONSTRAINT questions_type_check CHECK (type IN ('availability', 'multiChoice', 'multiSelect', 'pdf', 'payment', 'scale', 'text', 'verification', 'youtube'));

ALTER TABLE questions DROP CONSTRAINT IF EXISTS questions_keyboard_check;
ALTER TABLE questions ADD CONSTRAINT questions_keyboard_check CHECK (keyboard IN ('text', 'email', 'number'));

CREATE OR REPLACE TRIGGER roles_stamp BEFORE INSERT OR UPDATE ON roles FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

CREATE OR REPLACE TRIGGER security_groups_stamp BEFORE INSERT OR UPDATE ON security_groups FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

CREATE OR REPLACE TRIGGER segments_stamp BEFORE INSERT OR UPDATE ON segments FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

CREATE OR REPLACE TRIGGER status_groups_stamp BEFORE INSERT OR UPDATE ON status_groups FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

ALTER TABLE status_groups DROP CONSTRAINT IF EXISTS status_groups_status_type_check;
ALTER TABLE status_groups ADD CONSTRAINT status_groups_status_type_check CHECK (status_type IN ('successful', 'unsuccessful', 'appointment', 'unavailable', 'list'));

ALTER TABLE status_groups DROP CONSTRAINT IF EXISTS status_groups_contact_state_check;
ALTER TABLE status_groups ADD CONSTRAINT status_groups_contact_state_check CHECK (contact_state IN ('appointment', 'not-contacted-high-priority', 'not-contacted-do-not-knock', 'not-contacted-normal', 'contacted-available-successful', 'contacted-available-not-successful', 'contacted-unavailable-not-home', 'contacted-unavailable-other', 'come-back', 'unknown'));

CREATE OR REPLACE TRIGGER statuses_stamp BEFORE INSERT OR UPDATE ON statuses FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

ALTER TABLE statuses DROP CONSTRAINT IF EXISTS statuses_contact_state_check;
ALTER TABLE statuses ADD CONSTRAINT statuses_contact_state_check CHECK (contact_state IN ('appointment', 'not-contacted-high-priority', 'not-contacted-do-not-knock', 'not-contacted-normal', 'contacted-available-successful', 'contacted-available-not-successful', 'contacted-unavailable-not-home', 'contacted-unavailable-other', 'come-back', 'unknown'));

CREATE OR REPLACE TRIGGER surveys_stamp BEFORE INSERT OR UPDATE ON surveys FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

CREATE OR REPLACE TRIGGER survey_questions_stamp BEFORE INSERT OR UPDATE ON survey_questions FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_item();

CREATE OR REPLACE TRIGGER turfs_stamp BEFORE INSERT OR UPDATE ON turfs FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

CREATE OR REPLACE TRIGGER turf_assigned_user_ids_stamp BEFORE INSERT OR UPDATE ON turf_assigned_user_ids FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_item();

CREATE OR REPLACE TRIGGER users_stamp BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

ALTER TABLE users DROP CONSTRAINT IF EXISTS users_status_check;
ALTER TABLE users ADD CONSTRAINT users_status_check CHECK (status IN ('active', 'pending', 'inactive'));

CREATE OR REPLACE TRIGGER walklists_stamp BEFORE INSERT OR UPDATE ON walklists FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

CREATE OR REPLACE TRIGGER walklist_stops_stamp BEFORE INSERT OR UPDATE ON walklist_stops FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_item();

ALTER TABLE walklists DROP CONSTRAINT IF EXISTS walklists_status_check;
ALTER TABLE walklists ADD CONSTRAINT walklists_status_check CHECK (status IN ('open', 'checked-out', 'done'));

ALTER TABLE customers DROP CONSTRAINT IF EXISTS customers_own_check;
ALTER TABLE customers ADD CONSTRAINT customers_own_check CHECK (customer_id = id);
