-- The long-term form of a sealed contract: a second file, made later, whose first bytes are the sealed one (R5).

CREATE TABLE contract_archives (
  account         text NOT NULL,
  contract_id     uuid NOT NULL,
  document_sha256 text NOT NULL CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
  -- The file it continues: the sealed one, or the archive before it. Each is continued once.
  continues       text NOT NULL CHECK (continues ~ '^[0-9a-f]{64}$' AND continues <> document_sha256),
  level           text NOT NULL CHECK (level IN ('B-LT', 'B-LTA')),
  made_at         timestamptz NOT NULL,
  -- When the certificate of its newest timestamp ends: by then it has to be continued.
  renew_before    timestamptz NOT NULL CHECK (renew_before > made_at),
  PRIMARY KEY (account, contract_id, document_sha256),
  UNIQUE (account, contract_id, continues),
  FOREIGN KEY (account, contract_id) REFERENCES contracts (account, contract_id)
);
CREATE INDEX contract_archives_newest ON contract_archives (account, contract_id, made_at DESC);
CREATE INDEX contract_archives_by_document ON contract_archives (document_sha256);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON contract_archives FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON contract_archives EXECUTE FUNCTION refuse_change();

CREATE FUNCTION check_new_archive() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM contracts WHERE account = NEW.account AND contract_id = NEW.contract_id
      AND state = 'issued' AND form = 'sealed' AND document_sha256 = NEW.continues)
    AND NOT EXISTS (SELECT FROM contract_archives WHERE account = NEW.account AND contract_id = NEW.contract_id
      AND document_sha256 = NEW.continues)
  THEN
    RAISE EXCEPTION 'an archive continues a file that is not its contract''s' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_new_archive BEFORE INSERT ON contract_archives FOR EACH ROW EXECUTE FUNCTION check_new_archive();

-- What is to be archived or renewed, and when it is tried next; kept so that a restart does not forget a pause.
CREATE TABLE archive_work (
  account     text NOT NULL,
  contract_id uuid NOT NULL,
  due_at      timestamptz NOT NULL,
  attempts    integer NOT NULL DEFAULT 0,
  -- Why the last try came to nothing.
  trouble     text CHECK (trouble <> ''),
  PRIMARY KEY (account, contract_id),
  FOREIGN KEY (account, contract_id) REFERENCES contracts (account, contract_id)
);
CREATE INDEX archive_work_due ON archive_work (due_at);
CREATE INDEX archive_work_in_trouble ON archive_work (account) WHERE trouble IS NOT NULL;
INSERT INTO archive_work (account, contract_id, due_at)
  SELECT account, contract_id, issued_at FROM contracts WHERE state = 'issued' AND form = 'sealed';
