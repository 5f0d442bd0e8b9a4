import { expect } from "vitest";
import type { ContractJson } from "../../src/http/schemas.ts";
import type { TestServer } from "../test-server.ts";
import { billBody } from "./bill-body.ts";
import { buyer, type Caller, desk, machine, read } from "./caller.ts";
import { scannedPdf } from "./offline-pdf.ts";
import { orderBody } from "./order-body.ts";
import type { Thread } from "./ticket-thread.ts";

/** Something that can be asked for once: with what it was first asked for, or with something else. */
export interface Subject {
  send(key: string, what?: "first" | "other"): Promise<Response>;
}

export interface RepeatableRoute {
  readonly operation: string;
  /** What the first request is answered with. */
  readonly status: number;
  /** What the audit is told each time that it is done. */
  readonly action: string;
  /** Each of several things has an answer of its own, so that another thing under the same key is no other body. */
  readonly answersEach?: boolean;
  /** A new thing of the account to ask for it of; policy and wording belong to none. */
  begin(account?: string): Promise<Subject>;
}

interface BatchResult {
  readonly outcome: string;
  readonly problem: { readonly status: number } | null;
}

/** Every route that takes an Idempotency-Key, against the running product. */
export async function repeatableRoutes(server: TestServer): Promise<readonly RepeatableRoute[]> {
  const seller = machine(server);
  const [first, second] = await Promise.all([desk(server, "contract-desk-1"), desk(server, "contract-desk-2")]);
  const administrator = await desk(server, "administrator");
  let running = 0;
  const order = async (account = "demo-enterprise", product = "ecs"): Promise<string> => {
    const id = `REPEATED-${++running}`;
    const line = { line: "1", product, quantity: "1", total: "106.00", tax: "6.00" };
    expect((await seller.put(`/v1/orders/${id}`, orderBody({ account, lines: [line] }))).status).toBe(200);
    return id;
  };
  const ticket = async (account = "demo-enterprise"): Promise<string> => {
    const opened = await seller.post("/v1/tickets", { order: await order(account, "bespoke") });
    return (await read<Thread>(opened)).ticket;
  };
  const contacts = { first: { contact: "甲" }, other: { contact: "乙" } } as const;
  const pdfs = { first: scannedPdf(), other: scannedPdf() } as const;

  return [
    route("requestContract", 201, "contract.requested", async (account) => {
      const path = `/v1/orders/${await order(account)}/contract`;
      return json(seller, path, contacts);
    }),
    route("requestBillContract", 201, "contract.requested", async (account = "demo-enterprise") => {
      const month = ++running;
      const cycle = `${2010 + Math.floor(month / 12)}-${String(1 + (month % 12)).padStart(2, "0")}`;
      const bill = `/v1/bills/${account}/${cycle}`;
      expect((await seller.put(bill, billBody())).status).toBe(200);
      return json(seller, `${bill}/contract`, contacts);
    }),
    {
      ...route("requestContracts", 200, "contract.requested", async (account) =>
        batch(seller, await order(account), contacts),
      ),
      answersEach: true,
    },
    route("openTicket", 201, "ticket.opened", async (account) => {
      const id = await order(account, "bespoke");
      return json(seller, "/v1/tickets", {
        first: { order: id, message: "请尽快" },
        other: { order: id, message: "不急" },
      });
    }),
    route("answerTicket", 201, "ticket.answered", async (account = "demo-enterprise") =>
      json(await buyer(server, account), `/v1/tickets/${await ticket(account)}/messages`, {
        first: { text: "甲" },
        other: { text: "乙" },
      }),
    ),
    route("attachToTicket", 201, "ticket.attached", async (account = "demo-enterprise") =>
      pdf(await buyer(server, account), `/v1/tickets/${await ticket(account)}/attachments?name=a.pdf`, pdfs),
    ),
    route("resolveTicket", 200, "ticket.resolved", async (account) =>
      pdf(first, `/v1/tickets/${await ticket(account)}/resolve`, { first: scannedPdf(), other: scannedPdf() }),
    ),
    route("resolveTicket", 200, "ticket.rejected", async (account) =>
      json(first, `/v1/tickets/${await ticket(account)}/resolve`, {
        first: { outcome: "rejected", reason: "资料不全" },
        other: { outcome: "rejected", reason: "资料有误" },
      }),
    ),
    route("voidContract", 200, "contract.voided", async (account) => {
      const requested = await seller.post(`/v1/orders/${await order(account)}/contract`, {});
      const { number } = await read<ContractJson>(requested);
      return json(first, `/v1/contracts/${number}/void`, { first: { reason: "甲" }, other: { reason: "乙" } });
    }),
    route("createPortalSession", 201, "portal_session.created", async (account = "demo-enterprise") => {
      const [first, other] = [
        { account, actor: `甲 ${++running}` },
        { account, actor: "乙" },
      ];
      return json(seller, "/v1/portal-sessions", { first, other });
    }),
    route("giveEvidence", 201, "evidence.given", async (account = "demo-enterprise") => {
      const facts = { method: "对公打款", verifiedAt: "2026-11-01T08:00:00Z", verifiedBy: "银行" };
      return json(seller, `/v1/accounts/${account}/evidence?kind=bank_verification`, {
        first: { ...facts, reference: `甲 ${++running}` },
        other: { ...facts, reference: "乙" },
      });
    }),
    route("createContactProfile", 201, "contact_profile.created", async (account = "demo-enterprise") =>
      json(await buyer(server, account), `/v1/accounts/${account}/contact-profiles`, {
        first: { label: `甲 ${++running}`, contact: "甲" },
        other: { label: "乙" },
      }),
    ),
    route("publishPolicy", 200, "policy.published", async () => {
      const { rules } = await read<{ rules: { hold: object } }>(await seller.get("/v1/policy"));
      const hold = { ...rules.hold, days: 10 + ++running };
      expect((await first.put("/v1/policy/draft", { ...rules, hold })).status).toBe(200);
      return json(second, "/v1/policy/draft/publish", null);
    }),
    route("publishWording", 200, "wording.published", async () => {
      const draft = "/v1/sellers/demo-cloud/wording/draft";
      const words = (en: string) => ({ title: { "zh-CN": "保密", en }, text: { "zh-CN": "双方保密。", en } });
      const replaced = { "601": words(`Secrecy ${++running}`) };
      expect((await first.put(draft, { replaced, omitted: [], added: [] })).status).toBe(200);
      return json(second, `${draft}/publish`, null);
    }),
    route("createWebhookEndpoint", 201, "webhook_endpoint.created", async () => {
      // Nobody listens there; what is asked for here is set up all the same.
      const of = (path: string) => ({ url: `http://127.0.0.1:49151/${path}-${++running}` });
      return json(first, "/v1/webhook-endpoints", { first: of("first"), other: of("other") });
    }),
    route("createApiKey", 201, "api_key.created", async () =>
      json(administrator, "/v1/api-keys", { first: { name: `甲 ${++running}` }, other: { name: "乙" } }),
    ),
  ];
}

