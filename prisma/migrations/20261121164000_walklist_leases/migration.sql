-- AlterTable
ALTER TABLE "interactions" ADD COLUMN     "late" BOOLEAN;

-- CreateTable
CREATE TABLE "walklist_leases" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "walklist_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "began" TIMESTAMPTZ(3) NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,
    "ended" TIMESTAMPTZ(3),

    CONSTRAINT "walklist_leases_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "held_doors" (
    "customer_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "walklist_id" UUID NOT NULL,

    CONSTRAINT "held_doors_pkey" PRIMARY KEY ("customer_id","campaign_id","household_id")
);

-- CreateIndex
CREATE INDEX "walklist_leases_customer_id_walklist_id_user_id_idx" ON "walklist_leases"("customer_id", "walklist_id", "user_id");

-- CreateIndex
CREATE INDEX "walklist_leases_expires_idx" ON "walklist_leases"("expires") WHERE (ended IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "walklist_leases_customer_id_walklist_id_key" ON "walklist_leases"("customer_id", "walklist_id") WHERE (ended IS NULL);

-- CreateIndex
CREATE INDEX "held_doors_customer_id_walklist_id_idx" ON "held_doors"("customer_id", "walklist_id");
