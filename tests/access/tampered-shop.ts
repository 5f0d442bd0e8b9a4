import { setTimeout } from "node:timers/promises";
import { expect } from "vitest";
import type { AuditFinding, WitnessedHead } from "../../src/application/audit-findings.ts";
import { watchChain } from "../../src/application/watch-chain.ts";
import { makeKey } from "../test-key.ts";
import { type AuditedShop, openAuditedShop } from "./audited-shop.ts";
import { makeProposal } from "./proposed-voiding.ts";
import { afterTampering } from "./tampering.ts";

/** What comes first among what is found. */
export type Expected = Partial<Pick<AuditFinding, "fault" | "position" | "batch" | "event">> & {
  readonly object?: { readonly kind: string };
};
type Statements = readonly string[] | (() => readonly string[]);
export type Case = readonly [what: string, statements: Statements, expected: Expected | (() => Expected)];

/** Books with one of everything, all of it chained, and what an insider can try on them. */
export interface TamperedShop extends AuditedShop {
  /** Of a proposal that is open. */
  readonly proposal: string;
  /** Where the chain is, as somebody has noted it elsewhere. */
  readonly head: WitnessedHead & { readonly position: number };
  expectDetected(statements: Statements, expected: Case[2]): Promise<void>;
}

export async function openTamperedShop(): Promise<TamperedShop> {
  const shop = await openAuditedShop();
  const { services } = shop.server;
  const settle = async () => {
    const waiting = services.database.selectFrom("outbox").select("event_id").where("position", "is", null);
    // Until every event has its position and all is chained: what is compared should not change meanwhile.
    while ((await waiting.execute()).length > 0) await setTimeout(50);
    await watchChain(services);
  };
  const proposal = await makeProposal(shop.server);
  await settle();
  // The last batch is of an entry and of no event.
  await makeKey(services, "last");
  await settle();
  const head = await services.chain.head();
  if (!head) throw new Error("nothing is chained");
  return {
    ...shop,
    proposal,
    head,
    async expectDetected(statements, expected) {
      const list = typeof statements === "function" ? statements() : statements;
      const { audit } = await afterTampering(services, list, [head]);
      expect(audit.first).toMatchObject(typeof expected === "function" ? expected() : expected);
    },
  };
}
