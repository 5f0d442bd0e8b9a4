-- When an endpoint last took an event over, and since when it fails, are read of its newest attempts.
CREATE INDEX webhook_attempts_of_endpoint ON webhook_attempts (endpoint_id, at, result);
