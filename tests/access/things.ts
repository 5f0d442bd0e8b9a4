import { randomUUID } from "node:crypto";
import { contractNumber } from "../../src/domain/contract-number.ts";
import { billBody } from "../http/bill-body.ts";
import { type Caller, machine, read } from "../http/caller.ts";
import { postPdf, scannedPdf } from "../http/offline-pdf.ts";
import { orderBody } from "../http/order-body.ts";
import type { TestServer } from "../test-server.ts";
import { buyerByPortal } from "./callers.ts";
import { given, PNG } from "./sample-evidence.ts";

/** What a route may be asked about, of one account; or well-formed names of things that do not exist. */
export interface Things {
  readonly account: string;
  /** Paid, and without a contract until somebody requests it. */
  readonly order: string;
  /** Unpaid. */
  readonly unpaid: string;
  /** Not self-service: a ticket can be opened from it. */
  readonly unusual: string;
  readonly cycle: string;
  readonly contract: string;
  readonly ticket: string;
  readonly attachment: string;
  readonly evidence: string;
  readonly profile: string;
}

/** The account with one of everything, as the seller's systems and its people have made it. */
export async function makeThings(
  server: Pick<TestServer, "url" | "apiKey">,
  account: string,
  name: string,
): Promise<Things> {
  const seller = machine(server);
  const identity = { state: "verified", kind: "enterprise", legalName: `${name}示例有限公司` };
  await must(seller.put(`/v1/accounts/${account}`, { identity }));
  const order = async (suffix: string, changes: Parameters<typeof orderBody>[0] = {}): Promise<string> => {
    const id = `${name}-${suffix}`;
    await must(seller.put(`/v1/orders/${id}`, orderBody({ account, ...changes })));
    return id;
  };
  const line = { line: "1", product: "bespoke", quantity: "1", total: "106.00", tax: "6.00" };
  const now = new Date().toISOString();
  const unpaid = { occurredAt: now, placedAt: now, status: { state: "unpaid" } } as const;
  const contracted = await order("CONTRACTED");
  const issued = await must(seller.post(`/v1/orders/${contracted}/contract`, {}));
  const { number } = await read<{ number: string }>(issued);
  await must(seller.put(`/v1/bills/${account}/2026-01`, billBody()));
  const { ticket, attachment } = await makeTicket(seller, await order("TICKETED", { lines: [line] }));
  return {
    account,
    order: await order("PLAIN"),
    unpaid: await order("UNPAID", unpaid),
    unusual: await order("UNUSUAL", { lines: [line] }),
    cycle: "2026-01",
    ...{ contract: number, ticket, attachment },
    evidence: (await given(seller, account, "image/png", PNG)).id,
    profile: await makeProfile(server, account),
  };
}

/** Names as real ones are spelled, of nothing at all. */
export function nothing(): Things {
  return {
    account: "nobody-at-all",
    ...{ order: "ABSENT-PLAIN", unpaid: "ABSENT-UNPAID", unusual: "ABSENT-UNUSUAL", cycle: "2026-01" },
    contract: contractNumber("DEMO", "202601", 999_999),
    ...{ ticket: randomUUID(), attachment: randomUUID(), evidence: randomUUID(), profile: randomUUID() },
  };
}

async function makeTicket(seller: Caller, order: string): Promise<Pick<Things, "ticket" | "attachment">> {
  const { ticket } = await read<{ ticket: string }>(await must(seller.post("/v1/tickets", { order })));
  await must(postPdf(seller, `/v1/tickets/${ticket}/attachments?name=scan.pdf`, scannedPdf()));
  const { attachments } = await read<{ attachments: { id: string }[] }>(await seller.get(`/v1/tickets/${ticket}`));
  return { ticket, attachment: attachments[0]?.id ?? "" };
}

async function makeProfile(server: Pick<TestServer, "url" | "apiKey">, account: string): Promise<string> {
  const requester = await buyerByPortal(server, account, "requester");
  const kept = await must(requester.post(`/v1/accounts/${account}/contact-profiles`, { label: "采购部" }));
  return (await read<{ id: string }>(kept)).id;
}

async function must(response: Promise<Response>): Promise<Response> {
  const answered = await response;
  if (answered.ok) return answered;
  throw new Error(`${answered.status} ${answered.url}: ${await answered.text()}`);
}
