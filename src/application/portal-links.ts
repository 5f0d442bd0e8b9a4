import type { AccountId } from "../domain/identifiers.ts";
import type { Language } from "../domain/localized.ts";
import type { BuyerRole } from "../domain/roles.ts";
import { type Instant, instantOf } from "../domain/time.ts";
import { hashOfSecret, newSecret } from "./access.ts";
import type { Actor, Clock, Ledger } from "./ports.ts";
import { openSessionWithin } from "./sessions.ts";

/** A way into the console for one buyer, made by the seller's own systems; good once. */
interface PortalLink {
  readonly account: AccountId;
  readonly role: BuyerRole;
  /** Who at the buyer acts, as the seller's systems know them; the audit names them so. */
  readonly name: string;
  readonly returnUrl: string | null;
  readonly language: Language | null;
  /** Whether the console is shown in a frame of the seller's own pages. */
  readonly isEmbedded: boolean;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

export interface PortalLinkBooks {
  insertPortalLink(tokenSha256: string, link: PortalLink): Promise<void>;
  /** Takes the link away; null when it was used, or never was. Whoever is first gets it. */
  usePortalLink(tokenSha256: string): Promise<PortalLink | null>;
  forgetPortalLinks(before: Instant): Promise<void>;
}

interface PortalPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
}

/** Long enough for a redirect over a slow line, and for whoever is asked something on the way. */
const PORTAL_LINK_MINUTES = 5;

export type WantedPortalLink = Pick<PortalLink, "account" | "role" | "name" | "returnUrl" | "language" | "isEmbedded">;

export type OpenedPortalLink =
  | { readonly kind: "opened"; readonly token: string; readonly expiresAt: Instant }
  | { readonly kind: "not_found" };

/** Makes a link for a buyer whom the seller's system has signed in. `keptAs`: how its secret stands in the answer that is kept. */
export async function openPortalLink(
  { ledger, clock }: PortalPorts,
  actor: Actor,
  wanted: WantedPortalLink,
  keptAs: (secret: string) => string,
): Promise<OpenedPortalLink> {
  return ledger.transaction(async (transaction): Promise<OpenedPortalLink> => {
    if (!(await transaction.account(wanted.account))) return { kind: "not_found" };
    const token = newSecret("osp");
    const at = clock.now();
    const expiresAt = instantOf(at + PORTAL_LINK_MINUTES * 60_000);
    await transaction.forgetPortalLinks(at);
    await transaction.insertPortalLink(hashOfSecret(token), { ...wanted, createdAt: at, expiresAt });
    await transaction.audit({
      ...{ at, actor, account: wanted.account, policyVersion: null },
      action: "portal_session.created",
      objectKind: "account",
      objectId: wanted.account,
      detail: { for: wanted.name, role: wanted.role },
    });
    return { kind: "opened", token: keptAs(token), expiresAt };
  });
}

export interface EnteredByPortal {
  readonly token: string;
  readonly expiresAt: Instant;
  readonly link: PortalLink;
}

/** Turns the link into a session, once; null when it was used, has ended, or never was. */
export async function enterByPortalLink(
  { ledger, clock }: PortalPorts,
  secret: string,
  from?: string,
): Promise<EnteredByPortal | null> {
  return ledger.transaction(async (transaction) => {
    const link = await transaction.usePortalLink(hashOfSecret(secret));
    const at = clock.now();
    if (!link || link.expiresAt <= at) return null;
    const { account, role, name, returnUrl, language } = link;
    const holder = { kind: "buyer", account, role, name } as const;
    const opened = await openSessionWithin(transaction, at, { holder, source: "portal", returnUrl, language }, from);
    return { ...opened, link };
  });
}
