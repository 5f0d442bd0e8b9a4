-- What one person proposes and another decides: the voiding of a contract above the policy's amount, and a key to seal with.

CREATE TABLE proposals (
  proposal_id uuid PRIMARY KEY,
  kind        text NOT NULL CHECK (kind IN ('void_contract', 'add_seal_key')),
  -- Of the contract; a seal key belongs to no account.
  account     text,
  -- The number of the contract, or the SHA-256 of the seal certificate.
  object      text NOT NULL CHECK (object <> ''),
  -- Of a voiding, as it will be recorded; of a key, what the certificate says.
  reason      text CHECK (reason <> ''),
  detail      jsonb NOT NULL,
  proposed_by text NOT NULL CHECK (proposed_by <> ''),
  proposed_at timestamptz NOT NULL,
  state       text NOT NULL CHECK (state IN ('open', 'approved', 'rejected', 'withdrawn')),
  decided_by  text,
  decided_at  timestamptz,
  CHECK ((kind = 'void_contract') = (account IS NOT NULL)),
  CHECK (kind <> 'void_contract' OR reason IS NOT NULL),
  CHECK ((state = 'open') = (decided_by IS NULL) AND (state = 'open') = (decided_at IS NULL)),
  CONSTRAINT two_persons CHECK (state NOT IN ('approved', 'rejected') OR lower(trim(decided_by)) <> lower(trim(proposed_by)))
);
CREATE UNIQUE INDEX one_open_proposal ON proposals (kind, object) WHERE state = 'open';
CREATE INDEX proposals_newest ON proposals (proposed_at DESC, proposal_id DESC);
CREATE INDEX proposals_approved ON proposals (kind, object) WHERE state = 'approved';

CREATE FUNCTION keep_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state <> 'open'
    OR to_jsonb(NEW) - 'state' - 'decided_by' - 'decided_at' <> to_jsonb(OLD) - 'state' - 'decided_by' - 'decided_at' THEN
    RAISE EXCEPTION 'a proposal is decided once, and not changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_proposal BEFORE UPDATE OR DELETE ON proposals FOR EACH ROW EXECUTE FUNCTION keep_proposal();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON proposals EXECUTE FUNCTION refuse_change();

ALTER TABLE proposals ENABLE ROW LEVEL SECURITY;
ALTER TABLE proposals FORCE ROW LEVEL SECURITY;
CREATE POLICY own_account ON proposals USING (account = current_setting('orderseal.sees', true)
  OR current_setting('orderseal.sees', true) = '*');

-- R22 with two: above what the policy in force lets one person void, and where a contract names no amount at all, there
-- is a proposal of somebody else that whoever voids has approved.
CREATE FUNCTION voiding_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  alone jsonb := (SELECT body -> 'voidAlone' FROM policies ORDER BY version DESC LIMIT 1);
  said jsonb := NEW.snapshot::jsonb;
BEGIN
  IF coalesce(alone, 'null') <> 'null'
    AND NOT coalesce((said #>> '{amounts,total}')::numeric <= (alone ->> (said ->> 'currency'))::numeric, false)
    AND NOT EXISTS (SELECT FROM proposals WHERE kind = 'void_contract' AND object = NEW.number AND account = NEW.account
      AND state = 'approved' AND decided_by = substr(NEW.voided_by, strpos(NEW.voided_by, ':') + 1)) THEN
    RAISE EXCEPTION 'contract % is voided by two persons only', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER voiding_by_two AFTER UPDATE OF voided_at ON contracts DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.voided_at IS NULL AND NEW.voided_at IS NOT NULL) EXECUTE FUNCTION voiding_by_two();

DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION keep_proposal() SET search_path = %I, pg_temp', current_schema());
  EXECUTE format('ALTER FUNCTION voiding_by_two() SET search_path = %I, pg_temp', current_schema());
END $$;

-- An installation that has sealed already adopts the keys that it finds at its next start; a new one has none to adopt.
INSERT INTO settings (name, value)
  SELECT 'seal_keys_to_adopt', 'all' WHERE EXISTS (SELECT FROM contracts WHERE form = 'sealed')
  ON CONFLICT (name) DO NOTHING;
