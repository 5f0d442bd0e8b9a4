import { parseBillDocument } from "./application/bill-document.ts";
import { parseOrderDocument } from "./application/order-document.ts";
import type { Actor, Clock, GlyphCoverage, Identifiers, Ledger, SealDrawing } from "./application/ports.ts";
import { putAccount, putPartner, putSeller } from "./application/put-parties.ts";
import { recordBill } from "./application/record-bill.ts";
import { recordOrder } from "./application/record-order.ts";
import { demoBills, demoOrders } from "./demo-orders.ts";
import {
  DEMO_ACCOUNTS,
  DEMO_MARKETPLACE_SELLER,
  DEMO_PARTNER,
  DEMO_SELLER,
  DEMO_SELLER_WITHOUT_SEAL,
} from "./demo-parties.ts";
import type { InputFault } from "./domain/input-fault.ts";
import type { Result } from "./domain/result.ts";

const ACTOR: Actor = { kind: "system", id: "demo" };

interface DemoPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly glyphs: GlyphCoverage;
  readonly identifiers: Identifiers;
}

/** Keys for the two sellers that can seal; made once, before the key ring is read. */
export async function makeKeysOfDemo(directory: string, now: Date): Promise<void> {
  const sellers = [DEMO_SELLER, DEMO_MARKETPLACE_SELLER];
  // Loaded at the one start that makes keys.
  const { makeDemoKeys } = await import("./document/demo-keys.ts");
  await makeDemoKeys(
    directory,
    sellers.map(({ id, legalName }) => ({ id, legalName: legalName["zh-CN"] })),
    now,
  );
}

/** Gives an empty installation its demonstration sellers, so that what is imported can be sealed. */
export async function ensureDemoSellers(ports: DemoPorts & { readonly sealDrawing: SealDrawing }): Promise<void> {
  if (await ports.ledger.defaultSeller()) return;
  for (const seller of [DEMO_SELLER, DEMO_MARKETPLACE_SELLER, DEMO_SELLER_WITHOUT_SEAL]) {
    insist(await putSeller(ports, ACTOR, { ...seller, canSeal: true, quotaLeft: null }));
  }
}

/** Accounts, orders and bills to look at; put in once, and left alone when they are there. */
export async function ensureDemoOrders(ports: DemoPorts): Promise<void> {
  insist(await putPartner(ports, ACTOR, DEMO_PARTNER));
  for (const account of DEMO_ACCOUNTS) insist(await putAccount(ports, ACTOR, account));
  for (const document of demoOrders(ports.clock.now())) {
    const order = parseOrderDocument(document, { seller: DEMO_SELLER.id });
    if (!order.ok) throw new Error(`a demo order is not valid: ${order.fault.message.en}`);
    if ((await ports.ledger.accountOfOrder(order.value.id)) === null)
      insist(await recordOrder(ports, ACTOR, order.value));
  }
  for (const { account, cycle, document } of demoBills(ports.clock.now(), DEMO_SELLER.timeZone)) {
    const bill = parseBillDocument(document, { account, cycle, seller: DEMO_SELLER.id });
    if (!bill.ok) throw new Error(`a demo bill is not valid: ${bill.fault.message.en}`);
    if ((await ports.ledger.bill(account, cycle)) === null) insist(await recordBill(ports, ACTOR, bill.value));
  }
}

function insist(result: Result<unknown, InputFault>): void {
  if (!result.ok) throw new Error(`the demo cannot be put in: ${result.fault.message.en}`);
}
