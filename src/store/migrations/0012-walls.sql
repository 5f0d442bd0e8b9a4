-- Row-level security behind the account that every query names by itself: one that forgets to shows nothing of others.
-- The store says, on each connection that it lends, whose rows may be seen: orderseal.sees is an account, '*' for all, or
-- nothing. It is no defence against statements that somebody smuggles in, for they could say the same; see docs/security.md.

DO $$
DECLARE
  walled text;
  visible CONSTANT text := $visible$(%1$I = current_setting('orderseal.sees', true)
    OR current_setting('orderseal.sees', true) = '*')$visible$;
BEGIN
  FOREACH walled IN ARRAY ARRAY['accounts', 'order_numbers', 'orders', 'order_reports', 'bills', 'contracts',
    'contract_numbers', 'contract_archives', 'archive_work', 'open_holds', 'tickets', 'ticket_messages',
    'ticket_attachments', 'audit_entries', 'outbox', 'portal_links']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', walled);
    -- Also for the owner of the tables, as whom the service may be connected.
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', walled);
    EXECUTE format('CREATE POLICY own_account ON %I USING ' || format(visible, 'account'), walled);
  END LOOP;
  ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY;
  ALTER TABLE idempotency_keys FORCE ROW LEVEL SECURITY;
  EXECUTE 'CREATE POLICY own_account ON idempotency_keys USING ' || format(visible, 'owner');
END $$;

-- One check looks beyond the account: whether a number was given before, to whomever.
CREATE FUNCTION given_under_another_prefix(seller_of text, prefix_of text, year_month text, running integer)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  seen text := current_setting('orderseal.sees', true);
  found_one boolean;
BEGIN
  PERFORM set_config('orderseal.sees', '*', true);
  SELECT EXISTS (SELECT FROM number_prefixes JOIN contract_numbers
      ON contract_numbers.number = contract_number(number_prefixes.prefix, year_month, running)
    WHERE number_prefixes.seller = seller_of AND number_prefixes.prefix <> prefix_of) INTO found_one;
  PERFORM set_config('orderseal.sees', coalesce(seen, ''), true);
  RETURN found_one;
END $$;

CREATE OR REPLACE FUNCTION new_contract_fault(contract contracts) RETURNS text LANGUAGE plpgsql STABLE AS $$
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
    WHEN given_under_another_prefix(contract.seller, part[1], part[2], part[3]::integer)
      THEN 'has a number that was given before, under another prefix'
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
    WHEN contract.form = 'offline' AND NOT EXISTS (SELECT FROM tickets WHERE tickets.account = contract.account
      AND tickets.order_id = contract.order_id AND tickets.contract_id = contract.contract_id)
      THEN 'is an offline one, and no ticket was resolved with it'
    WHEN contract.hold_until IS NOT NULL AND NOT EXISTS (SELECT FROM open_holds WHERE open_holds.account = contract.account
      AND open_holds.contract_id = contract.contract_id) THEN 'has a hold that is not on record'
    WHEN NOT EXISTS (SELECT FROM audit_entries WHERE account = contract.account AND object_id = contract.number
      AND action = 'contract.requested') THEN 'was requested and the audit does not say so'
    WHEN NOT EXISTS (SELECT FROM outbox WHERE account = contract.account AND subject = contract.number
      AND type = 'contract.requested') THEN 'was requested and no event says so' END;
END $$;

DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION given_under_another_prefix SET search_path = %I, pg_temp', current_schema());
  EXECUTE format('ALTER FUNCTION new_contract_fault SET search_path = %I, pg_temp', current_schema());
END $$;
