-- Evidence of identities, each account's under a key of its own, and the erasure of both. See docs/personal-data.md.

-- That the personal data of an account was erased: kept for ever, and it names nobody.
CREATE TABLE account_erasures (
  account     text NOT NULL REFERENCES accounts,
  erasure_id  uuid NOT NULL,
  at          timestamptz NOT NULL,
  reason      text NOT NULL CHECK (reason IN ('purpose_ended', 'service_ended', 'consent_withdrawn', 'requested', 'unlawful')),
  -- The number of a case elsewhere; no words, so that nobody writes a name here.
  reference   text CHECK (reference ~ '^[A-Za-z0-9][A-Za-z0-9._:/#-]{0,59}$'),
  -- Set where an erasure is applied again to books that were restored from an older backup.
  repeats     timestamptz CHECK (repeats <= at),
  evidence    integer NOT NULL CHECK (evidence >= 0),
  PRIMARY KEY (account, erasure_id)
);
CREATE INDEX account_erasures_by_time ON account_erasures (at, erasure_id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON account_erasures FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON account_erasures EXECUTE FUNCTION refuse_change();

-- The key of an account's evidence, wrapped by the master key or by a key service. Erased, its row stays as a tombstone:
-- what it has locked is lost, and it cannot come back. Evidence that is given afterwards is locked under another key.
CREATE TABLE account_keys (
  account    text NOT NULL REFERENCES accounts,
  key_id     uuid NOT NULL,
  wrapped    bytea CHECK (length(wrapped) BETWEEN 32 AND 8192),
  created_at timestamptz NOT NULL,
  erasure_id uuid,
  -- For the foreign key of evidence, which thereby cannot be without its key.
  is_whole   boolean NOT NULL GENERATED ALWAYS AS (wrapped IS NOT NULL) STORED,
  PRIMARY KEY (account, key_id),
  UNIQUE (account, key_id, is_whole),
  FOREIGN KEY (account, erasure_id) REFERENCES account_erasures (account, erasure_id),
  CONSTRAINT erased_by_an_erasure CHECK ((wrapped IS NULL) = (erasure_id IS NOT NULL))
);
CREATE UNIQUE INDEX one_key_per_account ON account_keys (account) WHERE wrapped IS NOT NULL;

CREATE FUNCTION keep_account_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.wrapped IS NULL OR NEW.wrapped IS NOT NULL
    OR ROW (NEW.account, NEW.key_id, NEW.created_at) IS DISTINCT FROM ROW (OLD.account, OLD.key_id, OLD.created_at) THEN
    RAISE EXCEPTION 'key % is erased or left as it is', OLD.key_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_account_key BEFORE UPDATE OR DELETE ON account_keys FOR EACH ROW EXECUTE FUNCTION keep_account_key();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON account_keys EXECUTE FUNCTION refuse_change();

CREATE TABLE evidence (
  account     text NOT NULL,
  evidence_id uuid NOT NULL,
  key_id      uuid NOT NULL,
  has_key     boolean NOT NULL DEFAULT true CHECK (has_key),
  kind        text NOT NULL CHECK (kind IN ('business_licence', 'identity_document', 'bank_verification',
    'authorisation', 'other')),
  format      text NOT NULL CHECK (format IN ('application/pdf', 'image/png', 'image/jpeg', 'application/json')),
  bytes       integer NOT NULL CHECK (bytes BETWEEN 1 AND 10485760),
  given_at    timestamptz NOT NULL,
  -- Locked under the account's key; neither a hash of the content nor the file's name is kept, which would tell of it.
  locked      bytea NOT NULL CHECK (length(locked) BETWEEN 30 AND 10486784),
  PRIMARY KEY (account, evidence_id),
  CONSTRAINT evidence_has_its_key FOREIGN KEY (account, key_id, has_key)
    REFERENCES account_keys (account, key_id, is_whole)
);
-- Encrypted bytes do not become smaller.
ALTER TABLE evidence ALTER COLUMN locked SET STORAGE EXTERNAL;
CREATE INDEX evidence_by_time ON evidence (given_at);

CREATE FUNCTION keep_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'evidence % cannot be changed', OLD.evidence_id USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER keep_evidence BEFORE UPDATE ON evidence FOR EACH ROW EXECUTE FUNCTION keep_evidence();

-- Sessions and links of an account end with an erasure, deliveries after their time: both are found by these.
CREATE INDEX sessions_of_account ON sessions (account) WHERE account IS NOT NULL;
CREATE INDEX portal_links_of_account ON portal_links (account);
CREATE INDEX webhook_deliveries_delivered ON webhook_deliveries (settled_at) WHERE state = 'delivered';

DO $$
DECLARE
  walled text;
BEGIN
  FOREACH walled IN ARRAY ARRAY['account_erasures', 'account_keys', 'evidence'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', walled);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', walled);
    EXECUTE format($policy$CREATE POLICY own_account ON %I USING (account = current_setting('orderseal.sees', true)
      OR current_setting('orderseal.sees', true) = '*')$policy$, walled);
  END LOOP;
  EXECUTE format('ALTER FUNCTION keep_account_key() SET search_path = %I, pg_temp', current_schema());
  EXECUTE format('ALTER FUNCTION keep_evidence() SET search_path = %I, pg_temp', current_schema());
END $$;
