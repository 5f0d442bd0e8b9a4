-- The transparency log: every contract that is issued or voided becomes a leaf of a Merkle tree (RFC 6962), of which anybody
-- may have signed checkpoints and proofs. See docs/transparency-log.md.

CREATE TABLE log_leaves (
  leaf_index      bigint PRIMARY KEY CHECK (leaf_index >= 0),
  -- The event that told of it: each is entered once, in the order of their positions.
  event_position  bigint NOT NULL UNIQUE CHECK (event_position > 0),
  kind            text NOT NULL CHECK (kind IN ('issued', 'voided')),
  number          text NOT NULL REFERENCES contract_numbers,
  -- What the leaf stands for, and what keeps whoever sees the leaf alone from guessing it.
  statement       text NOT NULL,
  salt            bytea NOT NULL CHECK (octet_length(salt) = 32),
  -- What is entered and published: it tells nothing by itself.
  entry           bytea NOT NULL CHECK (entry = sha256(salt || convert_to(statement, 'UTF8')))
);
CREATE INDEX log_leaves_of_contract ON log_leaves (number, leaf_index);

-- The root of every perfect subtree: level 0 are the leaves' own hashes. An inner node is what its children make it.
CREATE TABLE log_nodes (
  level       smallint NOT NULL CHECK (level >= 0),
  node_index  bigint NOT NULL CHECK (node_index >= 0),
  hash        bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (level, node_index)
);

-- For whoever asks where a leaf is.
CREATE INDEX log_nodes_of_leaves ON log_nodes (hash) WHERE level = 0;

-- Every tree head that was ever signed: none of them may be contradicted.
CREATE TABLE log_checkpoints (
  size       bigint NOT NULL CHECK (size >= 0),
  root       bytea NOT NULL CHECK (octet_length(root) = 32),
  signed_at  timestamptz NOT NULL,
  origin     text NOT NULL,
  note       text NOT NULL,
  PRIMARY KEY (origin, size)
);

-- Whose log it is, and how far it goes. Its lock lets one node at a time go on with it.
CREATE TABLE log_head (
  only_one  boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  origin    text CHECK (origin <> '' AND origin !~ '[\s+]'),
  size      bigint NOT NULL CHECK (size >= 0),
  -- The last event that was looked at.
  event     bigint NOT NULL CHECK (event >= 0)
);
INSERT INTO log_head (size, event) VALUES (0, 0);

CREATE FUNCTION keep_log_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.size < OLD.size OR NEW.event < OLD.event THEN
    RAISE EXCEPTION 'the log only grows' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_head BEFORE UPDATE OR DELETE ON log_head FOR EACH ROW EXECUTE FUNCTION keep_log_head();

DO $$
DECLARE logged text;
BEGIN
  FOREACH logged IN ARRAY ARRAY['log_leaves', 'log_nodes', 'log_checkpoints'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', logged);
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %I EXECUTE FUNCTION refuse_change()', logged);
  END LOOP;
  EXECUTE format('ALTER FUNCTION keep_log_head() SET search_path = %I, pg_temp', current_schema());
END $$;
