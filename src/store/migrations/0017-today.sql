-- What the desk looks at first every day: who was refused and why, and what waits.

-- Each row: somebody asked for a contract, and was told why there is none. Of the same order or bill and the same reason
-- one a day is kept, however often it is asked for. It names nobody. See docs/personal-data.md.
CREATE TABLE refusals (
  account        text NOT NULL,
  refusal_id     uuid NOT NULL,
  at             timestamptz NOT NULL,
  -- The day it then was in the zone of the seller whose installation this is.
  day            date NOT NULL,
  code           text NOT NULL CHECK (code ~ '^[a-z_]+$'),
  policy_version integer NOT NULL REFERENCES policies,
  order_id       text,
  cycle          text,
  -- A ticket is asked for where the reason leads to one: the same refusal, and maybe the only trace of it.
  asked_for      text NOT NULL CHECK (asked_for IN ('contract', 'ticket')),
  actor_kind     text NOT NULL CHECK (actor_kind IN ('buyer', 'desk', 'machine', 'operator', 'system')),
  PRIMARY KEY (account, refusal_id),
  FOREIGN KEY (account, order_id) REFERENCES orders (account, order_id),
  FOREIGN KEY (account, cycle) REFERENCES bills (account, cycle),
  CONSTRAINT order_or_bill CHECK ((order_id IS NULL) <> (cycle IS NULL)),
  -- Also what the days are counted by, from the index alone.
  CONSTRAINT told_once_a_day UNIQUE NULLS NOT DISTINCT (day, code, account, order_id, cycle)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON refusals FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON refusals EXECUTE FUNCTION refuse_change();

ALTER TABLE refusals ENABLE ROW LEVEL SECURITY;
ALTER TABLE refusals FORCE ROW LEVEL SECURITY;
CREATE POLICY own_account ON refusals USING (account = current_setting('orderseal.sees', true)
  OR current_setting('orderseal.sees', true) = '*');

-- Each holds what waits and nothing else, so that what was settled costs nothing. The account is in them because the walls
-- ask for it: counting reads no table.
CREATE INDEX tickets_waiting ON tickets (queue, opened_at, account) WHERE state = 'open';
CREATE INDEX contracts_waiting_since ON contracts (waiting_since, account) WHERE waiting_for IS NOT NULL;
CREATE INDEX open_holds_by_end ON open_holds (hold_until, account);
DROP INDEX open_holds_due;
