import { afterAll, beforeAll, expect, test } from "vitest";
import { largeContract } from "../access/proposed-voiding.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, desk, machine, problemOf, read } from "./caller.ts";
import { orderBody } from "./order-body.ts";

let server: TestServer;
let agent: Caller;
beforeAll(async () => {
  server = await startTestServer();
  agent = await desk(server, "contract-desk-1");
});
afterAll(() => server.close());

interface Entry {
  readonly action: string;
  readonly actor: { readonly kind: string; readonly id: string };
  readonly detail: Readonly<Record<string, unknown>>;
}

async function history(path: string, who: Caller = agent): Promise<readonly Entry[]> {
  const response = await who.get(`${path}/history`);
  expect(response.status).toBe(200);
  return (await read<{ items: Entry[] }>(response)).items;
}

const actions = async (path: string) => (await history(path)).map(({ action }) => action);

test("what happened to a contract, newest first, with who did it and why", async () => {
  const order = await newOrder("HISTORY-1");
  const { number } = await read<{ number: string }>(await machine(server).post(`/v1/orders/${order}/contract`, {}));
  const voided = await agent.post(`/v1/contracts/${number}/void`, { reason: "客户名称有误" });
  expect(voided.status).toBe(200);
  const path = `/v1/contracts/${number}`;
  await expect.poll(() => actions(path)).toEqual(["contract.voided", "contract.issued", "contract.requested"]);
  const [newest] = await history(path);
  expect(newest).toEqual({
    id: expect.any(String),
    at: expect.any(String),
    actor: { kind: "desk", id: "contract-desk-1" },
    action: "contract.voided",
    object: { kind: "contract", id: number },
    policyVersion: 1,
    detail: { reason: "客户名称有误", standing: "void" },
  });
});

test("to the history of a contract belongs who proposed to void it, and what was decided of that", async () => {
  const number = await largeContract(server);
  const proposed = await agent.post(`/v1/contracts/${number}/void`, { reason: "金额有误" });
  const { id } = await read<{ id: string }>(proposed);
  expect(proposed.status).toBe(202);
  expect((await (await desk(server, "contract-desk-2")).post(`/v1/proposals/${id}/reject`)).status).toBe(200);
  await expect
    .poll(() => actions(`/v1/contracts/${number}`))
    .toEqual(["proposal.rejected", "proposal.made", "contract.issued", "contract.requested"]);
});

test("what happened to an order, page by page, and of no other order", async () => {
  const order = await newOrder("HISTORY-2");
  await newOrder("HISTORY-20");
  const status = { state: "cancelled", cancelledAt: "2026-11-20T03:00:00Z" } as const;
  await machine(server).put(
    `/v1/orders/${order}`,
    orderBody({ revision: 2, occurredAt: "2026-11-20T03:00:00Z", status }),
  );
  await expect.poll(() => actions(`/v1/orders/${order}`)).toEqual(["order.updated", "order.created"]);
  const first = await read<{ items: Entry[]; next: string }>(await agent.get(`/v1/orders/${order}/history?limit=1`));
  const second = await read<{ items: Entry[]; next: string | null }>(
    await agent.get(`/v1/orders/${order}/history?limit=1&cursor=${first.next}`),
  );
  expect([...first.items, ...second.items].map(({ action }) => action)).toEqual(["order.updated", "order.created"]);
  expect(second.next).toBeNull();
});

test("everybody of the seller reads it, and nobody else; the caller's address is for the audit alone", async () => {
  const order = await newOrder("HISTORY-3");
  const path = `/v1/orders/${order}`;
  await expect.poll(() => actions(path)).toEqual(["order.created"]);
  for (const person of ["marketplace-desk", "administrator", "auditor"] as const) {
    const [entry] = await history(path, await desk(server, person));
    expect([person, Object.keys(entry ?? {}).sort()]).toEqual([
      person,
      ["action", "actor", "at", "detail", "id", "object", "policyVersion"],
    ]);
  }
  for (const outsider of [machine(server), await buyer(server, "demo-enterprise")]) {
    expect((await problemOf(await outsider.get(`${path}/history`))).code).toBe("not_allowed");
  }
});

async function newOrder(order: string): Promise<string> {
  const response = await machine(server).put(`/v1/orders/${order}`, orderBody());
  expect(response.status).toBe(200);
  return order;
}
