import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { finishInterrupted } from "../../src/application/finish-interrupted.ts";
import { issueContract } from "../../src/application/issue-contract.ts";
import type { Renderer } from "../../src/application/ports.ts";
import type { RequestContractPorts } from "../../src/application/request-contract.ts";
import {
  ACTOR,
  BROKEN_RENDERER,
  failingObjects,
  type IssuingBench,
  openIssuingBench,
  requestOf,
} from "./issuing-bench.ts";

let bench: IssuingBench;
let real: RequestContractPorts;
beforeAll(async () => {
  bench = await openIssuingBench();
  real = await bench.ports();
});
afterAll(() => bench.close());

/** Requests with ports of which one fails: the contract stays `issuing`, claimed by nobody any more. */
async function interrupted(order: string, broken: Partial<RequestContractPorts>): Promise<void> {
  await bench.place(order);
  const failures: unknown[] = [];
  const reportFailure = (_number: string, error: unknown) => failures.push(error);
  const outcome = await requestOf({ ...real, reportFailure, ...broken }, order);
  expect(outcome.kind).toBe("issuing");
  expect(failures).toHaveLength(1);
  await release(order);
}

async function release(order: string): Promise<void> {
  await sql`UPDATE contracts SET claimed_until = now() - interval '1 second' WHERE order_id = ${order}`.execute(
    bench.services.database,
  );
}

async function rowOf(order: string) {
  return bench.services.database
    .selectFrom("contracts")
    .select(["number", "state", "document_sha256"])
    .where("order_id", "=", order)
    .executeTakeFirstOrThrow();
}

/** For how many seconds nobody else takes it up. */
async function claimedFor(order: string): Promise<number> {
  const { rows } = await sql<{ seconds: number }>`SELECT extract(epoch FROM claimed_until - now())::float8 AS seconds
    FROM contracts WHERE order_id = ${order}`.execute(bench.services.database);
  return Math.round(rows[0]?.seconds ?? 0);
}

async function announcements(number: string): Promise<readonly string[]> {
  const rows = await bench.services.database
    .selectFrom("outbox")
    .select("type")
    .where("subject", "=", number)
    .orderBy("event_id")
    .execute();
  return rows.map(({ type }) => type);
}

/** One sweep; how many it finished. */
function finish(ports: RequestContractPorts): Promise<number> {
  return finishInterrupted(ports, () => {});
}

/** One sweep; what it reported of those that it could not finish. */
async function faultsOf(ports: RequestContractPorts): Promise<readonly string[]> {
  const faults: string[] = [];
  await finishInterrupted(ports, (_contract, error) => faults.push(String(error)));
  return faults;
}

describe("a contract that an error left being issued is finished later, under its number, once", () => {
  test.each<[string, () => Partial<RequestContractPorts>]>([
    ["drawing", () => ({ renderer: BROKEN_RENDERER })],
    ["sealing", () => ({ sealer: { seal: () => Promise.reject(new Error("the key is away")) } })],
    ["keeping the drawn document", () => ({ objects: failingObjects(real.objects, 0) })],
    ["keeping the sealed document", () => ({ objects: failingObjects(real.objects, 1) })],
    ["the inspection", () => ({ inspector: { findFault: () => Promise.reject(new Error("out of memory")) } })],
  ])("%s failed", async (name, broken) => {
    const order = `FAILED-${name.replaceAll(" ", "-")}`;
    await interrupted(order, broken());
    const before = await rowOf(order);
    expect(before.state).toBe("issuing");
    expect(await finish(real)).toBe(1);
    const after = await rowOf(order);
    expect(after).toMatchObject({ number: before.number, state: "issued" });
    expect(await announcements(before.number)).toEqual(["contract.requested", "contract.issued"]);
    expect(await finish(real)).toBe(0);
  });

  test("marking it issued failed after the file was kept: the same contract, and the file is in the store", async () => {
    const broken = () => Promise.reject(new Error("the connection broke"));
    await interrupted("FAILED-MARK", { scheduled: { ...real.scheduled, transaction: broken } });
    expect(await finish(real)).toBe(1);
    const { document_sha256 } = await rowOf("FAILED-MARK");
    expect(await real.objects.get(document_sha256 as Parameters<typeof real.objects.get>[0])).not.toBeNull();
  });
});

