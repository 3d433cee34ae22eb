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

/** Who changed what, by month so that old months can be dropped. The default partition is for clocks gone wrong. */
const changeLog = `
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
END $$;`;

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
