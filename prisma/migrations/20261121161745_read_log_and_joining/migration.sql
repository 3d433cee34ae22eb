-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "join_role_id" UUID;

-- CreateTable
CREATE TABLE "read_log" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "security_group_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "user_id" UUID,
    "client" TEXT,
    "request_id" TEXT,
    "transport" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "filter" TEXT,
    "rows" BIGINT NOT NULL,

    CONSTRAINT "read_log_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "retention_horizons" (
    "customer_id" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "raised" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "retention_horizons_pkey" PRIMARY KEY ("customer_id")
);

-- CreateIndex
CREATE INDEX "organizations_customer_id_join_role_id_idx" ON "organizations"("customer_id", "join_role_id");

-- AddForeignKey
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_customer_id_join_role_id_fkey" FOREIGN KEY ("customer_id", "join_role_id") REFERENCES "roles"("customer_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

CREATE TABLE IF NOT EXISTS change_log (
  customer_id uuid NOT NULL,
  sync_seq bigint NOT NULL,
  resource text NOT NULL,
  row_id uuid NOT NULL,
  verb text NOT NULL,
  changed_by uuid,
  client text,
  request_id text,
  at timestamptz(3) NOT NULL DEFAULT now(),
  patch jsonb
) PARTITION BY RANGE (at);
CREATE TABLE IF NOT EXISTS change_log_default PARTITION OF change_log DEFAULT;
ALTER TABLE change_log ADD COLUMN IF NOT EXISTS ordinal integer NOT NULL DEFAULT 0;
ALTER TABLE change_log DROP CONSTRAINT IF EXISTS change_log_verb_check;
ALTER TABLE change_log ADD CONSTRAINT change_log_verb_check
  CHECK (verb IN ('create', 'patch', 'remove', 'restore', 'erase'));
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