test("a contract that keeps failing is tried after longer and longer pauses", async () => {
  await interrupted("STUBBORN", { renderer: BROKEN_RENDERER });
  const pauses: number[] = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    await release("STUBBORN");
    await faultsOf({ ...real, renderer: BROKEN_RENDERER });
    pauses.push(await claimedFor("STUBBORN"));
  }
  // The first pause, of five seconds, was that after the request.
  expect(pauses).toEqual([10, 20, 40]);
  await release("STUBBORN");
  expect(await finish(real)).toBe(1);
});

test("a contract whose finishers are killed, and so say nothing, is taken up again at once; at some point it is suspected", async () => {
  await bench.place("DEADLY");
  // The dead cannot say that they have failed.
  const scheduled = { ...real.scheduled, putOff: async () => {} };
  await requestOf({ ...real, scheduled, renderer: BROKEN_RENDERER, reportFailure: () => {} }, "DEADLY");
  const pauses: number[] = [];
  for (let finisher = 0; finisher < 8; finisher++) {
    await release("DEADLY");
    expect(await real.ledger.claimInterruptedContract("being_sealed")).not.toBeNull();
    pauses.push(await claimedFor("DEADLY"));
  }
  expect(pauses).toEqual([5, 5, 5, 5, 5, 5, 10, 20]);
  await release("DEADLY");
  expect(await finish(real)).toBe(1);
});

describe("who is still at work is left alone", () => {
  test("nothing is taken over before its claim has run out", async () => {
    await bench.place("CLAIMED");
    await requestOf({ ...real, renderer: BROKEN_RENDERER, reportFailure: () => {} }, "CLAIMED");
    expect(await finish(real)).toBe(0);
    await release("CLAIMED");
    expect(await finish(real)).toBe(1);
  });

  test("a request that waited for its number is claimed from then on, not from when it came", async () => {
    await bench.place("WAITED");
    const others = bench.services.database.transaction().execute(async (transaction) => {
      await sql`LOCK TABLE contract_counters IN EXCLUSIVE MODE`.execute(transaction);
      await sql`SELECT pg_sleep(3)`.execute(transaction);
    });
    let claimed = 0;
    const renderer: Renderer = {
      render: async (snapshot) => {
        claimed = await claimedFor("WAITED");
        return real.renderer.render(snapshot);
      },
    };
    expect((await requestOf({ ...real, renderer }, "WAITED")).kind).toBe("issued");
    await others;
    expect(claimed).toBeGreaterThan(2);
  });

  test("a document that takes longer than a claim is drawn once: whoever draws it says so meanwhile", async () => {
    await bench.place("LONG-DRAWN");
    let drawn = 0;
    const slow: Renderer = {
      render: async (snapshot) => {
        drawn += 1;
        // As if its claim were about to run out, long before it is done.
        await sql`UPDATE contracts SET claimed_until = now() + interval '2 seconds' WHERE order_id = 'LONG-DRAWN'`.execute(
          bench.services.database,
        );
        await expect.poll(() => claimedFor("LONG-DRAWN"), { timeout: 10_000 }).toBeGreaterThan(2);
        return real.renderer.render(snapshot);
      },
    };
    await requestOf({ ...real, renderer: slow }, "LONG-DRAWN");
    await expect.poll(async () => (await rowOf("LONG-DRAWN")).state, { timeout: 10_000 }).toBe("issued");
    expect(drawn).toBe(1);
  });

  test("whoever drew for so long that another has taken the contract over makes no seal", async () => {
    await bench.place("OVERTAKEN");
    const slow: Renderer = {
      render: async (snapshot) => {
        await sql`SELECT pg_sleep(2.1)`.execute(bench.services.database);
        await sql`UPDATE contracts SET takeovers = takeovers + 1 WHERE order_id = 'OVERTAKEN'`.execute(
          bench.services.database,
        );
        return real.renderer.render(snapshot);
      },
    };
    const sealer = { seal: () => Promise.reject(new Error("a seal was made")) };
    expect((await requestOf({ ...real, renderer: slow, sealer }, "OVERTAKEN")).kind).toBe("issuing");
    expect(await rowOf("OVERTAKEN")).toMatchObject({ state: "issuing" });
    await release("OVERTAKEN");
    expect(await faultsOf(real)).toEqual([]);
    expect(await rowOf("OVERTAKEN")).toMatchObject({ state: "issued" });
  });

  test("two workers at once finish each contract once", async () => {
    for (const order of ["WORK-1", "WORK-2", "WORK-3"]) await interrupted(order, { renderer: BROKEN_RENDERER });
    const finished = await Promise.all([finish(real), finish(real), finish(real)]);
    expect(finished.reduce((sum, count) => sum + count)).toBe(3);
    for (const order of ["WORK-1", "WORK-2", "WORK-3"]) {
      expect(await announcements((await rowOf(order)).number)).toEqual(["contract.requested", "contract.issued"]);
    }
  });

  test("two that seal the same contract at once agree on one document: whoever marks first", async () => {
    await interrupted("BOTH", { renderer: BROKEN_RENDERER });
    const issuing = await real.ledger.claimInterruptedContract("being_sealed");
    if (!issuing) throw new Error("nothing to finish");
    const results = await Promise.all([1, 2, 3].map(() => issueContract(real, ACTOR, issuing)));
    const { document_sha256, number } = await rowOf("BOTH");
    expect(results.map(({ contract }) => contract.state === "issued" && contract.document)).toEqual(
      Array(3).fill(document_sha256),
    );
    expect(await announcements(number)).toEqual(["contract.requested", "contract.issued"]);
  });

  test("one that cannot be finished does not keep the others waiting", async () => {
    await interrupted("POISON", { renderer: BROKEN_RENDERER });
    await interrupted("HEALTHY", { renderer: BROKEN_RENDERER });
    const { number } = await rowOf("POISON");
    const picky: Renderer = {
      render: (snapshot) => (snapshot.number === number ? BROKEN_RENDERER : real.renderer).render(snapshot),
    };
    await sql`UPDATE contracts SET claimed_until = now() - interval '1 hour' WHERE order_id = 'POISON'`.execute(
      bench.services.database,
    );
    expect(await faultsOf({ ...real, renderer: picky })).toEqual([expect.stringMatching(/nothing can be drawn/)]);
    expect([(await rowOf("POISON")).state, (await rowOf("HEALTHY")).state]).toEqual(["issuing", "issued"]);
    await release("POISON");
    expect(await finish(real)).toBe(1);
  });
});

