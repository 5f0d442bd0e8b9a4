-- The outbox gets the order in which it is read; webhook endpoints, what is to be sent to them, and what became of it.

ALTER TABLE outbox
  -- By the database's clock: those of the nodes that write events may differ.
  ADD COLUMN recorded_at timestamptz,
  -- Given by whoever relays, after the commit, without gaps: who has read up to one has missed nothing before it.
  ADD COLUMN position    bigint CHECK (position > 0),
  ADD CONSTRAINT one_event_per_position UNIQUE (position);
-- Of what was written before this version nothing better is known.
UPDATE outbox SET recorded_at = at;
ALTER TABLE outbox
  ALTER COLUMN recorded_at SET NOT NULL,
  ALTER COLUMN recorded_at SET DEFAULT clock_timestamp();
-- Small, and mostly empty: an event has its position within a second.
CREATE INDEX outbox_unnumbered ON outbox (recorded_at, event_id) WHERE position IS NULL;
CREATE INDEX outbox_of_account ON outbox (account, position) WHERE position IS NOT NULL;

-- An event says what happened, so that it never changes; its one change is to get its position, once.
CREATE FUNCTION keep_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.position IS NOT NULL OR NEW.position IS NULL
    OR ROW (NEW.event_id, NEW.at, NEW.account, NEW.type, NEW.subject, NEW.data, NEW.recorded_at)
       IS DISTINCT FROM ROW (OLD.event_id, OLD.at, OLD.account, OLD.type, OLD.subject, OLD.data, OLD.recorded_at) THEN
    RAISE EXCEPTION 'event % cannot be changed', OLD.event_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_event BEFORE UPDATE OR DELETE ON outbox FOR EACH ROW EXECUTE FUNCTION keep_event();

-- The last position that was given. Its lock lets one relay at a time give the next ones.
CREATE TABLE outbox_head (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  last     bigint NOT NULL CHECK (last >= 0)
);
INSERT INTO outbox_head (last) VALUES (0);

CREATE FUNCTION keep_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.last < OLD.last THEN
    RAISE EXCEPTION 'positions of events are never given twice' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_head BEFORE UPDATE OR DELETE ON outbox_head FOR EACH ROW EXECUTE FUNCTION keep_head();

CREATE TABLE webhook_endpoints (
  endpoint_id     uuid PRIMARY KEY,
  url             text NOT NULL CHECK (url ~ '^https?://'),
  description     text NOT NULL,
  -- None named: all of them.
  event_types     text[] NOT NULL,
  -- Null: of every account.
  account         text,
  disabled_reason text CHECK (disabled_reason IN ('by_hand', 'gone')),
  created_at      timestamptz NOT NULL,
  created_by      text NOT NULL,
  -- Until then one lane of one node sends here, and proves it by the claim; both by the database's clock.
  claim           uuid,
  claimed_until   timestamptz NOT NULL DEFAULT now(),
  -- After a failed attempt nothing is sent before.
  rests_until     timestamptz NOT NULL DEFAULT now()
);

-- Readable, since they have to sign. One is current; after a rotation the one before signs, too, until it ends.
CREATE TABLE webhook_secrets (
  endpoint_id uuid NOT NULL REFERENCES webhook_endpoints ON DELETE CASCADE,
  secret      text NOT NULL CHECK (secret ~ '^whsec_[A-Za-z0-9+/]{32,}={0,2}$'),
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  valid_until timestamptz,
  PRIMARY KEY (endpoint_id, secret)
);
CREATE UNIQUE INDEX one_current_secret ON webhook_secrets (endpoint_id) WHERE valid_until IS NULL;

CREATE TABLE webhook_deliveries (
  endpoint_id uuid NOT NULL REFERENCES webhook_endpoints ON DELETE CASCADE,
  position    bigint NOT NULL REFERENCES outbox (position),
  state       text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'dead')),
  due_since   timestamptz NOT NULL DEFAULT now(),
  attempts    integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  replays     integer NOT NULL DEFAULT 0 CHECK (replays >= 0),
  settled_at  timestamptz,
  PRIMARY KEY (endpoint_id, position),
  CHECK ((state = 'pending') = (settled_at IS NULL)),
  -- Whatever was settled was tried.
  CHECK (state = 'pending' OR attempts > 0)
);
CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (endpoint_id, position) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_dead ON webhook_deliveries (endpoint_id, position) WHERE state = 'dead';

CREATE TABLE webhook_attempts (
  attempt_id  uuid PRIMARY KEY,
  endpoint_id uuid NOT NULL,
  position    bigint NOT NULL,
  at          timestamptz NOT NULL DEFAULT now(),
  took_ms     integer NOT NULL CHECK (took_ms >= 0),
  -- Of the answer; null where there was none.
  status      integer,
  result      text NOT NULL CHECK (result <> ''),
  FOREIGN KEY (endpoint_id, position) REFERENCES webhook_deliveries (endpoint_id, position) ON DELETE CASCADE
);
CREATE INDEX webhook_attempts_of_delivery ON webhook_attempts (endpoint_id, position, at);
