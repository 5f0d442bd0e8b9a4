/** Every file that a row refers to, each hash once; a test insists that no column that holds such a hash is missing. */
export const REFERENCED_FILES = `
  SELECT document_sha256 AS hash FROM contracts WHERE document_sha256 IS NOT NULL
  UNION SELECT unsealed_sha256 FROM contracts WHERE unsealed_sha256 IS NOT NULL
  UNION SELECT document_sha256 FROM contract_archives
  UNION SELECT sha256 FROM ticket_attachments`;