describe("nothing unsound is let out", () => {
  test.each<[string, (sealed: Uint8Array) => Uint8Array]>([
    ["one byte flipped", (sealed) => sealed.map((byte, index) => (index === 2000 ? byte ^ 1 : byte))],
    ["something appended", (sealed) => Buffer.concat([sealed, Buffer.from("\n%")])],
    ["not sealed at all", () => Buffer.from("%PDF-1.7\n%%EOF\n")],
  ])("%s: never issued, and no file of it is referred to", async (name, damage) => {
    const order = `UNSOUND-${name.replaceAll(" ", "-")}`;
    const sealer: RequestContractPorts["sealer"] = {
      seal: async (...args) => {
        const seal = await real.sealer.seal(...args);
        return seal.kind === "sealed" ? { ...seal, pdf: damage(seal.pdf) } : seal;
      },
    };
    await interrupted(order, { sealer });
    expect(await faultsOf({ ...real, sealer })).toEqual([
      expect.stringMatching(/was not let out: its seal did not pass/),
    ]);
    expect(await rowOf(order)).toMatchObject({ state: "issuing", document_sha256: null });
    await release(order);
    expect(await finish(real)).toBe(1);
  });

  test("a document that was drawn from something else than the frozen snapshot (R7)", async () => {
    const renderer: Renderer = {
      render: (snapshot) => real.renderer.render({ ...snapshot, buyer: { ...snapshot.buyer, nameZh: "别的公司" } }),
    };
    await interrupted("FORGED", { renderer });
    expect(await faultsOf({ ...real, renderer })).toEqual([expect.stringMatching(/is not the frozen snapshot/)]);
    await release("FORGED");
    expect(await finish(real)).toBe(1);
  });
});

test("a request does not wait for ever: it answers that the file follows, and the file follows", async () => {
  await bench.place("SLOW");
  let draw = () => {};
  const drawn = new Promise<void>((resolve) => {
    draw = resolve;
  });
  const slow: Renderer = { render: (snapshot) => drawn.then(() => real.renderer.render(snapshot)) };
  const outcome = await requestOf({ ...real, renderer: slow }, "SLOW");
  expect(outcome.kind).toBe("issuing");
  draw();
  await expect.poll(async () => (await rowOf("SLOW")).state).toBe("issued");
});
