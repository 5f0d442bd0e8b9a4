-- Who works on a contract holds a lease, which is short and renewed; what failed rests for a pause, which grows. They
-- shared one meaning before, so that a contract whose finishers were killed rested as if it had failed.

ALTER TABLE contracts
  -- True: `claimed_until` ends a lease. False: it ends the pause after an attempt that failed and could say so.
  ADD COLUMN at_work boolean NOT NULL DEFAULT true,
  -- How often somebody took it over from one who was no longer heard of.
  ADD COLUMN takeovers integer NOT NULL DEFAULT 0;

-- From now on those that failed and said so.
UPDATE contracts SET attempts = 0 WHERE state = 'issuing' AND waiting_for IS NULL;
