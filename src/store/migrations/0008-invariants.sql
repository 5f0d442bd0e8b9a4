-- What could still be broken by one statement or by two transactions at once, although money or law depends on it.
-- docs/invariants.md lists every invariant with what keeps it. Checks that need the whole transaction run at its commit.

-- Reading what may be anything: null instead of an error.
CREATE FUNCTION json_or_null(text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN $1::jsonb;
EXCEPTION WHEN data_exception THEN
  RETURN NULL;
END $$;

-- ISO/IEC 7064 MOD 37,36, as src/domain/contract-number.ts computes it.
CREATE FUNCTION check_character(body text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  alphabet CONSTANT text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  product integer := 36;
  added integer;
  letter text;
BEGIN
  FOREACH letter IN ARRAY string_to_array(replace(body, '-', ''), NULL) LOOP
    added := (product + strpos(alphabet, letter) - 1) % 36;
    IF added = 0 THEN added := 36; END IF;
    product := (added * 2) % 37;
  END LOOP;
  RETURN substr(alphabet, (37 - product) % 36 + 1, 1);
END $$;

CREATE FUNCTION contract_number(prefix text, year_month text, running integer) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE body text := prefix || '-' || year_month || '-' || lpad(running::text, greatest(6, length(running::text)), '0');
BEGIN
  RETURN body || '-' || check_character(body);
END $$;

-- R7: what a contract says of itself that its row says otherwise; null where they agree.
CREATE FUNCTION contract_misstatements(contract contracts) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  said jsonb;
  former text;
BEGIN
  said := contract.snapshot::jsonb;
  IF contract.replaces IS NOT NULL THEN
    SELECT number INTO former FROM contracts WHERE account = contract.account AND contract_id = contract.replaces;
  END IF;
  RETURN (SELECT jsonb_object_agg(field, says) FROM (VALUES
      ('schema', said ->> 'schema', CASE contract.form WHEN 'sealed' THEN 'orderseal.contract/1' ELSE 'orderseal.offline/1' END),
      ('number', said ->> 'number', contract.number),
      ('buyerAccount', said ->> 'buyerAccount', contract.account),
      ('order', said #>> '{order,id}', contract.order_id),
      ('bill', said #>> '{bill,cycle}', contract.cycle),
      ('policyVersion', said ->> 'policyVersion', contract.policy_version::text),
      ('replaces', said ->> 'replaces', former),
      ('document', CASE contract.form WHEN 'offline' THEN said ->> 'document' END,
        CASE contract.form WHEN 'offline' THEN contract.document_sha256 END),
      ('requestedAt', ((CASE contract.form WHEN 'sealed' THEN said ->> 'requestedAt' ELSE said ->> 'uploadedAt' END)::timestamptz)::text,
        contract.requested_at::text),
      ('holdUntil', ((said ->> 'holdUntil')::timestamptz)::text, contract.hold_until::text)
    ) AS statements (field, says, stands) WHERE says IS DISTINCT FROM stands);
EXCEPTION WHEN data_exception THEN
  RETURN '{"snapshot": "unreadable"}';
END $$;

-- Told once, and found quickly by the check below. A voiding by the desk gives its reason; that by a cancelled order none.
CREATE UNIQUE INDEX contract_audited_once ON audit_entries (account, object_id, action)
  WHERE action IN ('contract.requested', 'contract.issued') OR (action = 'contract.voided' AND detail ? 'reason');
CREATE UNIQUE INDEX contract_told_once ON outbox (account, subject, type)
  WHERE type IN ('contract.requested', 'contract.issued') OR (type = 'contract.voided' AND data ? 'reason');

-- R4, R5, R22: a contract is entered, issued and voided together with its number, its audit row and its event.
CREATE FUNCTION contract_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong text;
BEGIN
  IF TG_OP = 'INSERT' THEN wrong := new_contract_fault(NEW); END IF;
  IF wrong IS NULL AND NEW.state = 'issued' AND (TG_OP = 'INSERT' OR OLD.state <> 'issued') THEN
    wrong := CASE
      WHEN NOT EXISTS (SELECT FROM audit_entries WHERE account = NEW.account AND object_id = NEW.number
        AND action = 'contract.issued') THEN 'was issued and the audit does not say so'
      WHEN NOT EXISTS (SELECT FROM outbox WHERE account = NEW.account AND subject = NEW.number
        AND type = 'contract.issued') THEN 'was issued and no event says so'
      WHEN NEW.form = 'sealed' AND NOT EXISTS (SELECT FROM archive_work WHERE account = NEW.account
        AND contract_id = NEW.contract_id) THEN 'was issued and nobody will archive it' END;
  END IF;
  IF wrong IS NULL AND NEW.voided_at IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.voided_at IS NULL) THEN
    wrong := CASE
      WHEN NOT EXISTS (SELECT FROM audit_entries WHERE account = NEW.account AND object_id = NEW.number
        AND action = 'contract.voided' AND detail ? 'reason') THEN 'was voided and the audit does not say so'
      WHEN NOT EXISTS (SELECT FROM outbox WHERE account = NEW.account AND subject = NEW.number
        AND type = 'contract.voided' AND data ? 'reason') THEN 'was voided and no event says so' END;
  END IF;
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'contract % %', NEW.number, wrong USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION new_contract_fault(contract contracts) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  part text[] := regexp_match(contract.number, '^([A-Z0-9]{2,8})-(\d{6})-(\d{6,9})-([0-9A-Z])$');
  misstatements jsonb := contract_misstatements(contract);
BEGIN
  RETURN CASE
    WHEN part IS NULL OR contract.number <> contract_number(part[1], part[2], part[3]::integer) THEN 'has a number that is none'
    WHEN NOT EXISTS (SELECT FROM number_prefixes WHERE prefix = part[1] AND seller = contract.seller)
      THEN 'has a number of another seller'
    WHEN NOT EXISTS (SELECT FROM contract_counters WHERE seller = contract.seller AND year_month = part[2]
      AND last >= part[3]::integer) THEN 'has a number that was not counted'
    WHEN NOT EXISTS (SELECT FROM contract_numbers WHERE number = contract.number AND account = contract.account
      AND contract_id = contract.contract_id) THEN 'is not in the directory of numbers'
    WHEN misstatements IS NOT NULL THEN 'does not say what is on record: ' || misstatements::text
    WHEN contract.order_id IS NOT NULL AND NOT EXISTS (SELECT FROM orders JOIN sellers ON sellers.seller = contract.seller
      WHERE orders.account = contract.account AND orders.order_id = contract.order_id
        AND CASE WHEN orders.seller IS NULL THEN orders.seller_name = sellers.legal_name_zh
          ELSE orders.seller = contract.seller END) THEN 'is not with the seller of its order'
    WHEN contract.order_id IS NOT NULL AND (contract.hold_until IS NOT NULL) <> (SELECT state = 'unpaid' FROM orders
      WHERE orders.account = contract.account AND orders.order_id = contract.order_id)
      THEN 'has a hold and its order is not unpaid, or the other way round'
    WHEN contract.cycle IS NOT NULL AND NOT EXISTS (SELECT FROM bills WHERE bills.account = contract.account
      AND bills.cycle = contract.cycle AND bills.seller = contract.seller) THEN 'is not with the seller of its bill'
    WHEN contract.hold_until IS NOT NULL AND NOT EXISTS (SELECT FROM open_holds WHERE open_holds.account = contract.account
      AND open_holds.contract_id = contract.contract_id) THEN 'has a hold that is not on record'
    WHEN NOT EXISTS (SELECT FROM audit_entries WHERE account = contract.account AND object_id = contract.number
      AND action = 'contract.requested') THEN 'was requested and the audit does not say so'
    WHEN NOT EXISTS (SELECT FROM outbox WHERE account = contract.account AND subject = contract.number
      AND type = 'contract.requested') THEN 'was requested and no event says so' END;
END $$;

CREATE CONSTRAINT TRIGGER contract_is_whole AFTER INSERT OR UPDATE OF state, voided_at ON contracts
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contract_is_whole();

ALTER TABLE contracts
  ADD CONSTRAINT hold_of_an_order CHECK (hold_until IS NULL OR order_id IS NOT NULL),
  ADD CONSTRAINT sealing_changes_the_file CHECK (document_sha256 <> unsealed_sha256);

-- A number in the directory is that of its contract.
CREATE FUNCTION number_is_its_contracts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM contracts WHERE account = NEW.account AND contract_id = NEW.contract_id
    AND number = NEW.number) THEN
    RAISE EXCEPTION 'number % is not its contract''s', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER number_is_its_contracts AFTER INSERT ON contract_numbers
  FOR EACH ROW EXECUTE FUNCTION number_is_its_contracts();

-- Gapless: a counter starts at one, goes up by one, and whoever moves it leaves a contract of that number.
CREATE FUNCTION keep_counter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.last <> (CASE TG_OP WHEN 'INSERT' THEN 1 ELSE OLD.last + 1 END)
    OR (TG_OP = 'UPDATE' AND (NEW.seller, NEW.year_month) <> (OLD.seller, OLD.year_month)) THEN
    RAISE EXCEPTION 'a counter of numbers only goes up by one' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_counter AFTER INSERT OR UPDATE OR DELETE ON contract_counters
  FOR EACH ROW EXECUTE FUNCTION keep_counter();

CREATE FUNCTION number_is_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM number_prefixes JOIN contract_numbers
      ON contract_numbers.number = contract_number(number_prefixes.prefix, NEW.year_month, NEW.last)
    WHERE number_prefixes.seller = NEW.seller) THEN
    RAISE EXCEPTION 'number % of % in % was counted and given to no contract', NEW.last, NEW.seller, NEW.year_month
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER number_is_given AFTER INSERT OR UPDATE ON contract_counters
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION number_is_given();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON number_prefixes FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON order_numbers FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- R9–R11: an order stays its account's, never goes back to an older revision, and is what its newest report says.
ALTER TABLE orders ADD CONSTRAINT order_is_its_body CHECK (
  (account, order_id, revision::text, state) IS NOT DISTINCT FROM
  (body ->> 'account', body ->> 'id', body ->> 'revision', body #>> '{status,state}')) NOT VALID;

CREATE FUNCTION keep_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (NEW.account, NEW.order_id) <> (OLD.account, OLD.order_id) OR NEW.revision < OLD.revision THEN
    RAISE EXCEPTION 'order % cannot be deleted, renamed or taken back', OLD.order_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_order AFTER UPDATE OR DELETE ON orders FOR EACH ROW EXECUTE FUNCTION keep_order();

CREATE FUNCTION order_is_reported() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE newest bigint := (SELECT max(revision) FROM order_reports WHERE account = NEW.account AND order_id = NEW.order_id);
BEGIN
  IF newest IS DISTINCT FROM (SELECT revision FROM orders WHERE account = NEW.account AND order_id = NEW.order_id) THEN
    RAISE EXCEPTION 'order % is not as its newest report says', NEW.order_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT EXISTS (SELECT FROM order_numbers WHERE order_id = NEW.order_id AND account = NEW.account) THEN
    RAISE EXCEPTION 'order % is in the directory under another account', NEW.order_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER order_is_reported AFTER INSERT OR UPDATE ON orders
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION order_is_reported();
CREATE CONSTRAINT TRIGGER report_is_heard AFTER INSERT ON order_reports
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION order_is_reported();

-- R8: a hold on record ends when its contract says.
CREATE FUNCTION hold_is_its_contracts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM contracts WHERE account = NEW.account AND contract_id = NEW.contract_id
    AND hold_until = NEW.hold_until) THEN
    RAISE EXCEPTION 'a hold ends when its contract says' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER hold_is_its_contracts AFTER INSERT OR UPDATE ON open_holds
  FOR EACH ROW EXECUTE FUNCTION hold_is_its_contracts();

-- Versions follow each other: the highest decides at once, so that none is put far ahead.
CREATE FUNCTION follow_last_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE former integer;
BEGIN
  IF TG_TABLE_NAME = 'policies' THEN
    SELECT max(version) INTO former FROM policies WHERE version < NEW.version;
  ELSE
    SELECT max(version) INTO former FROM wordings WHERE seller = NEW.seller AND version < NEW.version;
  END IF;
  IF NEW.version <> coalesce(former, 0) + 1 THEN
    RAISE EXCEPTION '% have no version before %', TG_TABLE_NAME, NEW.version USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER follow_last_version AFTER INSERT ON policies FOR EACH ROW EXECUTE FUNCTION follow_last_version();
CREATE TRIGGER follow_last_version AFTER INSERT ON wordings FOR EACH ROW EXECUTE FUNCTION follow_last_version();

-- Who drafted stays who drafted, or one person could be made two afterwards.
CREATE FUNCTION keep_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state <> 'open' OR to_jsonb(NEW) - 'state' <> to_jsonb(OLD) - 'state' THEN
    RAISE EXCEPTION 'a draft is published or withdrawn, and not changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_draft BEFORE UPDATE OR DELETE ON policy_drafts FOR EACH ROW EXECUTE FUNCTION keep_draft();
CREATE TRIGGER keep_draft BEFORE UPDATE OR DELETE ON wording_drafts FOR EACH ROW EXECUTE FUNCTION keep_draft();

-- A sealed contract stays on the list of those to archive.
CREATE FUNCTION keep_archive_work() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (NEW.account, NEW.contract_id) <> (OLD.account, OLD.contract_id) THEN
    RAISE EXCEPTION 'a contract stays on the list of those to archive' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_archive_work BEFORE UPDATE OR DELETE ON archive_work
  FOR EACH ROW EXECUTE FUNCTION keep_archive_work();

-- Emptying a table at once passes by the rows' triggers.
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON sellers EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON number_prefixes EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON contract_counters EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON accounts EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON order_numbers EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON orders EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON open_holds EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON archive_work EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON policy_drafts EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON wording_drafts EXECUTE FUNCTION refuse_change();
