-- CreateTable
CREATE TABLE "access_positions" (
    "customer_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "position" BIGINT NOT NULL,

    CONSTRAINT "access_positions_pkey" PRIMARY KEY ("customer_id","user_id")
);

-- CreateTable
CREATE TABLE "walklist_assignments" (
    "customer_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "walklist_id" UUID NOT NULL,
    "is_deleted" BOOLEAN NOT NULL,
    "position" BIGINT NOT NULL,

    CONSTRAINT "walklist_assignments_pkey" PRIMARY KEY ("customer_id","user_id","walklist_id")
);

CREATE OR REPLACE FUNCTION doorstep_note_access(customer uuid, users uuid[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO access_positions (customer_id, user_id, position)
  SELECT DISTINCT customer, changed.id, doorstep_position(customer) FROM unnest(users) AS changed (id)
  ON CONFLICT (customer_id, user_id) DO UPDATE SET position = excluded.position
$$;

CREATE OR REPLACE FUNCTION doorstep_membership_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status = 'active' THEN PERFORM doorstep_note_access(NEW.customer_id, ARRAY[NEW.user_id]); END IF;
  ELSIF (NEW.status, NEW.role_id, NEW.organization_id, NEW.user_id, NEW.is_deleted)
      IS DISTINCT FROM (OLD.status, OLD.role_id, OLD.organization_id, OLD.user_id, OLD.is_deleted) THEN
    PERFORM doorstep_note_access(NEW.customer_id, ARRAY[NEW.user_id, OLD.user_id]);
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER memberships_access AFTER INSERT OR UPDATE ON memberships
  FOR EACH ROW EXECUTE FUNCTION doorstep_membership_access();

CREATE OR REPLACE FUNCTION doorstep_role_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM doorstep_note_access(NEW.customer_id, ARRAY(SELECT user_id FROM memberships
    WHERE customer_id = NEW.customer_id AND role_id = NEW.id AND NOT is_deleted));
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER roles_access AFTER UPDATE ON roles FOR EACH ROW
  WHEN ((NEW.permissions, NEW.is_deleted) IS DISTINCT FROM (OLD.permissions, OLD.is_deleted))
  EXECUTE FUNCTION doorstep_role_access();

CREATE OR REPLACE FUNCTION doorstep_organization_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM doorstep_note_access(NEW.customer_id, ARRAY['00000000-0000-0000-0000-000000000000'::uuid]);
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER organizations_access AFTER UPDATE ON organizations FOR EACH ROW
  WHEN ((NEW.parent_id, NEW.is_deleted) IS DISTINCT FROM (OLD.parent_id, OLD.is_deleted))
  EXECUTE FUNCTION doorstep_organization_access();

CREATE OR REPLACE FUNCTION doorstep_assign_walklist() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  holder uuid := CASE WHEN NOT NEW.is_deleted AND NEW.status IS DISTINCT FROM 'done' THEN NEW.user_id END;
BEGIN
  UPDATE walklist_assignments SET is_deleted = true, position = NEW.sync_seq
  WHERE customer_id = NEW.customer_id AND walklist_id = NEW.id AND user_id IS DISTINCT FROM holder AND NOT is_deleted
    AND TG_OP = 'UPDATE' AND user_id = OLD.user_id;
  IF holder IS NOT NULL THEN
    INSERT INTO walklist_assignments AS given (customer_id, user_id, walklist_id, is_deleted, position)
    VALUES (NEW.customer_id, holder, NEW.id, false, NEW.sync_seq)
    ON CONFLICT (customer_id, user_id, walklist_id)
    DO UPDATE SET is_deleted = false, position = excluded.position WHERE given.is_deleted;
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER walklists_assign AFTER INSERT OR UPDATE ON walklists
  FOR EACH ROW EXECUTE FUNCTION doorstep_assign_walklist();
INSERT INTO walklist_assignments (customer_id, user_id, walklist_id, is_deleted, position)
SELECT customer_id, user_id, id, false, sync_seq FROM walklists
WHERE user_id IS NOT NULL AND NOT is_deleted AND status IS DISTINCT FROM 'done' ON CONFLICT DO NOTHING;
