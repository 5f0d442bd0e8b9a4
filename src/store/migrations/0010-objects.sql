-- Whether anybody refers to a stored file is asked before one is taken away: by hash, from every table that names files.

CREATE INDEX contracts_by_unsealed ON contracts (unsealed_sha256) WHERE unsealed_sha256 IS NOT NULL;
CREATE INDEX ticket_attachments_by_file ON ticket_attachments (sha256);

-- Files that were found missing or altered; hopefully none.
CREATE INDEX audit_of_damaged_objects ON audit_entries (object_id) WHERE action = 'object.damaged';
