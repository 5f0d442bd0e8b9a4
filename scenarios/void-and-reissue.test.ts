import { expect } from "vitest";
import { billLine, monthlyBill } from "../src/demo-builders.ts";
import { problemOf } from "../tests/http/caller.ts";
import { openChapter } from "./diary.ts";
import { iso } from "./story-clock.ts";

const story = openChapter("void");

story("R22: only the desk voids, with a reason, and whoever verifies reads it", async (told) => {
  const { on, seller, buyer, desk, marketplaceDesk, server, standing, looksUp, announced } = told;
  const order = await on("2026-09-01 10:00", "ECS ordered and paid", () => seller.sells("ecs"));
  const contract = await on("2026-09-01 10:05", "contract requested", () => buyer.requests(order));
  const file = await on("2026-09-01 10:06", "downloaded", () => buyer.downloads(contract.number));
  const path = `/v1/contracts/${contract.number}/void`;
  await on("2026-09-02 09:00", "neither the buyer nor a machine nor the other desk may void it", async () => {
    for (const somebody of [buyer, seller, marketplaceDesk]) {
      expect((await somebody.post(path, { reason: "We want another." })).status).toBe(403);
    }
    expect((await desk.post(path, { reason: " " })).status).toBe(422);
    expect(await standing(contract)).toBe("in_force");
  });
  const reason = "买方名称登记有误";
  await on("2026-09-03 11:00", "the desk voids it", async () => {
    expect(await desk.voids(contract.number, reason)).toMatchObject({ standing: "void" });
    expect(await standing(contract)).toBe("void");
    const voided = { at: iso("2026-09-03 11:00"), by: "desk", reason };
    expect((await looksUp(contract)).voided).toEqual(voided);
    expect((await buyer.showsContract(contract.number)).voided).toEqual(voided);
  });
  await on("2026-09-03 11:01", "announced and recorded, with who and why", async () => {
    expect((await announced(contract.number)).at(-1)).toMatchObject({
      type: "contract.voided",
      at: iso("2026-09-03 11:00"),
      data: { reason },
    });
    const recorded = await server.services.database
      .selectFrom("audit_entries")
      .select(["actor_kind", "actor", "detail"])
      .where("object_id", "=", contract.number)
      .where("action", "=", "contract.voided")
      .execute();
    expect(recorded).toMatchObject([{ actor_kind: "desk", actor: "contract-desk-1", detail: { reason } }]);
  });
  await on("2026-10-01 10:00", "it is void once and for all, and its file is what it was", async () => {
    expect(await problemOf(await desk.post(path, { reason }))).toMatchObject({ code: "contract_already_void" });
    expect((await buyer.downloads(contract.number)).equals(file)).toBe(true);
  });
  await on(
    "2026-10-02 10:00",
    "R4: a void contract occupies its order as long as the rules do not say otherwise",
    async () => {
      expect(await buyer.isRefused(order)).toMatchObject({
        code: "already_contracted",
        nextStep: { contract: contract.number },
      });
    },
  );
});

