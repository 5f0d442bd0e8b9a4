-- Staff signs in with the seller's identity provider (OpenID Connect).

-- Sign-ins under way: from the redirect to the provider until the browser is back, once.
CREATE TABLE pending_sign_ins (
  state_hash   text PRIMARY KEY,
  -- Of the secret in the cookie of the browser that began: no other browser finishes it.
  browser_hash text NOT NULL,
  nonce          text NOT NULL,
  -- The PKCE verifier, locked by the master key.
  verifier       bytea NOT NULL,
  next           text NOT NULL CHECK (next ~ '^/' AND next !~ '^/[/\\]'),
  expires_at     timestamptz NOT NULL
);
CREATE INDEX pending_sign_ins_by_end ON pending_sign_ins (expires_at);

-- What the audit calls a person, for good. What needs two persons compares these names, and providers let people change
-- theirs and give a leaver's to somebody else (OpenID Connect Core 1.0, section 5.7).
CREATE TABLE staff_names (
  issuer  text NOT NULL,
  subject text NOT NULL,
  name    text NOT NULL CHECK (name <> ''),
  since   timestamptz NOT NULL,
  PRIMARY KEY (issuer, subject)
);
-- As src/application/same-person.ts compares them.
CREATE UNIQUE INDEX one_person_by_name ON staff_names (lower(btrim(normalize(name, NFKC))));
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON staff_names FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON staff_names EXECUTE FUNCTION refuse_change();

-- What stands behind a session: whose it is at the provider, and the tokens, locked by the master key for this session.
CREATE TABLE oidc_sessions (
  token_sha256  text PRIMARY KEY REFERENCES sessions ON DELETE CASCADE,
  issuer        text NOT NULL,
  subject       text NOT NULL,
  -- The provider's own session, where it names one.
  sid           text,
  id_token      bytea NOT NULL,
  refresh_token bytea,
  -- When the provider last said which roles the person has, and when it is asked again.
  roles_read_at timestamptz NOT NULL,
  renew_at      timestamptz NOT NULL CHECK (renew_at > roles_read_at),
  -- Until then one request is asking; a refresh token is often good once.
  claimed_until timestamptz,
  FOREIGN KEY (issuer, subject) REFERENCES staff_names
);
CREATE INDEX oidc_sessions_by_person ON oidc_sessions (issuer, subject);
CREATE INDEX oidc_sessions_by_sid ON oidc_sessions (issuer, sid);

-- Logout tokens that have been used: a token that comes again is refused while it would still be accepted.
CREATE TABLE logout_tokens (
  jti_hash  text PRIMARY KEY,
  forget_from timestamptz NOT NULL
);
CREATE INDEX logout_tokens_by_end ON logout_tokens (forget_from);
