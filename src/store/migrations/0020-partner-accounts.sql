-- How many accounts a partner serves is counted whenever partners are listed, and few accounts have one.

CREATE INDEX accounts_of_partner ON accounts (partner) WHERE partner IS NOT NULL;
