import { expect } from "vitest";
import type { ContractJson, DecisionJson, OrderJson } from "../src/http/schemas.ts";
import type { TicketJson } from "../src/http/ticket-json.ts";
import { type Caller, caller, machine, type Problem, problemOf, read, stranger } from "../tests/http/caller.ts";
import type { TestServer } from "../tests/test-server.ts";
import { openSellerSystem, type SellerSystem } from "./seller-system.ts";
import type { StoryClock } from "./story-clock.ts";

type Server = Pick<TestServer, "url" | "apiKey">;

/** A refusal as the buyer met it: the same when the order is looked at and when its contract is requested (R24). */
export interface MetRefusal {
  readonly status: number;
  readonly code: string;
  readonly rule: string;
  readonly policyVersion: number;
  readonly sentence: { readonly "zh-CN": string; readonly en: string };
  readonly nextStep: Readonly<Record<string, string>>;
}

type ShownBill = {
  readonly state: string;
  readonly total: string;
  readonly contract: OrderJson["contract"];
  readonly decision: DecisionJson;
};

/** Somebody of a customer account, in the browser. */
interface Buyer extends Caller {
  sees(order: string): Promise<OrderJson>;
  seesBill(cycle: string): Promise<ShownBill>;
  /** Order numbers on a page: all on *Orders*, contractable on *Contracts*, unpaid on *Unpaid orders*. */
  finds(view: "all" | "contractable" | "unpaid"): Promise<readonly string[]>;
  /** 201: there is the contract. */
  requests(order: string, fields?: Readonly<Record<string, string>>): Promise<ContractJson>;
  requestsForBill(cycle: string): Promise<ContractJson>;
  isRefused(order: string): Promise<MetRefusal>;
  isRefusedForBill(cycle: string): Promise<MetRefusal>;
  showsContract(number: string): Promise<ContractJson>;
  /** The sealed file, as often as wanted (R5). */
  downloads(number: string): Promise<Buffer>;
  prints(document: "preview" | "checklist", order: string): Promise<Buffer>;
  opensTicket(order: string, message: string): Promise<TicketThreadJson>;
}

export interface TicketThreadJson extends TicketJson {
  readonly messages: readonly { readonly from: string; readonly author: string; readonly text: string }[];
  readonly attachments: readonly { readonly id: string; readonly name: string; readonly sha256: string }[];
}

/** Somebody at one of the seller's desks. */
interface DeskPerson extends Caller {
  /** Tickets of the own queue on this account. */
  finds(account: string): Promise<readonly TicketThreadJson[]>;
  voids(number: string, reason: string): Promise<ContractJson>;
  resolves(ticket: string, pdf: Uint8Array): Promise<TicketThreadJson>;
  /** Drafts the current rules with these changes. */
  drafts(changes: Readonly<Record<string, unknown>>): Promise<void>;
  /** Answers the version that was published. */
  publishes(): Promise<number>;
}

export interface People {
  readonly seller: SellerSystem;
  readonly buyer: Buyer;
  /** Two of the contract desk, and one of the marketplace desk. */
  readonly desk: DeskPerson;
  readonly colleague: DeskPerson;
  readonly marketplaceDesk: DeskPerson;
  readonly anybody: Caller;
  buyerOf(account: string): Buyer;
}

export function openPeople(server: Server, clock: StoryClock, account: string): People {
  const signed = (who: Who): Caller => signedIn(server, clock, who);
  const buyerOf = (of: string): Buyer => buyerAt(signed({ account: of }), of);
  return {
    seller: openSellerSystem(machine(server), clock, account),
    buyer: buyerOf(account),
    desk: deskAt(signed({ desk: "contract-desk-1" })),
    colleague: deskAt(signed({ desk: "contract-desk-2" })),
    marketplaceDesk: deskAt(signed({ desk: "marketplace-desk" })),
    anybody: stranger(server),
    buyerOf,
  };
}

type Who = { readonly account: string } | { readonly desk: string };

/** Signs in anew with every page of the diary: sessions last twelve hours. */
function signedIn(server: Server, clock: StoryClock, who: Who): Caller {
  let opened: { readonly since: number; readonly caller: Caller } | null = null;
  const session = async (): Promise<Caller> => {
    if (opened?.since !== clock.now()) {
      const response = await stranger(server).post("/v1/demo/sessions", who);
      expect(response.status).toBe(204);
      const cookie = response.headers.getSetCookie().join().replace(/;.*$/, "");
      opened = { since: clock.now(), caller: caller(server.url, { cookie }) };
    }
    return opened.caller;
  };
  return {
    get: async (path, headers) => (await session()).get(path, headers),
    post: async (path, body, headers) => (await session()).post(path, body, headers),
    put: async (path, body, headers) => (await session()).put(path, body, headers),
    send: async (method, path, headers, body) => (await session()).send(method, path, headers, body),
  };
}