function route(operation: string, status: number, action: string, begin: RepeatableRoute["begin"]): RepeatableRoute {
  return { operation, status, action, begin };
}

function json(caller: Caller, path: string, bodies: { first: unknown; other: unknown } | null): Subject {
  return { send: (key, what = "first") => caller.post(path, bodies?.[what], { "idempotency-key": key }) };
}

/** A batch of one order, whose own answer is taken for the response's. */
function batch(caller: Caller, order: string, details: { first: object; other: object }): Subject {
  return {
    send: async (key, what = "first") => {
      const body = { orders: [order], ...details[what] };
      const response = await caller.post("/v1/contracts:batch", body, { "idempotency-key": key });
      const { items } = await read<{ items: readonly BatchResult[] }>(response.clone());
      const { outcome, problem } = items[0] ?? { outcome: "none", problem: null };
      const headers = { "content-type": "application/problem+json; charset=utf-8" };
      if (problem) return new Response(JSON.stringify(problem), { status: problem.status, headers });
      return outcome === "issuing" ? new Response(null, { status: 202 }) : response;
    },
  };
}

function pdf(caller: Caller, path: string, files: { first: Buffer; other: Buffer }): Subject {
  const type = { "content-type": "application/pdf" };
  return {
    send: (key, what = "first") =>
      caller.send("POST", path, { ...type, "idempotency-key": key }, new Uint8Array(files[what])),
  };
}
