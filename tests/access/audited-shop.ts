import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import { watchChain } from "../../src/application/watch-chain.ts";
import { billBody } from "../http/bill-body.ts";
import { buyer, type Caller, desk, machine, read } from "../http/caller.ts";
import { postPdf, scannedPdf } from "../http/offline-pdf.ts";
import { orderBody } from "../http/order-body.ts";
import { startTestServer, type TestServer } from "../test-server.ts";

/** What was done, by the names that the books have for it. */
export interface AuditedShop {
  readonly server: TestServer;
  /** Numbers of contracts: on an order, on a bill, voided, and entered by the desk. */
  readonly contracts: {
    readonly issued: string;
    readonly bill: string;
    readonly voided: string;
    readonly offline: string;
  };
  readonly tickets: { readonly open: string; readonly rejected: string };
  readonly endpoint: string;
  readonly apiKey: string;
  close(): Promise<void>;
}

const NAME = { "zh-CN": "某产品", en: "Some product" };
const SELLER = {
  legalName: { "zh-CN": "苏州某云有限公司", en: "Suzhou Some Cloud Co., Ltd." },
  registrationNumber: "91320500SOME000001",
  address: { "zh-CN": "苏州市某路1号", en: "1 Some Road, Suzhou" },
  contact: "a@b.example",
  numberPrefix: "SZMY",
  timeZone: "Asia/Shanghai",
  active: true,
};
const BESPOKE = [{ line: "1", product: "bespoke", quantity: "1", total: "1.00", tax: "0.00" }];
const WORDING = "/v1/sellers/demo-cloud/wording/draft";

/** A service in whose books is one of everything that the audit tells of, all of it done over the API and chained. */
export async function openAuditedShop(): Promise<AuditedShop> {
  const server = await startTestServer({ ORDERSEAL_WEBHOOK_NETWORKS: "127.0.0.0/8" });
  const [seller, enterprise] = [machine(server), await buyer(server, "demo-enterprise")];
  const [first, second] = [await desk(server, "contract-desk-1"), await desk(server, "contract-desk-2")];
  const administrator = await desk(server, "administrator");
  await putParties(seller);
  await publishRules(seller, first, second);
  const contracts = {
    issued: await contracted(seller, "ISSUED"),
    voided: await contracted(seller, "VOIDED"),
    bill: await onBill(seller),
  };
  await done(first.post(`/v1/contracts/${contracts.voided}/void`, { reason: "test" }));
  await done(seller.put("/v1/orders/ISSUED", orderBody({ revision: 2 })));
  const tickets = {
    open: await ticketOn(seller, enterprise, "OPEN"),
    rejected: await ticketOn(seller, enterprise, "NO"),
  };
  await done(first.post(`/v1/tickets/${tickets.open}/messages`, { text: "answer" }));
  await done(postPdf(enterprise, `/v1/tickets/${tickets.open}/attachments`, scannedPdf()));
  await done(first.post(`/v1/tickets/${tickets.rejected}/resolve`, { outcome: "rejected", reason: "no" }));
  const resolved = await ticketOn(seller, enterprise, "OFFLINE");
  await done(postPdf(first, `/v1/tickets/${resolved}/resolve`, scannedPdf()));
  const { endpoint } = await read<{ endpoint: string }>(
    await done(seller.post("/v1/webhook-endpoints", { url: "http://127.0.0.1:2099/a?token=1" })),
  );
  await done(seller.send("PATCH", `/v1/webhook-endpoints/${endpoint}`, JSON_TYPE, '{"active":false}'));
  const apiKey = await read<{ id: string }>(
    await done(administrator.post("/v1/api-keys", { name: "shop", scopes: ["orders:read"] })),
  );
  const [offline] = await numbersOn(server, "OFFLINE");
  await untilQuiet(server);
  return {
    server,
    contracts: { ...contracts, offline: offline ?? "" },
    tickets,
    endpoint,
    apiKey: apiKey.id,
    close: () => server.close(),
  };
}

/** On a busy machine the service writes down some of it after its answers: what is looked at afterwards must not grow. */
async function untilQuiet({ services }: TestServer): Promise<void> {
  for (let before = -1; ; ) {
    await watchChain(services);
    const { entries } = await services.database
      .selectFrom("audit_entries")
      .select(({ fn }) => fn.countAll<string>().as("entries"))
      .executeTakeFirstOrThrow();
    if (Number(entries) === before) return;
    before = Number(entries);
    await setTimeout(QUIET_MS);
  }
}

const QUIET_MS = 700;
const JSON_TYPE = { "content-type": "application/json" };

async function done(asked: Promise<Response>): Promise<Response> {
  const response = await asked;
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
  return response;
}

async function putParties(seller: Caller): Promise<void> {
  await done(seller.put("/v1/partners/p1", { kind: "consulting", name: "某咨询公司", contact: "021-0" }));
  const identity = { state: "verified", kind: "enterprise", legalName: "上海试验有限公司" };
  await done(seller.put("/v1/accounts/acct", { identity, servedBy: "p1" }));
  await done(seller.put("/v1/sellers/second", SELLER));
  await done(seller.put("/v1/products/some", { name: NAME, selfService: ["subscription"] }));
}

/** A policy by two persons, a draft that was thrown away and one that is open; and so for the words. */
async function publishRules(seller: Caller, first: Caller, second: Caller): Promise<void> {
  const { rules } = await read<{ rules: object }>(await seller.get("/v1/policy"));
  const draft = async (days: number) =>
    done(first.put("/v1/policy/draft", { ...rules, hold: { start: "request", count: "days", days } }));
  await draft(20);
  await draft(21);
  await done(second.post("/v1/policy/draft/publish"));
  await draft(22);
  for (const text of ["一", "二", "三"]) {
    const words = { title: { "zh-CN": "保密", en: "Secrecy" }, text: { "zh-CN": `${text}。`, en: `${text}.` } };
    await done(first.put(WORDING, { replaced: { "601": words }, omitted: [], added: [] }));
    if (text !== "三") await done(second.post(`${WORDING}/publish`));
  }
}

async function contracted(seller: Caller, order: string): Promise<string> {
  await done(seller.put(`/v1/orders/${order}`, orderBody()));
  return numberOf(await done(seller.post(`/v1/orders/${order}/contract`, {})));
}

async function onBill(seller: Caller): Promise<string> {
  await done(seller.put("/v1/bills/demo-enterprise/2026-02", billBody()));
  await done(seller.put("/v1/bills/demo-enterprise/2026-03", billBody({ state: "open" })));
  return numberOf(await done(seller.post("/v1/bills/demo-enterprise/2026-02/contract", {})));
}

async function ticketOn(seller: Caller, enterprise: Caller, order: string): Promise<string> {
  await done(seller.put(`/v1/orders/${order}`, orderBody({ lines: BESPOKE })));
  const opened = await done(enterprise.post("/v1/tickets", { order }));
  return (await read<{ ticket: string }>(opened)).ticket;
}

async function numberOf(response: Response): Promise<string> {
  return (await read<{ number: string }>(response)).number;
}

async function numbersOn({ services }: TestServer, order: string): Promise<readonly string[]> {
  const { rows } = await sql<{ number: string }>`SELECT number FROM contracts WHERE order_id = ${order}`.execute(
    services.database,
  );
  return rows.map(({ number }) => number);
}
