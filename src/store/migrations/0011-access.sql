-- Who may do what: roles of persons, scopes of keys that end and say when they were used, sessions that end when idle,
-- links that let a buyer in once, and where each recorded act came from.

-- Of whoever may not be named more precisely: the address of the caller, or the machine of a terminal.
ALTER TABLE audit_entries ADD COLUMN origin text CHECK (origin <> '');

ALTER TABLE sessions
  ADD COLUMN roles      text[],
  ADD COLUMN source     text NOT NULL DEFAULT 'demo' CHECK (source IN ('demo', 'portal', 'oidc')),
  ADD COLUMN opened_at  timestamptz,
  ADD COLUMN idle_until timestamptz,
  ADD COLUMN return_url text CHECK (return_url ~ '^https?://'),
  ADD COLUMN language   text CHECK (language IN ('zh-CN', 'en'));
-- Whoever was signed in keeps what they could do.
UPDATE sessions SET idle_until = expires_at, opened_at = expires_at - interval '12 hours', roles = CASE role
  WHEN 'buyer' THEN ARRAY['buyer_requester']
  WHEN 'contract_desk' THEN ARRAY['contract_desk', 'policy_author', 'policy_publisher']
  ELSE ARRAY[role] END;
ALTER TABLE sessions
  DROP COLUMN role,
  ALTER COLUMN roles SET NOT NULL,
  ALTER COLUMN opened_at SET NOT NULL,
  ALTER COLUMN idle_until SET NOT NULL,
  ALTER COLUMN source DROP DEFAULT,
  -- A buyer has one account and one role; whoever has an account has no role of the seller's side.
  ADD CONSTRAINT buyer_or_staff CHECK (CASE WHEN account IS NULL
    THEN cardinality(roles) > 0 AND roles <@ ARRAY['contract_desk', 'marketplace_desk', 'policy_author', 'policy_publisher',
      'administrator', 'auditor']
    ELSE roles IN (ARRAY['buyer_viewer'], ARRAY['buyer_requester']) END);

ALTER TABLE api_keys
  ADD COLUMN roles        text[],
  ADD COLUMN scopes       text[],
  ADD COLUMN created_by   text NOT NULL DEFAULT '',
  ADD COLUMN expires_at   timestamptz CHECK (expires_at > created_at),
  ADD COLUMN last_used_at timestamptz;
UPDATE api_keys SET
  roles = CASE role WHEN 'machine' THEN '{}'
    WHEN 'contract_desk' THEN ARRAY['contract_desk', 'policy_author', 'policy_publisher'] ELSE ARRAY[role] END,
  -- What machines could do so far; what is new has to be given to them.
  scopes = CASE role WHEN 'machine' THEN ARRAY['orders:read', 'orders:write', 'accounts:write', 'catalogue:write',
    'sellers:write', 'contracts:read', 'contracts:request', 'tickets:read', 'tickets:write', 'policy:read', 'events:read',
    'webhooks:manage'] END;
ALTER TABLE api_keys
  DROP COLUMN role,
  ALTER COLUMN roles SET NOT NULL,
  ALTER COLUMN created_by DROP DEFAULT,
  ADD CONSTRAINT roles_of_the_seller CHECK (roles <@ ARRAY['contract_desk', 'marketplace_desk', 'policy_author',
    'policy_publisher', 'administrator', 'auditor']),
  -- A machine's key has scopes; voiding, resolving, publishing and approving are for persons.
  ADD CONSTRAINT machine_has_scopes CHECK (cardinality(roles) > 0 OR (scopes IS NOT NULL AND NOT scopes && ARRAY[
    'contracts:void', 'tickets:resolve', 'policy:draft', 'policy:publish', 'policy:review', 'seal-keys:approve',
    'api-keys:manage', 'identity:read', 'identity:erase']));

-- What a key stands for is settled when it is made: it is revoked or used, and never becomes more than it was.
CREATE FUNCTION keep_api_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at
    OR ROW (NEW.key_id, NEW.token_sha256, NEW.name, NEW.roles, NEW.scopes, NEW.created_at, NEW.created_by, NEW.expires_at)
       IS DISTINCT FROM
       ROW (OLD.key_id, OLD.token_sha256, OLD.name, OLD.roles, OLD.scopes, OLD.created_at, OLD.created_by, OLD.expires_at)
  THEN
    RAISE EXCEPTION 'key % cannot be changed', OLD.key_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_api_key BEFORE UPDATE OR DELETE ON api_keys FOR EACH ROW EXECUTE FUNCTION keep_api_key();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON api_keys EXECUTE FUNCTION refuse_change();

-- A link into the console, made by the seller's own systems for a buyer whom they have signed in; good once, for minutes.
CREATE TABLE portal_links (
  token_sha256 text PRIMARY KEY,
  account      text NOT NULL REFERENCES accounts,
  role         text NOT NULL CHECK (role IN ('buyer_viewer', 'buyer_requester')),
  -- Who at the buyer acts, as the seller's systems know them.
  name         text NOT NULL CHECK (name <> ''),
  return_url   text CHECK (return_url ~ '^https?://'),
  language     text CHECK (language IN ('zh-CN', 'en')),
  embedded     boolean NOT NULL,
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL CHECK (expires_at > created_at)
);
CREATE INDEX portal_links_by_end ON portal_links (expires_at);

DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION keep_api_key() SET search_path = %I, pg_temp', current_schema());
END $$;
