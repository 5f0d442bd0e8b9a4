-- Idempotency keys belong to whoever they are of and to one route; what is kept under one is an answer, for a while.

-- Whose the key is: the account of what is requested or changed. Where that belongs to no account (policy, wording),
-- whoever asks, as in "desk:li.na"; no account has a colon in its id.
ALTER TABLE idempotency_keys RENAME COLUMN account TO owner;
-- The operationId of the route.
ALTER TABLE idempotency_keys ADD COLUMN route text;

-- Nothing was done under them; from now on nothing is left behind by such requests.
DELETE FROM idempotency_keys WHERE answer IS NULL;

-- Of a batch: each order has its own answer, under a key that begins with it.
UPDATE idempotency_keys SET route = 'requestContracts', key = substr(key, 7)
  WHERE key ~ '^batch:[A-Za-z0-9][A-Za-z0-9._-]{0,63}:';
UPDATE idempotency_keys
  SET route = CASE WHEN contracts.cycle IS NULL THEN 'requestContract' ELSE 'requestBillContract' END
  FROM contracts
  WHERE route IS NULL AND answer ->> 'kind' = 'contract'
    AND contracts.account = idempotency_keys.owner AND contracts.number = answer ->> 'number';
ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_pkey;
-- A refusal does not say whether an order or a bill was asked for. It is kept for both: under the wrong one it only
-- has a new request refused that uses an old key, as it was before.
INSERT INTO idempotency_keys (owner, route, key, fingerprint, answer, created_at)
  SELECT owner, 'requestBillContract', key, fingerprint, answer, created_at FROM idempotency_keys WHERE route IS NULL;
UPDATE idempotency_keys SET route = 'requestContract' WHERE route IS NULL;

ALTER TABLE idempotency_keys
  ALTER COLUMN route SET NOT NULL,
  ADD PRIMARY KEY (owner, route, key);

-- What the schedule forgets, oldest first.
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
CREATE INDEX sessions_by_end ON sessions (expires_at);

-- A key is claimed first and answered last, in one transaction; claimed and not answered, it must not be committed.
CREATE FUNCTION key_is_answered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM idempotency_keys
             WHERE owner = NEW.owner AND route = NEW.route AND key = NEW.key AND answer IS NULL) THEN
    RAISE EXCEPTION 'a key of % on % was claimed and not answered', NEW.owner, NEW.route
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER key_is_answered AFTER INSERT ON idempotency_keys
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION key_is_answered();
