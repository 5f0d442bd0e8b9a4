-- The audit becomes a chain: entries get gapless positions after their commit, batches of them are signed with a key that
-- is not in the database, and each entry says by a hash what its object was afterwards. See docs/audit.md.

ALTER TABLE audit_entries
  -- By the database's clock: those of the nodes that write may differ.
  ADD COLUMN recorded_at  timestamptz,
  -- Given by whoever chains, after the commit, without gaps.
  ADD COLUMN position     bigint CHECK (position > 0),
  -- What the object was at the end of the transaction: "1:" and a SHA-256, or "1:none"; see src/store/object-states.ts.
  ADD COLUMN object_state text CHECK (object_state ~ '^\d+:(none|[0-9a-f]{64})$'),
  -- HMAC-SHA-256 over what the entry says, by a key that is not in the database. Entries of former releases have none.
  ADD COLUMN mac          bytea,
  ADD COLUMN mac_key      text,
  ADD CONSTRAINT one_entry_per_position UNIQUE (position),
  ADD CONSTRAINT mac_with_its_key CHECK ((mac IS NULL) = (mac_key IS NULL));

-- Nothing better is known of what was written before this version; entries of a clock that was ahead come before new ones.
ALTER TABLE audit_entries DISABLE TRIGGER append_only;
UPDATE audit_entries SET recorded_at = least(at, now() - interval '1 second');
ALTER TABLE audit_entries ENABLE TRIGGER append_only;
ALTER TABLE audit_entries
  ALTER COLUMN recorded_at SET NOT NULL,
  ALTER COLUMN recorded_at SET DEFAULT clock_timestamp();

-- Small, and mostly empty: an entry has its position within a second.
CREATE INDEX audit_unchained ON audit_entries (recorded_at, entry_id) WHERE position IS NULL;
CREATE INDEX audit_of_object ON audit_entries (object_id, object_kind, position);
-- For whoever reads the audit, newest first; only what has its position is read, so that each entry is indexed once.
CREATE INDEX audit_of_account ON audit_entries (account, position) WHERE position IS NOT NULL;
CREATE INDEX audit_of_actor ON audit_entries (actor, position) WHERE position IS NOT NULL;
CREATE INDEX audit_of_action ON audit_entries (action, position) WHERE position IS NOT NULL;
CREATE INDEX audit_by_time ON audit_entries (at) WHERE position IS NOT NULL;

-- The one change that an entry ever sees is to get its position, once.
CREATE FUNCTION keep_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.position IS NOT NULL OR NEW.position IS NULL
    OR to_jsonb(NEW) - 'position' IS DISTINCT FROM to_jsonb(OLD) - 'position' THEN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER append_only ON audit_entries;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION keep_entry();

-- Each batch covers what came since the one before it, which it names by its hash; what the signature is over is in
-- src/application/audit-record.ts.
CREATE TABLE audit_batches (
  batch           bigint PRIMARY KEY CHECK (batch > 0),
  last_position   bigint NOT NULL CHECK (last_position >= 0),
  -- The SHA-256 of each entry, one after the other, in the order of positions; so for the events.
  entry_hashes    bytea NOT NULL CHECK (octet_length(entry_hashes) % 32 = 0),
  last_event      bigint NOT NULL CHECK (last_event >= 0),
  event_hashes    bytea NOT NULL CHECK (octet_length(event_hashes) % 32 = 0),
  previous_hash   text NOT NULL,
  made_at         timestamptz NOT NULL,
  key_id          text NOT NULL,
  hash            text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  signature       bytea NOT NULL
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_batches FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit_batches EXECUTE FUNCTION refuse_change();

-- Where the chain ends. Its lock lets one node at a time go on with it.
CREATE TABLE audit_head (
  only_one   boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  batch      bigint NOT NULL CHECK (batch >= 0),
  position   bigint NOT NULL CHECK (position >= 0),
  event      bigint NOT NULL CHECK (event >= 0),
  -- Whether the objects of before are in the inventory below.
  has_adopted boolean NOT NULL
);
INSERT INTO audit_head (batch, position, event, has_adopted) VALUES (0, 0, 0, false);

CREATE FUNCTION keep_audit_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.batch < OLD.batch OR NEW.position < OLD.position OR NEW.event < OLD.event
    OR (OLD.has_adopted AND NOT NEW.has_adopted) THEN
    RAISE EXCEPTION 'the audit only grows' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_head BEFORE UPDATE OR DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION keep_audit_head();

-- What the objects were that were there before entries said so; the entry `audit.adopted` has the hash of the whole list.
CREATE TABLE audit_adopted (
  object_kind  text NOT NULL,
  account      text,
  object_id    text NOT NULL,
  object_state text NOT NULL,
  UNIQUE NULLS NOT DISTINCT (object_kind, account, object_id)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_adopted FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit_adopted EXECUTE FUNCTION refuse_change();
ALTER TABLE audit_adopted ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_adopted FORCE ROW LEVEL SECURITY;
CREATE POLICY own_account ON audit_adopted USING (account = current_setting('orderseal.sees', true)
  OR current_setting('orderseal.sees', true) = '*');

DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION keep_entry() SET search_path = %I, pg_temp', current_schema());
  EXECUTE format('ALTER FUNCTION keep_audit_head() SET search_path = %I, pg_temp', current_schema());
END $$;
