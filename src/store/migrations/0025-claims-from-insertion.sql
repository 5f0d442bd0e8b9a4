-- A request may wait for its seller's number for seconds, and now() is when its transaction began: a contract requested
-- under load was left alone, as far as anybody could see, the moment that it was in the books, and was begun twice.
ALTER TABLE contracts ALTER COLUMN claimed_until SET DEFAULT clock_timestamp() + interval '5 seconds';
