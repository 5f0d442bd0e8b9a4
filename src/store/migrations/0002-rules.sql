-- Policies by two persons, every report of an order, bills, voiding and reissue, offline contracts, tickets, quota.

-- R18: how many contracts a seller may still have issued; null where nobody counts.
ALTER TABLE sellers ADD COLUMN quota_left integer CHECK (quota_left >= 0);

-- Where a version comes from. Rules that people write need two of them: who drafts does not publish.
ALTER TABLE policies
  ADD COLUMN origin       text NOT NULL DEFAULT 'default' CHECK (origin IN ('default', 'draft', 'catalogue')),
  ADD COLUMN drafted_by   text,
  ADD COLUMN published_by text NOT NULL DEFAULT 'orderseal',
  ADD CONSTRAINT two_persons CHECK (origin <> 'draft' OR (drafted_by IS NOT NULL AND lower(trim(drafted_by)) <> lower(trim(published_by))));

-- What products are self-service moves from the catalogue into the policy, so that a version says all that decides.
INSERT INTO policies (version, body)
SELECT version + 1, (body - 'holdDays') || jsonb_build_object(
  'selfServiceProducts', (SELECT coalesce(jsonb_object_agg(code, to_jsonb(self_service)), '{}') FROM products),
  'domainProducts', jsonb_build_array('domain'),
  'hold', jsonb_build_object('start', 'request', 'count', 'days', 'days', body -> 'holdDays'),
  'reissueAfterVoid', false,
  'billFinality', jsonb_build_object('basis', 'final_report', 'expectedDay', 4))
FROM policies ORDER BY version DESC LIMIT 1;
ALTER TABLE products DROP COLUMN self_service;

CREATE TABLE policy_drafts (
  draft_id   uuid PRIMARY KEY,
  -- The version it was written against; published after another one, it would undo what that one changed.
  based_on   integer NOT NULL REFERENCES policies,
  body       jsonb NOT NULL,
  drafted_by text NOT NULL CHECK (drafted_by <> ''),
  drafted_at timestamptz NOT NULL,
  state      text NOT NULL CHECK (state IN ('open', 'published', 'withdrawn'))
);
CREATE UNIQUE INDEX one_open_draft ON policy_drafts (state) WHERE state = 'open';

-- Everything that sources have said of an order, by revision: what a contract is worth follows from all of it.
CREATE TABLE order_reports (
  account     text NOT NULL,
  order_id    text NOT NULL,
  revision    bigint NOT NULL CHECK (revision > 0),
  occurred_at timestamptz NOT NULL,
  arrived_at  timestamptz NOT NULL,
  body        jsonb NOT NULL,
  PRIMARY KEY (account, order_id, revision),
  FOREIGN KEY (account, order_id) REFERENCES orders (account, order_id)
);
INSERT INTO order_reports SELECT account, order_id, revision, occurred_at, now(), body FROM orders;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON order_reports FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON order_reports EXECUTE FUNCTION refuse_change();

