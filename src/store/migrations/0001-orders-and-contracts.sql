-- Sellers, catalogue, accounts, orders, contracts, audit, outbox.
-- The account leads the key of every customer row, so that the tables can be spread by it; the two directories
-- (order_numbers, contract_numbers) alone make numbers unique across accounts. See docs/decisions.

CREATE TABLE sellers (
  seller              text PRIMARY KEY,
  -- Sources that know a marketplace seller by name only are matched by this one.
  legal_name_zh       text NOT NULL UNIQUE CHECK (legal_name_zh <> ''),
  legal_name_en       text NOT NULL CHECK (legal_name_en <> ''),
  registration_number text NOT NULL,
  address_zh          text NOT NULL,
  address_en          text NOT NULL,
  contact             text NOT NULL,
  number_prefix       text NOT NULL UNIQUE CHECK (number_prefix ~ '^[A-Z0-9]{2,8}$'),
  time_zone           text NOT NULL,
  can_seal            boolean NOT NULL,
  created_at          timestamptz NOT NULL DEFAULT now()
);

-- Whoever has used a prefix keeps it, also after changing to another: its numbers are on contracts.
CREATE TABLE number_prefixes (
  prefix text PRIMARY KEY,
  seller text NOT NULL REFERENCES sellers
);

CREATE TABLE partners (
  partner text PRIMARY KEY,
  kind    text NOT NULL CHECK (kind IN ('distribution', 'virtual_business', 'integration', 'consulting', 'isv_solution')),
  name    text NOT NULL CHECK (name <> ''),
  contact text NOT NULL
);

CREATE TABLE products (
  code         text PRIMARY KEY,
  name_zh      text NOT NULL,
  name_en      text NOT NULL,
  self_service text[] NOT NULL CHECK (self_service <@ ARRAY['subscription', 'pay_as_you_go'])
);

