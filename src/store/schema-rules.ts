/**
 * What the database itself guards, and Prisma cannot say: positions, versions and etags for every writer, CHECKs, the
 * change log. Each rule is a block of SQL that may run again; `npm run generate` adds to a migration the blocks that
 * are new or changed.
 */
import type { Model } from '../model.ts';

/** A named block of SQL, idempotent. */
export interface SchemaRule {
  readonly name: string;
  readonly sql: string;
}

/**
 * The order of changes. A writer takes its customer's lock and then a number, before its first write, and keeps the
 * lock until its commit is visible: positions become visible in order. The number rides in a setting of the
 * transaction, from where the triggers stamp it on every row; a write without one is refused.
 */
const positions = `
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
END $$;`;

/** A strong tag that no two versions of a row share: RFC 9110 §8.8.1. 20 bytes are 27 characters of base64. */
const etags = `
CREATE OR REPLACE FUNCTION doorstep_etag(customer uuid, id uuid, version integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_hex(version) || '-' || rtrim(encode(
    substring(sha256(uuid_send(customer) || uuid_send(id) || int4send(version)) FOR 20), 'base64'), '=')
$$;`;

/** ISO 8601 with three decimals. A microsecond is added so that PostgreSQL always writes six, of which we keep three. */
const isoTime = `
CREATE OR REPLACE FUNCTION doorstep_iso(moment timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT overlay(left((moment + interval '1 microsecond')::text, 23) PLACING 'T' FROM 11 FOR 1) || 'Z'
$$;`;

const stamps = `
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
END $$;`;

/**
 * Who changed what, by month so that old months can be dropped. The default partition is for clocks gone wrong. One
 * transaction may change a row twice; `ordinal` tells which came first.
 */
const changeLog = `
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
END $$;`;

/**
 * Where rights change: a membership, what a role permits, the tree of organizations. No row that somebody sees through
 * them moves then, so the place in the order of changes is noted beside them.
 */
const access = `
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
  EXECUTE FUNCTION doorstep_organization_access();`;

/** A walklist is somebody's while they are named on it and it is neither done nor deleted. */
const assignments = `
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
WHERE user_id IS NOT NULL AND NOT is_deleted AND status IS DISTINCT FROM 'done' ON CONFLICT DO NOTHING;`;

export function makeSchemaRules(model: Model): readonly SchemaRule[] {
  const fixed = Object.entries({ positions, etags, isoTime, stamps, changeLog });
  return [
    ...fixed.map(([name, text]) => ({ name, sql: text.trim() })),
    ...model.resources.flatMap((resource) => [
      trigger(resource.table, 'doorstep_stamp_row'),
      ...resource.rows.map(({ table }) => trigger(table, 'doorstep_stamp_item')),
      ...checks(resource.table, resource.attributes),
      ...resource.rows.flatMap(({ table, members }) => checks(table, members)),
    ]),
    // A customer's row is its own customer.
    { name: 'customers own check', sql: constraint('customers', 'customers_own_check', 'CHECK (customer_id = id)') },
    { name: 'access', sql: access.trim() },
    { name: 'assignments', sql: assignments.trim() },
  ];
}

function trigger(table: string, stamp: string): SchemaRule {
  const body = `BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION ${stamp}()`;
  return { name: `${table} stamp`, sql: `CREATE OR REPLACE TRIGGER ${table}_stamp ${body};` };
}

function constraint(table: string, name: string, rule: string): string {
  return `ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS ${name};\nALTER TABLE ${table} ADD CONSTRAINT ${name} ${rule};`;
}

type Checked = Model['resources'][number]['attributes'];

function checks(table: string, attributes: Checked): readonly SchemaRule[] {
  return attributes.flatMap(({ column, field }) =>
    field.check === undefined
      ? []
      : {
          name: `${table} ${column} check`,
          sql: constraint(table, `${table}_${column}_check`, `CHECK (${field.check(column)})`),
        },
  );
}
