/** Staff sign-in with the seller's identity provider (migration 0014). */
export interface OidcTables {
  pending_sign_ins: PendingSignInsTable;
  staff_names: { issuer: string; subject: string; name: string; since: Date };
  oidc_sessions: OidcSessionsTable;
  logout_tokens: { jti_hash: string; forget_from: Date };
}

interface PendingSignInsTable {
  state_hash: string;
  browser_hash: string;
  nonce: string;
  verifier: Buffer;
  next: string;
  expires_at: Date;
}

export interface OidcSessionsTable {
  token_sha256: string;
  issuer: string;
  subject: string;
  sid: string | null;
  id_token: Buffer;
  refresh_token: Buffer | null;
  roles_read_at: Date;
  renew_at: Date;
  claimed_until: Date | null;
}
