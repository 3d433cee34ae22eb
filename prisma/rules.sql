-- Generated from src/resources and src/store/schema-rules.ts by `npm run generate`.

-- rule: positions
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

-- rule: etags
CREATE OR REPLACE FUNCTION doorstep_etag(customer uuid, id uuid, version integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_hex(version) || '-' || rtrim(encode(
    substring(sha256(uuid_send(customer) || uuid_send(id) || int4send(version)) FOR 20), 'base64'), '=')
$$;

-- rule: isoTime
CREATE OR REPLACE FUNCTION doorstep_iso(moment timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT overlay(left((moment + interval '1 microsecond')::text, 23) PLACING 'T' FROM 11 FOR 1) || 'Z'
$$;

-- rule: stamps
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

-- rule: changeLog
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

-- rule: addresses stamp
CREATE OR REPLACE TRIGGER addresses_stamp BEFORE INSERT OR UPDATE ON addresses FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: addresses coords_lat check
ALTER TABLE addresses DROP CONSTRAINT IF EXISTS addresses_coords_lat_check;
ALTER TABLE addresses ADD CONSTRAINT addresses_coords_lat_check CHECK (coords_lat NOT IN ('NaN', 'Infinity', '-Infinity'));

-- rule: addresses coords_lng check
ALTER TABLE addresses DROP CONSTRAINT IF EXISTS addresses_coords_lng_check;
ALTER TABLE addresses ADD CONSTRAINT addresses_coords_lng_check CHECK (coords_lng NOT IN ('NaN', 'Infinity', '-Infinity'));

-- rule: addresses coords_confidence check
ALTER TABLE addresses DROP CONSTRAINT IF EXISTS addresses_coords_confidence_check;
ALTER TABLE addresses ADD CONSTRAINT addresses_coords_confidence_check CHECK (coords_confidence NOT IN ('NaN', 'Infinity', '-Infinity'));

-- rule: campaigns stamp
CREATE OR REPLACE TRIGGER campaigns_stamp BEFORE INSERT OR UPDATE ON campaigns FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: campaign_lists stamp
CREATE OR REPLACE TRIGGER campaign_lists_stamp BEFORE INSERT OR UPDATE ON campaign_lists FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_item();

-- rule: campaigns status check
ALTER TABLE campaigns DROP CONSTRAINT IF EXISTS campaigns_status_check;
ALTER TABLE campaigns ADD CONSTRAINT campaigns_status_check CHECK (status IN ('pending', 'started', 'complete'));

-- rule: campaign_lists type check
ALTER TABLE campaign_lists DROP CONSTRAINT IF EXISTS campaign_lists_type_check;
ALTER TABLE campaign_lists ADD CONSTRAINT campaign_lists_type_check CHECK (type IN ('do-not-knock', 'high-priority', 'normal'));

-- rule: contact_household_campaigns stamp
CREATE OR REPLACE TRIGGER contact_household_campaigns_stamp BEFORE INSERT OR UPDATE ON contact_household_campaigns FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: contact_household_campaigns state check
ALTER TABLE contact_household_campaigns DROP CONSTRAINT IF EXISTS contact_household_campaigns_state_check;
ALTER TABLE contact_household_campaigns ADD CONSTRAINT contact_household_campaigns_state_check CHECK (state IN ('appointment', 'not-contacted-high-priority', 'not-contacted-do-not-knock', 'not-contacted-normal', 'contacted-available-successful', 'contacted-available-not-successful', 'contacted-unavailable-not-home', 'contacted-unavailable-other', 'come-back', 'unknown'));

-- rule: contact_household_campaigns type check
ALTER TABLE contact_household_campaigns DROP CONSTRAINT IF EXISTS contact_household_campaigns_type_check;
ALTER TABLE contact_household_campaigns ADD CONSTRAINT contact_household_campaigns_type_check CHECK (type IN ('do-not-knock', 'high-priority', 'normal'));

-- rule: contact_household_lists stamp
CREATE OR REPLACE TRIGGER contact_household_lists_stamp BEFORE INSERT OR UPDATE ON contact_household_lists FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: contact_household_lists coords_lat check
ALTER TABLE contact_household_lists DROP CONSTRAINT IF EXISTS contact_household_lists_coords_lat_check;
ALTER TABLE contact_household_lists ADD CONSTRAINT contact_household_lists_coords_lat_check CHECK (coords_lat NOT IN ('NaN', 'Infinity', '-Infinity'));

-- rule: contact_household_lists coords_lng check
ALTER TABLE contact_household_lists DROP CONSTRAINT IF EXISTS contact_household_lists_coords_lng_check;
ALTER TABLE contact_household_lists ADD CONSTRAINT contact_household_lists_coords_lng_check CHECK (coords_lng NOT IN ('NaN', 'Infinity', '-Infinity'));

-- rule: contact_household_lists coords_confidence check
ALTER TABLE contact_household_lists DROP CONSTRAINT IF EXISTS contact_household_lists_coords_confidence_check;
ALTER TABLE contact_household_lists ADD CONSTRAINT contact_household_lists_coords_confidence_check CHECK (coords_confidence NOT IN ('NaN', 'Infinity', '-Infinity'));

-- rule: contact_households stamp
CREATE OR REPLACE TRIGGER contact_households_stamp BEFORE INSERT OR UPDATE ON contact_households FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: contacts stamp
CREATE OR REPLACE TRIGGER contacts_stamp BEFORE INSERT OR UPDATE ON contacts FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: customers stamp
CREATE OR REPLACE TRIGGER customers_stamp BEFORE INSERT OR UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: households stamp
CREATE OR REPLACE TRIGGER households_stamp BEFORE INSERT OR UPDATE ON households FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: integrations stamp
CREATE OR REPLACE TRIGGER integrations_stamp BEFORE INSERT OR UPDATE ON integrations FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: integrations status check
ALTER TABLE integrations DROP CONSTRAINT IF EXISTS integrations_status_check;
ALTER TABLE integrations ADD CONSTRAINT integrations_status_check CHECK (status IN ('active', 'paused'));

-- rule: integrations provider check
ALTER TABLE integrations DROP CONSTRAINT IF EXISTS integrations_provider_check;
ALTER TABLE integrations ADD CONSTRAINT integrations_provider_check CHECK (provider IN ('escoware', 'nationBuilder', 'republicanNationalCommittee', 'stripe', 'crowdskout'));

-- rule: interactions stamp
CREATE OR REPLACE TRIGGER interactions_stamp BEFORE INSERT OR UPDATE ON interactions FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: interactions location_lat check
ALTER TABLE interactions DROP CONSTRAINT IF EXISTS interactions_location_lat_check;
ALTER TABLE interactions ADD CONSTRAINT interactions_location_lat_check CHECK (location_lat NOT IN ('NaN', 'Infinity', '-Infinity'));

-- rule: interactions location_lng check
ALTER TABLE interactions DROP CONSTRAINT IF EXISTS interactions_location_lng_check;
ALTER TABLE interactions ADD CONSTRAINT interactions_location_lng_check CHECK (location_lng NOT IN ('NaN', 'Infinity', '-Infinity'));

-- rule: interactions location_confidence check
ALTER TABLE interactions DROP CONSTRAINT IF EXISTS interactions_location_confidence_check;
ALTER TABLE interactions ADD CONSTRAINT interactions_location_confidence_check CHECK (location_confidence NOT IN ('NaN', 'Infinity', '-Infinity'));

-- rule: interactions distance check
ALTER TABLE interactions DROP CONSTRAINT IF EXISTS interactions_distance_check;
ALTER TABLE interactions ADD CONSTRAINT interactions_distance_check CHECK (distance NOT IN ('NaN', 'Infinity', '-Infinity'));

-- rule: lists stamp
CREATE OR REPLACE TRIGGER lists_stamp BEFORE INSERT OR UPDATE ON lists FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: memberships stamp
CREATE OR REPLACE TRIGGER memberships_stamp BEFORE INSERT OR UPDATE ON memberships FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: memberships status check
ALTER TABLE memberships DROP CONSTRAINT IF EXISTS memberships_status_check;
ALTER TABLE memberships ADD CONSTRAINT memberships_status_check CHECK (status IN ('active', 'disabled', 'unconfirmed', 'invited'));

-- rule: notes stamp
CREATE OR REPLACE TRIGGER notes_stamp BEFORE INSERT OR UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: organizations stamp
CREATE OR REPLACE TRIGGER organizations_stamp BEFORE INSERT OR UPDATE ON organizations FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: questions stamp
CREATE OR REPLACE TRIGGER questions_stamp BEFORE INSERT OR UPDATE ON questions FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: questions type check
ALTER TABLE questions DROP CONSTRAINT IF EXISTS questions_type_check;
ALTER TABLE questions ADD CONSTRAINT questions_type_check CHECK (type IN ('availability', 'multiChoice', 'multiSelect', 'pdf', 'payment', 'scale', 'text', 'verification', 'youtube'));

-- rule: questions keyboard check
ALTER TABLE questions DROP CONSTRAINT IF EXISTS questions_keyboard_check;
ALTER TABLE questions ADD CONSTRAINT questions_keyboard_check CHECK (keyboard IN ('text', 'email', 'number'));

-- rule: roles stamp
CREATE OR REPLACE TRIGGER roles_stamp BEFORE INSERT OR UPDATE ON roles FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: security_groups stamp
CREATE OR REPLACE TRIGGER security_groups_stamp BEFORE INSERT OR UPDATE ON security_groups FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: segments stamp
CREATE OR REPLACE TRIGGER segments_stamp BEFORE INSERT OR UPDATE ON segments FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: status_groups stamp
CREATE OR REPLACE TRIGGER status_groups_stamp BEFORE INSERT OR UPDATE ON status_groups FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: status_groups status_type check
ALTER TABLE status_groups DROP CONSTRAINT IF EXISTS status_groups_status_type_check;
ALTER TABLE status_groups ADD CONSTRAINT status_groups_status_type_check CHECK (status_type IN ('successful', 'unsuccessful', 'appointment', 'unavailable', 'list'));

-- rule: status_groups contact_state check
ALTER TABLE status_groups DROP CONSTRAINT IF EXISTS status_groups_contact_state_check;
ALTER TABLE status_groups ADD CONSTRAINT status_groups_contact_state_check CHECK (contact_state IN ('appointment', 'not-contacted-high-priority', 'not-contacted-do-not-knock', 'not-contacted-normal', 'contacted-available-successful', 'contacted-available-not-successful', 'contacted-unavailable-not-home', 'contacted-unavailable-other', 'come-back', 'unknown'));

-- rule: statuses stamp
CREATE OR REPLACE TRIGGER statuses_stamp BEFORE INSERT OR UPDATE ON statuses FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: statuses contact_state check
ALTER TABLE statuses DROP CONSTRAINT IF EXISTS statuses_contact_state_check;
ALTER TABLE statuses ADD CONSTRAINT statuses_contact_state_check CHECK (contact_state IN ('appointment', 'not-contacted-high-priority', 'not-contacted-do-not-knock', 'not-contacted-normal', 'contacted-available-successful', 'contacted-available-not-successful', 'contacted-unavailable-not-home', 'contacted-unavailable-other', 'come-back', 'unknown'));

-- rule: surveys stamp
CREATE OR REPLACE TRIGGER surveys_stamp BEFORE INSERT OR UPDATE ON surveys FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: survey_questions stamp
CREATE OR REPLACE TRIGGER survey_questions_stamp BEFORE INSERT OR UPDATE ON survey_questions FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_item();

-- rule: sync_rejections stamp
CREATE OR REPLACE TRIGGER sync_rejections_stamp BEFORE INSERT OR UPDATE ON sync_rejections FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: sync_rejections collection check
ALTER TABLE sync_rejections DROP CONSTRAINT IF EXISTS sync_rejections_collection_check;
ALTER TABLE sync_rejections ADD CONSTRAINT sync_rejections_collection_check CHECK (collection IN ('interaction', 'walklistItem'));

-- rule: sync_rejections status check
ALTER TABLE sync_rejections DROP CONSTRAINT IF EXISTS sync_rejections_status_check;
ALTER TABLE sync_rejections ADD CONSTRAINT sync_rejections_status_check CHECK (status IN ('open', 'kept', 'forced', 'merged'));

-- rule: turfs stamp
CREATE OR REPLACE TRIGGER turfs_stamp BEFORE INSERT OR UPDATE ON turfs FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: turf_assigned_user_ids stamp
CREATE OR REPLACE TRIGGER turf_assigned_user_ids_stamp BEFORE INSERT OR UPDATE ON turf_assigned_user_ids FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_item();

-- rule: users stamp
CREATE OR REPLACE TRIGGER users_stamp BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: users status check
ALTER TABLE users DROP CONSTRAINT IF EXISTS users_status_check;
ALTER TABLE users ADD CONSTRAINT users_status_check CHECK (status IN ('active', 'pending', 'inactive'));

-- rule: walklists stamp
CREATE OR REPLACE TRIGGER walklists_stamp BEFORE INSERT OR UPDATE ON walklists FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_row();

-- rule: walklist_stops stamp
CREATE OR REPLACE TRIGGER walklist_stops_stamp BEFORE INSERT OR UPDATE ON walklist_stops FOR EACH ROW EXECUTE FUNCTION doorstep_stamp_item();

-- rule: walklists status check
ALTER TABLE walklists DROP CONSTRAINT IF EXISTS walklists_status_check;
ALTER TABLE walklists ADD CONSTRAINT walklists_status_check CHECK (status IN ('open', 'checked-out', 'done'));

-- rule: walklist_stops progress check
ALTER TABLE walklist_stops DROP CONSTRAINT IF EXISTS walklist_stops_progress_check;
ALTER TABLE walklist_stops ADD CONSTRAINT walklist_stops_progress_check CHECK (progress IN ('to-do', 'done', 'skipped'));

-- rule: customers own check
ALTER TABLE customers DROP CONSTRAINT IF EXISTS customers_own_check;
ALTER TABLE customers ADD CONSTRAINT customers_own_check CHECK (customer_id = id);

-- rule: access
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

-- rule: assignments
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
