-- Long lists: a page of orders must be as quick among a million as among ten. What these answer is exact; everything else is
-- looked through from the newest, a bounded number of orders a page (src/store/order-listing.ts), in the index alone: it
-- includes what is asked of most of them. Not the products, of which an order may have more than a row of an index has room
-- for. Rejected: trigram and array indexes, which row-level security keeps PostgreSQL from using, their operators not being
-- leakproof.
DROP INDEX orders_newest;
DROP INDEX orders_newest_of_all;
CREATE INDEX orders_newest ON orders (account, placed_at DESC, order_id DESC) INCLUDE (state, domain_name);
CREATE INDEX orders_newest_of_all ON orders (placed_at DESC, order_id DESC) INCLUDE (account, state, domain_name);
CREATE INDEX orders_by_state ON orders (account, state, placed_at DESC, order_id DESC) INCLUDE (domain_name);
CREATE INDEX orders_by_state_of_all ON orders (state, placed_at DESC, order_id DESC) INCLUDE (account, domain_name);

-- By the beginning of a number or of a domain name, whatever the order of the database's own collation.
CREATE INDEX orders_by_number ON orders (order_id COLLATE "C");
CREATE INDEX orders_by_domain ON orders (domain_name COLLATE "C") WHERE domain_name IS NOT NULL;
