-- Who of the seller works on a ticket, and whose turn it is. keep_ticket (0002) lets neither change once it is closed.

ALTER TABLE tickets
  -- As the audit names the person; null: nobody.
  ADD COLUMN assignee text CHECK (assignee <> ''),
  -- Whose answer an open ticket waits for, and since when; what was opened waits for the desk.
  ADD COLUMN waits_for text NOT NULL DEFAULT 'desk' CHECK (waits_for IN ('buyer', 'desk')),
  -- Null: since it was opened.
  ADD COLUMN waiting_since timestamptz;

-- Of tickets from before: whoever spoke last waits for the other. The first message is the system's own, and buyers do not see
-- what is about late payments.
UPDATE tickets SET waits_for = 'buyer', waiting_since = last.at
FROM (SELECT DISTINCT ON (account, ticket_id) account, ticket_id, side, at FROM ticket_messages
  ORDER BY account, ticket_id, message_id DESC) last
WHERE tickets.state = 'open' AND last.account = tickets.account AND last.ticket_id = tickets.ticket_id AND last.side = 'desk'
  AND tickets.topic <> 'paid_after_hold';
UPDATE tickets SET waiting_since = last.at
FROM (SELECT DISTINCT ON (account, ticket_id) account, ticket_id, side, at FROM ticket_messages
  ORDER BY account, ticket_id, message_id DESC) last
WHERE tickets.state = 'open' AND last.account = tickets.account AND last.ticket_id = tickets.ticket_id AND last.side = 'buyer'
  AND EXISTS (SELECT FROM ticket_messages earlier WHERE earlier.account = tickets.account
    AND earlier.ticket_id = tickets.ticket_id AND earlier.side = 'desk');

-- The pages of a desk: by state and queue, of one person, of nobody, whose turn it is; and the tickets of an order.
CREATE INDEX tickets_of_state ON tickets (state, opened_at, ticket_id);
CREATE INDEX tickets_of_queue_and_state ON tickets (queue, state, opened_at, ticket_id);
CREATE INDEX tickets_of_assignee ON tickets (assignee, state, opened_at, ticket_id) WHERE assignee IS NOT NULL;
CREATE INDEX tickets_of_nobody ON tickets (queue, opened_at, ticket_id) WHERE state = 'open' AND assignee IS NULL;
CREATE INDEX tickets_of_turn ON tickets (waits_for, queue, opened_at, ticket_id) WHERE state = 'open';
CREATE INDEX tickets_of_order ON tickets (order_id, opened_at, ticket_id);
