import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { OrderDocument } from "../src/application/order-document.ts";

/** Talks to one Orderseal as a machine does: over HTTP, connections kept open. */
export interface Client {
  /** Throws unless every order was taken. */
  importOrders(orders: readonly OrderDocument[]): Promise<void>;
  /**
   * POST /v1/orders/{order}/contract until the contract is issued: 201, or on a machine that is very busy 202 and the
   * sealed file some time later, which counts as waiting. Returns the contract's number.
   */
  requestContract(order: string): Promise<string>;
  /** A page of GET /v1/orders; how many there are on it, and where the next one begins. */
  listOrders(
    query: Readonly<Record<string, string>>,
  ): Promise<{ readonly count: number; readonly next: string | null }>;
  /** The sealed file. */
  download(number: string): Promise<Buffer>;
  close(): void;
}

const POLL_MS = 20;

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** On `node:http`: the client shares the cores with what it measures, so it does as little as it can. */
export function openClient(url: string, apiKey: string): Client {
  const agent = new Agent({ keepAlive: true });
  const ask = (method: string, path: string, type?: string, body?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${apiKey}`,
        ...(type === undefined ? {} : { "content-type": type }),
        ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }),
      };
      const sent = request(new URL(path, url), { method, agent, headers }, (reply) => {
        const chunks: Buffer[] = [];
        reply.on("data", (chunk: Buffer) => chunks.push(chunk));
        reply.on("error", reject);
        reply.on("end", () => resolve({ status: reply.statusCode ?? 0, body: Buffer.concat(chunks) }));
      });
      sent.on("error", reject);
      sent.end(body);
    });
  return {
    async importOrders(orders) {
      const body = orders.map((order) => `${JSON.stringify(order)}\n`).join("");
      const answer = insist(await ask("POST", "/v1/orders:import", "application/x-ndjson", body), 200);
      const created = answer.toString("utf8").split('"outcome":"created"').length - 1;
      if (created !== orders.length) throw new Error(`${created} of ${orders.length} orders were taken`);
    },
    async listOrders(query) {
      const answer = insist(await ask("GET", `/v1/orders?${new URLSearchParams(query)}`), 200);
      const { items, next } = JSON.parse(answer.toString("utf8")) as { items: readonly unknown[]; next: string | null };
      return { count: items.length, next };
    },
    async requestContract(order) {
      const answer = await ask("POST", `/v1/orders/${order}/contract`, "application/json", "{}");
      const { number } = contractIn(insist(answer, answer.status === 202 ? 202 : 201));
      if (answer.status === 202) {
        const path = `/v1/contracts/${number}`;
        while (contractIn(insist(await ask("GET", path), 200)).state !== "issued") await sleep(POLL_MS);
      }
      return number;
    },
    download: async (number) => insist(await ask("GET", `/v1/contracts/${number}/document.pdf`), 200),
    close: () => agent.destroy(),
  };
}

function contractIn(body: Buffer): { readonly number: string; readonly state: string } {
  return JSON.parse(body.toString("utf8"));
}

function insist({ status, body }: Answer, expected: number): Buffer {
  if (status !== expected) throw new Error(`${status} instead of ${expected}: ${body.toString("utf8").slice(0, 500)}`);
  return body;
}