CREATE TABLE policies (
  version      integer PRIMARY KEY CHECK (version > 0),
  body         jsonb NOT NULL,
  published_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE accounts (
  account  text PRIMARY KEY,
  identity jsonb NOT NULL CHECK (identity ->> 'state' IN ('verified', 'unverified')),
  partner  text REFERENCES partners,
  CHECK (identity ->> 'state' = 'unverified' OR identity ->> 'legalName' <> '')
);

CREATE TABLE order_numbers (
  order_id text PRIMARY KEY,
  account  text NOT NULL REFERENCES accounts
);

CREATE TABLE orders (
  account     text NOT NULL REFERENCES accounts,
  order_id    text NOT NULL REFERENCES order_numbers,
  -- Sources may count in milliseconds since 1970.
  revision    bigint NOT NULL CHECK (revision > 0),
  occurred_at timestamptz NOT NULL,
  placed_at   timestamptz NOT NULL,
  state       text NOT NULL CHECK (state IN ('unpaid', 'paid', 'cancelled', 'expired', 'refunded')),
  seller      text,
  seller_name text,
  products    text[] NOT NULL,
  domain_name text,
  -- The whole order; amounts are exact decimals of minor units written as text.
  body        jsonb NOT NULL,
  PRIMARY KEY (account, order_id)
);
CREATE INDEX orders_newest ON orders (account, placed_at DESC, order_id DESC);
CREATE INDEX orders_newest_of_all ON orders (placed_at DESC, order_id DESC);

CREATE TABLE contract_counters (
  seller     text NOT NULL REFERENCES sellers,
  year_month text NOT NULL CHECK (year_month ~ '^\d{6}$'),
  last       integer NOT NULL CHECK (last > 0),
  PRIMARY KEY (seller, year_month)
);

CREATE TABLE contracts (
  account           text NOT NULL,
  contract_id       uuid NOT NULL,
  order_id          text NOT NULL,
  seller            text NOT NULL REFERENCES sellers,
  number            text NOT NULL,
  state             text NOT NULL CHECK (state IN ('issuing', 'issued')),
  requested_at      timestamptz NOT NULL,
  hold_until        timestamptz CHECK (hold_until > requested_at),
  policy_version    integer NOT NULL REFERENCES policies,
  -- Canonical JSON, byte for byte: text, because jsonb would spell it anew and the hash would no longer fit.
  snapshot          text NOT NULL,
  snapshot_sha256   text NOT NULL CHECK (snapshot_sha256 = encode(sha256(convert_to(snapshot, 'UTF8')), 'hex')),
  verification_code text NOT NULL CHECK (length(verification_code) >= 16),
  issued_at         timestamptz,
  document_sha256   text CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
  -- What was drawn, before the seal: kept beside the sealed file.
  unsealed_sha256   text CHECK (unsealed_sha256 ~ '^[0-9a-f]{64}$'),
  -- How often somebody took over to finish it.
  attempts          integer NOT NULL DEFAULT 0,
  -- Until then somebody is finishing it; afterwards anybody may take it over.
  claimed_until     timestamptz NOT NULL DEFAULT now() + interval '5 seconds',
  PRIMARY KEY (account, contract_id),
  -- R4: one order, at most one contract, ever.
  CONSTRAINT one_contract_per_order UNIQUE (account, order_id),
  FOREIGN KEY (account, order_id) REFERENCES orders (account, order_id),
  CHECK ((state = 'issued') = (issued_at IS NOT NULL AND document_sha256 IS NOT NULL)),
  CHECK ((issued_at IS NULL) = (document_sha256 IS NULL)),
  CHECK ((issued_at IS NULL) = (unsealed_sha256 IS NULL))
);
CREATE INDEX contracts_newest ON contracts (account, requested_at DESC, contract_id DESC);
CREATE INDEX contracts_newest_of_all ON contracts (requested_at DESC, contract_id DESC);
CREATE INDEX contracts_interrupted ON contracts (claimed_until) WHERE state = 'issuing';
CREATE INDEX contracts_by_document ON contracts (document_sha256) WHERE document_sha256 IS NOT NULL;

CREATE TABLE contract_numbers (
  number      text PRIMARY KEY,
  account     text NOT NULL,
  contract_id uuid NOT NULL,
  FOREIGN KEY (account, contract_id) REFERENCES contracts (account, contract_id)
);

-- R5, R7: what was frozen stays frozen; the only change a contract ever sees is issuing → issued, once.
CREATE FUNCTION keep_contract() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'contract % cannot be deleted', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.state = 'issued'
    OR ROW (NEW.account, NEW.contract_id, NEW.order_id, NEW.seller, NEW.number, NEW.requested_at, NEW.hold_until,
            NEW.policy_version, NEW.snapshot, NEW.snapshot_sha256, NEW.verification_code)
       IS DISTINCT FROM
       ROW (OLD.account, OLD.contract_id, OLD.order_id, OLD.seller, OLD.number, OLD.requested_at, OLD.hold_until,
            OLD.policy_version, OLD.snapshot, OLD.snapshot_sha256, OLD.verification_code) THEN
    RAISE EXCEPTION 'contract % cannot be changed', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_contract BEFORE UPDATE OR DELETE ON contracts FOR EACH ROW EXECUTE FUNCTION keep_contract();

CREATE TABLE audit_entries (
  entry_id       uuid PRIMARY KEY,
  at             timestamptz NOT NULL,
  actor_kind     text NOT NULL,
  actor          text NOT NULL,
  action         text NOT NULL,
  account        text,
  object_kind    text NOT NULL,
  object_id      text NOT NULL,
  policy_version integer,
  detail         jsonb NOT NULL
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entries
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON policies
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Emptying a table at once passes by the rows' triggers.
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON contracts EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON contract_numbers EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit_entries EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON policies EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON contract_numbers
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE outbox (
  event_id uuid PRIMARY KEY,
  at       timestamptz NOT NULL,
  account  text NOT NULL,
  type     text NOT NULL,
  subject  text NOT NULL,
  data     jsonb NOT NULL
);

CREATE TABLE idempotency_keys (
  account     text NOT NULL,
  key         text NOT NULL,
  fingerprint text NOT NULL,
  -- Null when nothing was done (no such order, invalid input): the request may then be made again.
  answer      jsonb,
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, key)
);

CREATE TABLE sessions (
  token_sha256 text PRIMARY KEY,
  account      text NOT NULL REFERENCES accounts,
  name         text NOT NULL,
  expires_at   timestamptz NOT NULL
);

CREATE TABLE api_keys (
  key_id       uuid PRIMARY KEY,
  token_sha256 text NOT NULL UNIQUE,
  name         text NOT NULL,
  created_at   timestamptz NOT NULL,
  revoked_at   timestamptz
);

CREATE TABLE settings (
  name  text PRIMARY KEY,
  value text NOT NULL
);