story("R4: two persons switch on reissue after void: a chain of two, and the first stays void", async (told) => {
  const { on, seller, buyer, desk, colleague, contents, standing, looksUp } = told;
  const order = await on("2026-09-01 10:00", "RDS ordered and paid", () => seller.sells("rds"));
  const first = await on("2026-09-01 10:05", "contract requested", () => buyer.requests(order));
  const firstFile = await on("2026-09-02 10:00", "voided by the desk", async () => {
    await desk.voids(first.number, "Wrong address");
    expect(await buyer.isRefused(order)).toMatchObject({ code: "already_contracted" });
    return buyer.downloads(first.number);
  });
  const version = await on("2026-09-03 10:00", "the rules are changed, by two persons", async () => {
    await desk.drafts({ reissueAfterVoid: true });
    expect(await problemOf(await desk.post("/v1/policy/draft/publish"))).toMatchObject({
      code: "second_person_needed",
    });
    expect(await buyer.isRefused(order)).toMatchObject({ code: "already_contracted" });
    return colleague.publishes();
  });
  const second = await on("2026-09-03 10:30", "a new contract is requested in place of the void one", async () => {
    expect((await buyer.sees(order)).decision).toMatchObject({
      kind: "issue",
      policyVersion: version,
      replaces: first.number,
    });
    return buyer.requests(order);
  });
  await on(
    "2026-09-03 10:31",
    "the new one says whose place it takes; both verify, one void and one in force",
    async () => {
      expect(second).toMatchObject({ replaces: first.number, policyVersion: version });
      expect(contents(await buyer.downloads(second.number)).replaces).toBe(first.number);
      expect(await standing(second)).toBe("in_force");
      expect(await standing(first)).toBe("void");
      expect((await looksUp(first)).voided).toMatchObject({ reason: "Wrong address" });
      expect((await buyer.downloads(first.number)).equals(firstFile)).toBe(true);
      expect((await buyer.sees(order)).contract).toMatchObject({ number: second.number, standing: "in_force" });
    },
  );
  await on("2026-09-04 10:00", "while the second is good there is no third", async () => {
    expect(await buyer.isRefused(order)).toMatchObject({ nextStep: { contract: second.number } });
  });
  const unpaid = await on("2026-09-05 10:00", "another order, unpaid, and its contract", async () =>
    buyer.requests(await seller.sells("ecs", { status: "unpaid" })),
  );
  await on(
    "2026-11-01 10:00",
    "never paid: a lapsed contract is not a void one, and occupies all the same",
    async () => {
      expect(await standing(unpaid)).toBe("lapsed");
      expect(await buyer.isRefused(unpaid.order ?? "")).toMatchObject({
        code: "already_contracted",
        nextStep: { contract: unpaid.number },
      });
    },
  );
  const bill = await on("2026-11-05 10:00", "a month's bill is contracted, and the contract voided", async () => {
    await seller.bills("2026-10", monthlyBill("final", [billLine("1", "ecs", "744 h", "10.60")]));
    const contract = await buyer.requestsForBill("2026-10");
    await desk.voids(contract.number, "Wrong address, too");
    return contract;
  });
  await on("2026-11-05 10:10", "bills follow the same rule", async () => {
    const next = await buyer.requestsForBill("2026-10");
    expect(next).toMatchObject({ bill: "2026-10", replaces: bill.number });
    expect([await standing(bill), await standing(next)]).toEqual(["void", "in_force"]);
  });
  await on("2026-11-06 10:00", "the rules are changed back: a void contract occupies again", async () => {
    await colleague.drafts({ reissueAfterVoid: false });
    await desk.publishes();
    await desk.voids(second.number, "Wrong again");
    expect(await buyer.isRefused(order)).toMatchObject({ nextStep: { contract: second.number } });
  });
});

story("R22, R8: a contract that waits for payment is voided: its order is no longer held", async (told) => {
  const { on, seller, buyer, desk, account, standing, announced } = told;
  const order = await on("2026-09-01 10:00", "order placed, unpaid", () => seller.sells("ecs", { status: "unpaid" }));
  const contract = await on("2026-09-01 10:05", "contract requested", () => buyer.requests(order));
  await on("2026-09-02 10:00", "voided by the desk", async () => {
    await desk.voids(contract.number, "Ordered twice");
    expect(await standing(contract)).toBe("void");
    expect((await announced(order)).map(({ type, at }) => [type, at])).toEqual([
      ["order.hold_started", iso("2026-09-01 10:05")],
      ["order.hold_ended", iso("2026-09-02 10:00")],
    ]);
  });
  await on("2026-09-03 10:00", "paid all the same: void is void", async () => {
    await seller.isPaid(order);
    expect(await standing(contract)).toBe("void");
    expect((await announced(contract.number)).map(({ type }) => type)).not.toContain("contract.in_force");
    expect(await desk.finds(account)).toEqual([]);
  });
});
