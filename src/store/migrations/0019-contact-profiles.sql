-- What buyers fill in again and again when they request contracts (R6), kept for them. See docs/personal-data.md.

-- What a profile says names persons, and so is locked under its account's key: an erasure of the account destroys both.
CREATE TABLE contact_profiles (
  account    text NOT NULL REFERENCES accounts,
  profile_id uuid NOT NULL,
  key_id     uuid NOT NULL,
  has_key    boolean NOT NULL DEFAULT true CHECK (has_key),
  -- Whoever changes a profile names the revision that they have seen.
  revision   integer NOT NULL CHECK (revision >= 1),
  is_default boolean NOT NULL,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  locked     bytea NOT NULL CHECK (length(locked) BETWEEN 30 AND 8192),
  PRIMARY KEY (account, profile_id),
  CONSTRAINT profile_has_its_key FOREIGN KEY (account, key_id, has_key)
    REFERENCES account_keys (account, key_id, is_whole)
);
CREATE UNIQUE INDEX one_default_profile_per_account ON contact_profiles (account) WHERE is_default;

ALTER TABLE contact_profiles ENABLE ROW LEVEL SECURITY;
ALTER TABLE contact_profiles FORCE ROW LEVEL SECURITY;
CREATE POLICY own_account ON contact_profiles USING (account = current_setting('orderseal.sees', true)
  OR current_setting('orderseal.sees', true) = '*');