function buyerAt(own: Caller, account: string): Buyer {
  const bill = (cycle: string): string => `/v1/bills/${account}/${cycle}`;
  const refusedAt = (shown: string) => meetRefusal(own, shown);
  return {
    ...own,
    sees: (order) => good(own.get(`/v1/orders/${order}`)),
    seesBill: (cycle) => good(own.get(bill(cycle))),
    finds: async (view) => {
      const { items } = await good<{ items: readonly OrderJson[] }>(own.get(`/v1/orders?view=${view}`));
      return items.map(({ order }) => order);
    },
    requests: (order, fields = {}) => good(own.post(`/v1/orders/${order}/contract`, fields), 201),
    requestsForBill: (cycle) => good(own.post(`${bill(cycle)}/contract`, {}), 201),
    isRefused: (order) => refusedAt(`/v1/orders/${order}`),
    isRefusedForBill: (cycle) => refusedAt(bill(cycle)),
    showsContract: (number) => good(own.get(`/v1/contracts/${number}`)),
    downloads: (number) => bytes(own.get(`/v1/contracts/${number}/document.pdf`)),
    prints: (document, order) => bytes(own.get(`/v1/orders/${order}/${document}.pdf`)),
    opensTicket: (order, message) => good(own.post("/v1/tickets", { order, message }), 201),
  };
}

function deskAt(own: Caller): DeskPerson {
  return {
    ...own,
    finds: async (account) => {
      const page = await good<{ items: readonly TicketJson[] }>(own.get(`/v1/tickets?account=${account}`));
      return Promise.all(page.items.map(({ ticket }) => good<TicketThreadJson>(own.get(`/v1/tickets/${ticket}`))));
    },
    voids: (number, reason) => good(own.post(`/v1/contracts/${number}/void`, { reason })),
    resolves: (ticket, pdf) => good(sendPdf(own, `/v1/tickets/${ticket}/resolve`, pdf)),
    drafts: async (changes) => {
      const { rules } = await good<{ rules: object }>(own.get("/v1/policy"));
      await good(own.put("/v1/policy/draft", { ...rules, ...changes }));
    },
    publishes: async () => (await good<{ version: number }>(own.post("/v1/policy/draft/publish"))).version,
  };
}

export function sendPdf(who: Caller, path: string, pdf: Uint8Array): Promise<Response> {
  return who.send("POST", path, { "content-type": "application/pdf" }, new Uint8Array(pdf));
}

/** Looks at the order or bill and requests all the same, in both languages: one refusal, at every door alike. */
async function meetRefusal(own: Caller, path: string): Promise<MetRefusal> {
  const [chinese, english] = [await refusalIn(own, path, "zh-CN"), await refusalIn(own, path, "en")];
  const { action, label: _label, sentence: _sentence, ...facts } = english.nextStep ?? {};
  return {
    status: english.status,
    code: english.code,
    rule: english.rule ?? "",
    policyVersion: english.policyVersion ?? 0,
    sentence: { "zh-CN": chinese.detail, en: english.detail },
    nextStep: { action: action ?? "", ...facts },
  };
}

async function refusalIn(own: Caller, path: string, language: string): Promise<Problem> {
  const headers = { "accept-language": language };
  const { decision } = await good<{ decision: DecisionJson }>(own.get(path, headers));
  const problem = await problemOf(await own.post(`${path}/contract`, {}, headers));
  const { title, code, rule, policyVersion, nextStep, detail: sentence } = problem;
  expect(decision).toEqual({ kind: "refuse", title, code, rule, policyVersion, nextStep, sentence });
  expect(problem.type).toBe(`/problems/${code}`);
  for (const said of [title, sentence, nextStep?.label, nextStep?.sentence]) expect(said).toMatch(/\S/);
  return problem;
}

/** The answer, which must be a good one; a problem is told as it was answered. */
export async function good<Shape>(answer: Promise<Response>, status = 200): Promise<Shape> {
  const response = await answer;
  if (response.status !== status) throw new Error(`answered ${response.status}: ${await response.text()}`);
  return read<Shape>(response);
}

export async function bytes(answer: Promise<Response>): Promise<Buffer> {
  const response = await answer;
  if (response.status !== 200) throw new Error(`answered ${response.status}: ${await response.text()}`);
  return Buffer.from(await response.arrayBuffer());
}