CREATE TABLE bills (
  account text NOT NULL REFERENCES accounts,
  cycle   text NOT NULL CHECK (cycle ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  state   text NOT NULL CHECK (state IN ('open', 'final')),
  seller  text NOT NULL REFERENCES sellers,
  -- The whole bill; amounts are exact decimals of minor units written as text.
  body    jsonb NOT NULL,
  PRIMARY KEY (account, cycle)
);

CREATE INDEX bills_newest_of_all ON bills (cycle DESC, account);

-- R13: a final bill never changes.
CREATE FUNCTION keep_final_bill() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state = 'final' OR ROW (NEW.account, NEW.cycle) IS DISTINCT FROM ROW (OLD.account, OLD.cycle)
  THEN
    RAISE EXCEPTION 'bill % of % cannot be changed', OLD.cycle, OLD.account USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_final_bill BEFORE UPDATE OR DELETE ON bills FOR EACH ROW EXECUTE FUNCTION keep_final_bill();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON bills EXECUTE FUNCTION refuse_change();

ALTER TABLE contracts
  ALTER COLUMN order_id DROP NOT NULL,
  ADD COLUMN cycle       text,
  ADD COLUMN form        text NOT NULL DEFAULT 'sealed' CHECK (form IN ('sealed', 'offline')),
  ADD COLUMN replaces    uuid CHECK (replaces <> contract_id),
  ADD COLUMN voided_at   timestamptz,
  ADD COLUMN voided_by   text,
  ADD COLUMN void_reason text CHECK (void_reason <> ''),
  ADD CONSTRAINT order_or_bill CHECK ((order_id IS NULL) <> (cycle IS NULL)),
  ADD CONSTRAINT void_with_reason CHECK (
    (voided_at IS NULL) = (void_reason IS NULL) AND (voided_at IS NULL) = (voided_by IS NULL)
    AND (voided_at IS NULL OR state = 'issued')),
  ADD UNIQUE (account, order_id, contract_id),
  ADD FOREIGN KEY (account, cycle) REFERENCES bills (account, cycle),
  ADD FOREIGN KEY (account, replaces) REFERENCES contracts (account, contract_id),
  DROP CONSTRAINT one_contract_per_order;

-- An offline contract was never drawn here, so that it has no unsealed file.
DO $$
DECLARE old_check text;
BEGIN
  SELECT conname INTO STRICT old_check FROM pg_constraint
  WHERE conrelid = 'contracts'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%(unsealed_sha256 IS NULL)%';
  EXECUTE format('ALTER TABLE contracts DROP CONSTRAINT %I', old_check);
END $$;
ALTER TABLE contracts ADD CHECK ((unsealed_sha256 IS NOT NULL) = (state = 'issued' AND form = 'sealed'));
ALTER TABLE contracts ADD CHECK (form = 'sealed' OR (state = 'issued' AND order_id IS NOT NULL));

-- R4, R13: one contract for an order or a bill, ever; where the policy lets a voided one be replaced, a chain.
CREATE UNIQUE INDEX one_contract_per_order ON contracts (account, order_id) WHERE replaces IS NULL AND order_id IS NOT NULL;
CREATE UNIQUE INDEX one_contract_per_bill ON contracts (account, cycle) WHERE replaces IS NULL AND cycle IS NOT NULL;
CREATE UNIQUE INDEX replaced_once ON contracts (account, replaces) WHERE replaces IS NOT NULL;
CREATE INDEX contracts_of_order ON contracts (account, order_id);
CREATE INDEX contracts_by_number ON contracts (account, number);
CREATE INDEX contracts_of_bill ON contracts (account, cycle) WHERE cycle IS NOT NULL;

CREATE FUNCTION check_new_contract() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE policy jsonb := (SELECT body FROM policies WHERE version = NEW.policy_version);
BEGIN
  IF NEW.replaces IS NOT NULL AND (
    policy -> 'reissueAfterVoid' IS DISTINCT FROM 'true'::jsonb
    OR NOT EXISTS (SELECT FROM contracts former WHERE former.account = NEW.account AND former.contract_id = NEW.replaces
      AND former.voided_at IS NOT NULL
      AND ROW (former.order_id, former.cycle) IS NOT DISTINCT FROM ROW (NEW.order_id, NEW.cycle)))
  THEN
    RAISE EXCEPTION 'contract % replaces one that may not be replaced', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.cycle IS NOT NULL AND policy #>> '{billFinality,basis}' IS DISTINCT FROM 'calendar'
    AND NOT EXISTS (SELECT FROM bills WHERE account = NEW.account AND cycle = NEW.cycle AND state = 'final')
  THEN
    RAISE EXCEPTION 'contract % is on a bill that is not final', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_new_contract BEFORE INSERT ON contracts FOR EACH ROW EXECUTE FUNCTION check_new_contract();

-- R5, R7, R22: what was frozen stays frozen; issuing → issued once, and after that voided once.
CREATE OR REPLACE FUNCTION keep_contract() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'contract % cannot be deleted', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF ROW (NEW.account, NEW.contract_id, NEW.order_id, NEW.cycle, NEW.form, NEW.replaces, NEW.seller, NEW.number,
          NEW.requested_at, NEW.hold_until, NEW.policy_version, NEW.snapshot, NEW.snapshot_sha256, NEW.verification_code)
     IS DISTINCT FROM
     ROW (OLD.account, OLD.contract_id, OLD.order_id, OLD.cycle, OLD.form, OLD.replaces, OLD.seller, OLD.number,
          OLD.requested_at, OLD.hold_until, OLD.policy_version, OLD.snapshot, OLD.snapshot_sha256, OLD.verification_code)
    OR (OLD.state = 'issuing' AND NEW.voided_at IS NOT NULL)
    OR (OLD.state = 'issued' AND (
      ROW (NEW.state, NEW.issued_at, NEW.document_sha256, NEW.unsealed_sha256)
        IS DISTINCT FROM ROW (OLD.state, OLD.issued_at, OLD.document_sha256, OLD.unsealed_sha256)
      OR OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL)) THEN
    RAISE EXCEPTION 'contract % cannot be changed', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

-- Holds whose end nobody has announced yet: small, whatever the number of contracts.
CREATE TABLE open_holds (
  account     text NOT NULL,
  contract_id uuid NOT NULL,
  hold_until  timestamptz NOT NULL,
  PRIMARY KEY (account, contract_id),
  FOREIGN KEY (account, contract_id) REFERENCES contracts (account, contract_id)
);
CREATE INDEX open_holds_due ON open_holds (hold_until);
INSERT INTO open_holds SELECT account, contract_id, hold_until FROM contracts WHERE hold_until IS NOT NULL;

CREATE TABLE tickets (
  account     text NOT NULL,
  ticket_id   uuid NOT NULL,
  order_id    text NOT NULL,
  queue       text NOT NULL CHECK (queue IN ('contract_desk', 'marketplace_desk')),
  topic       text NOT NULL,
  opened_at   timestamptz NOT NULL,
  state       text NOT NULL CHECK (state IN ('open', 'resolved', 'rejected')),
  closed_at   timestamptz,
  closed_by   text,
  rejection   text CHECK (rejection <> ''),
  contract_id uuid,
  PRIMARY KEY (account, ticket_id),
  FOREIGN KEY (account, order_id) REFERENCES orders (account, order_id),
  -- The contract that it was resolved with is the ticket's order's own.
  FOREIGN KEY (account, order_id, contract_id) REFERENCES contracts (account, order_id, contract_id),
  CHECK ((state = 'open') = (closed_at IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL)),
  CHECK ((state = 'rejected') = (rejection IS NOT NULL)),
  -- R20: an offline-contract ticket is resolved by its contract, and by nothing else.
  CHECK (state <> 'resolved' OR topic = 'paid_after_hold' OR contract_id IS NOT NULL),
  CHECK (contract_id IS NULL OR state = 'resolved')
);
CREATE UNIQUE INDEX one_open_ticket_per_order ON tickets (account, order_id) WHERE state = 'open' AND topic <> 'paid_after_hold';
CREATE UNIQUE INDEX late_payment_told_once ON tickets (account, order_id) WHERE topic = 'paid_after_hold';
CREATE INDEX tickets_newest ON tickets (account, opened_at DESC, ticket_id DESC);
CREATE INDEX tickets_newest_of_all ON tickets (opened_at DESC, ticket_id DESC);
-- A ticket's address names it alone.
CREATE INDEX tickets_by_id ON tickets (ticket_id);
CREATE INDEX tickets_of_queue ON tickets (queue, opened_at DESC, ticket_id DESC);

CREATE FUNCTION keep_ticket() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state <> 'open'
    OR ROW (NEW.account, NEW.ticket_id, NEW.order_id, NEW.queue, NEW.topic, NEW.opened_at)
       IS DISTINCT FROM ROW (OLD.account, OLD.ticket_id, OLD.order_id, OLD.queue, OLD.topic, OLD.opened_at) THEN
    RAISE EXCEPTION 'ticket % cannot be changed', OLD.ticket_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_ticket BEFORE UPDATE OR DELETE ON tickets FOR EACH ROW EXECUTE FUNCTION keep_ticket();

CREATE TABLE ticket_messages (
  account    text NOT NULL,
  ticket_id  uuid NOT NULL,
  message_id uuid NOT NULL,
  at         timestamptz NOT NULL,
  side       text NOT NULL CHECK (side IN ('buyer', 'desk', 'system')),
  author     text NOT NULL,
  text       text NOT NULL CHECK (text <> ''),
  PRIMARY KEY (account, ticket_id, message_id),
  FOREIGN KEY (account, ticket_id) REFERENCES tickets (account, ticket_id)
);

CREATE TABLE ticket_attachments (
  account       text NOT NULL,
  ticket_id     uuid NOT NULL,
  attachment_id uuid NOT NULL,
  at            timestamptz NOT NULL,
  side          text NOT NULL CHECK (side IN ('buyer', 'desk')),
  author        text NOT NULL,
  name          text NOT NULL CHECK (name <> ''),
  sha256        text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  bytes         integer NOT NULL CHECK (bytes > 0),
  PRIMARY KEY (account, ticket_id, attachment_id),
  FOREIGN KEY (account, ticket_id) REFERENCES tickets (account, ticket_id)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ticket_messages FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ticket_attachments FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON tickets EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ticket_messages EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ticket_attachments EXECUTE FUNCTION refuse_change();

-- Desk persons sign in beside buyers; a key may stand for a desk instead of for a machine.
ALTER TABLE sessions
  ALTER COLUMN account DROP NOT NULL,
  ADD COLUMN role text NOT NULL DEFAULT 'buyer' CHECK (role IN ('buyer', 'contract_desk', 'marketplace_desk')),
  ADD CHECK ((role = 'buyer') = (account IS NOT NULL));
ALTER TABLE api_keys
  ADD COLUMN role text NOT NULL DEFAULT 'machine' CHECK (role IN ('machine', 'contract_desk', 'marketplace_desk'));

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON outbox EXECUTE FUNCTION refuse_change();
