-- AlterTable
ALTER TABLE "walklist_stops" ADD COLUMN     "progress" TEXT,
ADD COLUMN     "remark" TEXT;

-- CreateTable
CREATE TABLE "sync_rejections" (
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
    "user_id" UUID NOT NULL,
    "collection" TEXT NOT NULL,
    "document_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "assumed" TEXT,
    "interaction_id" UUID,
    "walklist_id" UUID,
    "status" TEXT NOT NULL,
    "resolved" TIMESTAMPTZ(3),
    "resolved_by_id" UUID,

    CONSTRAINT "sync_rejections_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateIndex
CREATE INDEX "sync_rejections_customer_id_document_id_id_idx" ON "sync_rejections"("customer_id", "document_id", "id");

-- CreateIndex
CREATE INDEX "sync_rejections_customer_id_status_id_idx" ON "sync_rejections"("customer_id", "status", "id");

-- CreateIndex
CREATE INDEX "sync_rejections_customer_id_modified_id_idx" ON "sync_rejections"("customer_id", "modified", "id");

-- CreateIndex
CREATE INDEX "sync_rejections_customer_id_security_group_id_modified_id_idx" ON "sync_rejections"("customer_id", "security_group_id", "modified", "id");

-- CreateIndex
CREATE INDEX "sync_rejections_customer_id_security_group_id_id_idx" ON "sync_rejections"("customer_id", "security_group_id", "id");

-- CreateIndex
CREATE INDEX "sync_rejections_customer_id_sync_seq_idx" ON "sync_rejections"("customer_id", "sync_seq");

-- CreateIndex
CREATE INDEX "sync_rejections_customer_id_user_id_idx" ON "sync_rejections"("customer_id", "user_id");

-- CreateIndex
CREATE INDEX "sync_rejections_customer_id_interaction_id_idx" ON "sync_rejections"("customer_id", "interaction_id");

-- CreateIndex
CREATE INDEX "sync_rejections_customer_id_walklist_id_idx" ON "sync_rejections"("customer_id", "walklist_id");

-- CreateIndex
CREATE INDEX "sync_rejections_customer_id_resolved_by_id_idx" ON "sync_rejections"("customer_id", "resolved_by_id");

-- AddForeignKey
ALTER TABLE "sync_rejections" ADD CONSTRAINT "sync_rejections_customer_id_security_group_id_fkey" FOREIGN KEY ("customer_id", "security_group_id") REFERENCES "security_groups"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "sync_rejections" ADD CONSTRAINT "sync_rejections_customer_id_user_id_fkey" FOREIGN KEY ("customer_id", "user_id") REFERENCES "users"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "sync_rejections" ADD CONSTRAINT "sync_rejections_customer_id_interaction_id_fkey" FOREIGN KEY ("customer_id", "interaction_id") REFERENCES "interactions"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "sync_rejections" ADD CONSTRAINT "sync_rejections_customer_id_walklist_id_fkey" FOREIGN KEY ("customer_id", "walklist_id") REFERENCES "walklists"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "sync_rejections" ADD CONSTRAINT "sync_rejections_customer_id_resolved_by_id_fkey" FOREIGN KEY ("customer_id", "resolved_by_id") REFERENCES "users"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

CREATE OR REPLACE TRIGGER sync_rejections_stamp BEFORE INSERT OR UPDATE ON sync_rejections FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

ALTER TABLE sync_rejections DROP CONSTRAINT IF EXISTS sync_rejections_collection_check;
ALTER TABLE sync_rejections ADD CONSTRAINT sync_rejections_collection_check CHECK (collection IN ('interaction', 'walklistItem'));

ALTER TABLE sync_rejections DROP CONSTRAINT IF EXISTS sync_rejections_status_check;
ALTER TABLE sync_rejections ADD CONSTRAINT sync_rejections_status_check CHECK (status IN ('open', 'kept', 'forced', 'merged'));

ALTER TABLE walklist_stops DROP CONSTRAINT IF EXISTS walklist_stops_progress_check;
ALTER TABLE walklist_stops ADD CONSTRAINT walklist_stops_progress_check CHECK (progress IN ('to-do', 'done', 'skipped'));
