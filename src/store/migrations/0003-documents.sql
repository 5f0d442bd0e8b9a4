-- How a seller's seal looks, and the sellers' own wording of clauses: versions that only ever grow, published by a
-- second person.

ALTER TABLE sellers
  -- What seals have said so far is what a seller's says that names nothing else.
  ADD COLUMN seal jsonb NOT NULL DEFAULT '{"number": "", "caption": "合同专用章", "logo": "", "riding": true}',
  -- The version that new contracts are drawn up with; null: every clause is the library's.
  ADD COLUMN wording_version integer;

CREATE TABLE wordings (
  seller       text NOT NULL REFERENCES sellers,
  version      integer NOT NULL CHECK (version > 0),
  body         jsonb NOT NULL,
  drafted_by   text NOT NULL CHECK (drafted_by <> ''),
  published_by text NOT NULL,
  published_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (seller, version),
  -- Words that bind the company need two persons: who drafts does not publish.
  CONSTRAINT two_persons CHECK (lower(trim(drafted_by)) <> lower(trim(published_by)))
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON wordings FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON wordings EXECUTE FUNCTION refuse_change();

ALTER TABLE sellers ADD FOREIGN KEY (seller, wording_version) REFERENCES wordings (seller, version);

-- What contracts of before were drawn up with is not taken back: the version only goes up, one at a time.
CREATE FUNCTION keep_wording_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.wording_version IS DISTINCT FROM OLD.wording_version
    AND NEW.wording_version IS DISTINCT FROM coalesce(OLD.wording_version, 0) + 1 THEN
    RAISE EXCEPTION 'the wording of seller % only goes up by one', OLD.seller USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_wording_version BEFORE UPDATE ON sellers FOR EACH ROW EXECUTE FUNCTION keep_wording_version();

CREATE TABLE wording_drafts (
  draft_id   uuid PRIMARY KEY,
  seller     text NOT NULL REFERENCES sellers,
  -- The version it was written against, 0 for the library's words; published after another one, it would undo that one.
  based_on   integer NOT NULL CHECK (based_on >= 0),
  body       jsonb NOT NULL,
  drafted_by text NOT NULL CHECK (drafted_by <> ''),
  drafted_at timestamptz NOT NULL,
  state      text NOT NULL CHECK (state IN ('open', 'published', 'withdrawn'))
);
CREATE UNIQUE INDEX one_open_wording_draft ON wording_drafts (seller) WHERE state = 'open';
