-- A decided contract that cannot have its timestamp says so, since when, and why.

ALTER TABLE contracts
  ADD COLUMN waiting_for    text CHECK (waiting_for = 'timestamp'),
  ADD COLUMN waiting_since  timestamptz,
  -- What the last attempt failed by.
  ADD COLUMN waiting_reason text CHECK (waiting_reason <> ''),
  ADD CONSTRAINT waits_for_a_reason CHECK (
    (waiting_for IS NULL) = (waiting_since IS NULL) AND (waiting_for IS NULL) = (waiting_reason IS NULL)),
  -- Whatever is issued waits for nothing any more.
  ADD CONSTRAINT issued_waits_for_nothing CHECK (state = 'issuing' OR waiting_for IS NULL);

-- Small, and empty while the authority answers.
CREATE INDEX contracts_waiting ON contracts (claimed_until) WHERE waiting_for IS NOT NULL;
