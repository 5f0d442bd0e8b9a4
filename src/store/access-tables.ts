/** Who may come in: sessions, keys, links of the portal. */
export interface AccessTables {
  sessions: SessionsTable;
  api_keys: ApiKeysTable;
  portal_links: PortalLinksTable;
}

export interface SessionsTable {
  token_sha256: string;
  account: string | null;
  roles: string[];
  name: string;
  source: string;
  opened_at: Date;
  expires_at: Date;
  idle_until: Date;
  return_url: string | null;
  language: string | null;
}

export interface ApiKeysTable {
  key_id: string;
  token_sha256: string;
  name: string;
  roles: string[];
  scopes: string[] | null;
  created_at: Date;
  created_by: string;
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
}

interface PortalLinksTable {
  token_sha256: string;
  account: string;
  role: string;
  name: string;
  return_url: string | null;
  language: string | null;
  embedded: boolean;
  created_at: Date;
  expires_at: Date;
}
