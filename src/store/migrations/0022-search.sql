-- The desk looks for accounts, contracts and proposals by what people have at hand.

-- What an account is found by, spelled as questions are: width and case do not count, so that （ finds (. Looking for a part of a
-- name reads every account: LIKE is not leak-proof, so that behind row-level security no index answers it. Of 100,000 accounts
-- on a busy machine of two cores that takes some 100 ms, of which lower(account) asked of every row would be as much again.
ALTER TABLE accounts
  ADD COLUMN searched_id text NOT NULL GENERATED ALWAYS AS (lower(account)) STORED,
  ADD COLUMN searched_names text NOT NULL GENERATED ALWAYS AS (lower(normalize(
    coalesce(identity ->> 'legalName', '') || E'\n' || coalesce(identity ->> 'legalNameEn', ''), NFKC))) STORED,
  ADD COLUMN searched_number text NOT NULL GENERATED ALWAYS AS
    (lower(normalize(coalesce(identity ->> 'registrationNumber', ''), NFKC))) STORED;

-- starts_with is leak-proof, and an index in the order of bytes answers it. A start that many share is found by walking the
-- newest contracts instead; which of the two, the planner sees.
CREATE INDEX contracts_by_number_start ON contracts (number COLLATE "C");
CREATE INDEX contracts_by_order_start ON contracts (order_id COLLATE "C") WHERE order_id IS NOT NULL;
CREATE INDEX contracts_by_account_start ON contracts (account COLLATE "C");
-- Few among many.
CREATE INDEX contracts_offline ON contracts (requested_at DESC, contract_id DESC) WHERE form = 'offline';
CREATE INDEX contracts_on_bills ON contracts (requested_at DESC, contract_id DESC) WHERE cycle IS NOT NULL;

-- For the history of a contract, to which belongs who proposed to void it.
CREATE INDEX proposals_of_object ON proposals (object, kind);
