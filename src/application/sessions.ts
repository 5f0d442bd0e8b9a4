import type { AccountId } from "../domain/identifiers.ts";
import type { Language } from "../domain/localized.ts";
import { type BuyerRole, permissionsOf, type StaffRole } from "../domain/roles.ts";
import { type Instant, instantOf } from "../domain/time.ts";
import { type AccessStore, hashOfSecret, newSecret, type Principal } from "./access.ts";
import type { Actor, AuditEntry, Clock, Ledger, LedgerTransaction } from "./ports.ts";

type AuditDetail = AuditEntry["detail"];

/** Who has signed in; `name` is what the audit calls them. */
export type SessionHolder =
  | { readonly kind: "buyer"; readonly account: AccountId; readonly role: BuyerRole; readonly name: string }
  | { readonly kind: "staff"; readonly roles: readonly StaffRole[]; readonly name: string };

/** All sessions, those into one account, or those of whoever has the name that the audit knows them by. */
export type WhoseSessions =
  | { readonly kind: "everybody" }
  | { readonly kind: "account"; readonly account: AccountId }
  | { readonly kind: "name"; readonly name: string };

/** How somebody came to be signed in. */
export type SessionSource = "demo" | "portal" | "oidc";

export interface Session {
  readonly holder: SessionHolder;
  readonly source: SessionSource;
  readonly openedAt: Instant;
  readonly expiresAt: Instant;
  /** Ends then unless it is used before. */
  readonly idleUntil: Instant;
  /** Where the seller's own pages are, for the way back; buyers who came through the portal have one. */
  readonly returnUrl: string | null;
  readonly language: Language | null;
}

export interface SessionPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
}

/** As docs/security.md says: a working day, and an hour without a request. */
const SESSION_HOURS = 12;
const IDLE_MINUTES = 60;
/** A use within this time of the last one is not written down again. */
const TOUCH_AFTER_MS = 60_000;

export interface NewSession {
  readonly holder: SessionHolder;
  readonly source: SessionSource;
  readonly returnUrl?: string | null;
  readonly language?: Language | null;
  /** What else the audit says of how they came in. */
  readonly cameBy?: AuditDetail;
}

/** Opens a session: its token is shown once; it ends after twelve hours, or after one in which nobody used it. */
export async function openSession(
  ports: SessionPorts,
  wanted: NewSession,
  from?: string,
): Promise<{ token: string; expiresAt: Instant }> {
  return ports.ledger.transaction((transaction) => openSessionWithin(transaction, ports.clock.now(), wanted, from));
}

/** The same within a transaction that does more. */
export async function openSessionWithin(
  transaction: LedgerTransaction,
  at: Instant,
  { holder, source, returnUrl = null, language = null, cameBy = {} }: NewSession,
  from?: string,
): Promise<{ token: string; expiresAt: Instant }> {
  const token = newSecret("oss");
  const expiresAt = instantOf(at + SESSION_HOURS * 3_600_000);
  const session: Session = {
    ...{ holder, source, openedAt: at, expiresAt, returnUrl, language },
    idleUntil: idleUntil(at, expiresAt),
  };
  await transaction.saveSession(hashOfSecret(token), session);
  await auditSession(transaction, { action: "session.opened", session, at, from, detail: cameBy });
  return { token, expiresAt };
}

/** Who holds the session, if it still is one. */
export async function principalOfSession(
  { access, clock }: { readonly access: AccessStore; readonly clock: Clock },
  token: string,
): Promise<{ readonly principal: Principal; readonly session: Session } | null> {
  const at = clock.now();
  const tokenSha256 = hashOfSecret(token);
  const session = await access.findSession(tokenSha256, at);
  if (session === null) return null;
  const until = idleUntil(at, session.expiresAt);
  if (until - session.idleUntil > TOUCH_AFTER_MS) await access.touchSession(tokenSha256, until);
  return { principal: principalOfHolder(session.holder), session };
}

/** Ends it at once, everywhere; false when it had ended. */
export async function endSessionWithin(
  transaction: LedgerTransaction,
  tokenSha256: string,
  ending: Omit<SessionAct, "action" | "session">,
): Promise<boolean> {
  const session = await transaction.deleteSession(tokenSha256);
  if (session) await auditSession(transaction, { ...ending, action: "session.ended", session });
  return session !== null;
}

/** Ends them at once, as after a theft or when somebody leaves; says whose they were, those that had just run out included. */
export async function endSessions(
  { ledger, clock }: SessionPorts,
  actor: Actor,
  whose: WhoseSessions,
): Promise<readonly Session[]> {
  return ledger.transaction(async (transaction) => {
    const ended = await transaction.deleteSessions(whose);
    for (const session of ended) {
      const detail = { ended: whose.kind === "everybody" ? whose.kind : `all_of_${whose.kind}` };
      await auditSession(transaction, { action: "session.ended", session, actor, at: clock.now(), detail });
    }
    return ended;
  });
}

function principalOfHolder(holder: SessionHolder): Principal {
  if (holder.kind === "staff") {
    const { roles, name } = holder;
    return { kind: "staff", person: name, roles, permissions: permissionsOf(roles) };
  }
  const { account, name, role } = holder;
  return { kind: "buyer", account, name, permissions: permissionsOf([role]) };
}

/** As the audit names whoever holds it. */
function actorOfHolder(holder: SessionHolder): Actor {
  return holder.kind === "buyer"
    ? { kind: "buyer", id: `${holder.account}/${holder.name}` }
    : { kind: "desk", id: holder.name };
}

interface SessionAct {
  readonly action: "session.opened" | "session.ended" | "session.roles_changed";
  /** As it is afterwards, or was before it ended. */
  readonly session: Session;
  readonly at: Instant;
  /** Whoever holds it, unless it is said. */
  readonly actor?: Actor;
  readonly from?: string | undefined;
  readonly detail: AuditDetail;
}

/** Writes down what has become of a session. */
export async function auditSession(
  transaction: LedgerTransaction,
  { action, session: { holder, source }, at, actor = actorOfHolder(holder), from, detail }: SessionAct,
): Promise<void> {
  const roles = holder.kind === "buyer" ? holder.role : holder.roles.join(",");
  await transaction.audit({
    at,
    actor: from === undefined ? actor : { ...actor, from },
    action,
    account: holder.kind === "buyer" ? holder.account : null,
    objectKind: "session",
    objectId: holder.name,
    policyVersion: null,
    detail: { source, roles, ...detail },
  });
}

function idleUntil(at: Instant, expiresAt: Instant): Instant {
  return instantOf(Math.min(at + IDLE_MINUTES * 60_000, expiresAt));
}
