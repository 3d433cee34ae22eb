-- CreateTable
CREATE TABLE "export_jobs" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "made_by" UUID,
    "organization_group_id" UUID NOT NULL,
    "client" TEXT,
    "request_id" TEXT,
    "way" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "scopes" JSONB NOT NULL,
    "manifest" JSONB,
    "total" BIGINT,
    "rows" BIGINT NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "is_cancelled" BOOLEAN NOT NULL DEFAULT false,
    "created" TIMESTAMPTZ(3) NOT NULL,
    "started" TIMESTAMPTZ(3),
    "seen" TIMESTAMPTZ(3) NOT NULL,
    "ended" TIMESTAMPTZ(3),
    "expires" TIMESTAMPTZ(3),

    CONSTRAINT "export_jobs_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateIndex
CREATE INDEX "export_jobs_customer_id_made_by_created_idx" ON "export_jobs"("customer_id", "made_by", "created");

-- CreateIndex
CREATE INDEX "export_jobs_state_created_idx" ON "export_jobs"("state", "created");
