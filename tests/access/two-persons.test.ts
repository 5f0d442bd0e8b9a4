import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Caller, desk, machine, problemOf, read } from "../http/caller.ts";
import { orderBody } from "../http/order-body.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { largeContract } from "./proposed-voiding.ts";

let server: TestServer;
let first: Caller;
let second: Caller;
beforeAll(async () => {
  server = await startTestServer();
  [first, second] = [await desk(server, "contract-desk-1"), await desk(server, "contract-desk-2")];
});
afterAll(() => server.close());

interface ProposalJson {
  readonly id: string;
  readonly state: string;
  readonly mine: boolean;
  readonly mayDecide: boolean;
}

async function propose(number: string, caller = first): Promise<ProposalJson> {
  const response = await caller.post(`/v1/contracts/${number}/void`, { reason: "金额有误" });
  expect(response.status).toBe(202);
  return read<ProposalJson>(response);
}

const decide = (caller: Caller, { id }: { id: string }, verdict: string) =>
  caller.post(`/v1/proposals/${id}/${verdict}`);
const standingOf = async (number: string) =>
  (await read<{ standing: string }>(await first.get(`/v1/contracts/${number}`))).standing;

describe("voiding a contract above the policy's amount (R22)", () => {
  test("takes two persons: one proposes, another approves, and both are recorded", async () => {
    const number = await largeContract(server);
    const proposal = await propose(number);
    expect(proposal).toMatchObject({
      ...{ kind: "void_contract", object: number, reason: "金额有误", state: "open", proposedBy: "contract-desk-1" },
      ...{ detail: { total: "100000.01", currency: "CNY" }, mine: true, mayDecide: false, decidedBy: null },
    });
    expect(await standingOf(number)).toBe("in_force");
    const { items } = await read<{ items: ProposalJson[] }>(await second.get("/v1/proposals?state=open"));
    expect(items[0]).toMatchObject({ id: proposal.id, mine: false, mayDecide: true });
    const approved = await decide(second, proposal, "approve");
    expect([approved.status, await read(approved)]).toMatchObject([
      200,
      { state: "approved", decidedBy: "contract-desk-2", mayDecide: false },
    ]);
    expect(await standingOf(number)).toBe("void");
    const { rows } = await sql`SELECT action, actor, detail FROM audit_entries
      WHERE object_id IN (${number}, ${proposal.id}) AND action <> 'contract.requested' AND action <> 'contract.issued'
      ORDER BY entry_id`.execute(server.services.database);
    expect(rows).toMatchObject([
      { action: "proposal.made", actor: "contract-desk-1" },
      { action: "contract.voided", actor: "contract-desk-2", detail: { reason: "金额有误" } },
      {
        action: "proposal.approved",
        actor: "contract-desk-2",
        detail: { proposedBy: "contract-desk-1", object: number },
      },
    ]);
  });

  test("is not done by one, however often they ask, nor by another name of the same person", async () => {
    const number = await largeContract(server);
    const proposal = await propose(number);
    expect((await propose(number)).id).toBe(proposal.id);
    expect(await problemOf(await decide(first, proposal, "approve"))).toMatchObject({ code: "second_person_needed" });
    expect(await problemOf(await decide(first, proposal, "reject"))).toMatchObject({ code: "second_person_needed" });
    // The other one asks for the same: that is no approval, they have to say that it is.
    expect((await propose(number, second)).id).toBe(proposal.id);
    expect(await standingOf(number)).toBe("in_force");
  });

  test("is turned down by the other person or taken back by the one, after which it may be proposed again", async () => {
    const number = await largeContract(server);
    const turnedDown = await propose(number);
    expect(await problemOf(await decide(second, turnedDown, "withdraw"))).toMatchObject({ code: "not_allowed" });
    expect((await decide(second, turnedDown, "reject")).status).toBe(200);
    const takenBack = await propose(number);
    expect(takenBack.id).not.toBe(turnedDown.id);
    expect((await decide(first, takenBack, "withdraw")).status).toBe(200);
    for (const verdict of ["approve", "reject"]) {
      expect(await problemOf(await decide(second, takenBack, verdict))).toMatchObject({ code: "proposal_decided" });
    }
    expect(await standingOf(number)).toBe("in_force");
  });

  test("is done once, however many approve at the same time", async () => {
    const number = await largeContract(server);
    const proposal = await propose(number);
    const answers = await Promise.all(Array.from({ length: 8 }, () => decide(second, proposal, "approve")));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 409)]);
  });

  test("is over when the order is cancelled meanwhile; the proposal stays and can be taken back", async () => {
    const number = await largeContract(server);
    const proposal = await propose(number);
    const { order } = await read<{ order: string }>(await first.get(`/v1/contracts/${number}`));
    const status = { state: "cancelled", cancelledAt: "2026-03-03T00:00:00Z" } as const;
    const lines = [{ line: "1", product: "ecs", quantity: "1", total: "100000.01", tax: "0.00" }];
    const cancelled = orderBody({ revision: 2, lines, status, occurredAt: "2026-03-03T00:00:00Z" });
    expect((await machine(server).put(`/v1/orders/${order}`, cancelled)).status).toBe(200);
    expect(await problemOf(await decide(second, proposal, "approve"))).toMatchObject({ code: "contract_already_void" });
    expect((await decide(first, proposal, "withdraw")).status).toBe(200);
  });

  test.each([
    ["at the amount", "100000.00", "CNY", 200],
    ["a fen above", "100000.01", "CNY", 202],
    ["in a currency that the policy names", "15000.00", "USD", 200],
    ["in one that it does not name", "1.00", "GBP", 202],
  ] as const)("%s: %s %s is answered %i", async (_, total, currency, status) => {
    const number = await largeContract(server, total, currency);
    expect((await first.post(`/v1/contracts/${number}/void`, { reason: "x" })).status).toBe(status);
  });

  test("is for two also where the contract states no amount (R12)", async () => {
    const body = orderBody({
      billing: "pay_as_you_go",
      lines: [{ line: "1", product: "ecs", quantity: "1", total: "0.00" }],
    });
    await machine(server).put("/v1/orders/METERED", body);
    const { number } = await read<{ number: string }>(await machine(server).post("/v1/orders/METERED/contract", {}));
    expect((await first.post(`/v1/contracts/${number}/void`, { reason: "x" })).status).toBe(202);
  });

  test("is refused by the database where somebody passes by the program", async () => {
    const number = await largeContract(server);
    const { database } = server.services;
    const voiding = sql`UPDATE contracts SET voided_at = now(), voided_by = 'desk:contract-desk-2', void_reason = 'x'
      WHERE number = ${number}`;
    await expect(voiding.execute(database)).rejects.toThrow(/voided by two persons only|audit does not say so/);
    const approve = sql`UPDATE proposals SET state = 'approved', decided_by = ' Contract-Desk-1 ', decided_at = now()
      WHERE object = ${number}`;
    await propose(number);
    await expect(approve.execute(database)).rejects.toThrow(/two_persons/);
  });
});
