-- Whether anybody refers to a stored file is asked before one is taken away: by hash, from every table that names files.

CREATE INDEX contracts_by_unsealed ON contracts (unsealed_sha256) WHERE unsealed_sha256 IS NOT NULL;
CREATE INDEX ticket_attachments_by_file ON ticket_attachments (sha256);
