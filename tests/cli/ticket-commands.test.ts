import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommandLine } from "./command-line.ts";
import { refusalOf, saidOf } from "./refusal-of.ts";
import { openResidentCommandLine } from "./resident-command-line.ts";
import { SAMPLE_PATH } from "./sample-file.ts";

/** Not self-service; sold by a marketplace seller who cannot seal; may simply be requested; a refund; cancelled. */
const [OFFLINE, MARKETPLACE, CONTRACTABLE, REFUND, CANCELLED] = [
  "210003000000004",
  "210004000000002",
  "210001000000001",
  "210003000000001",
  "210003000000002",
];
const NOBODY = "01a206f9-30c2-731c-b6fb-f986c8361082";

interface TicketLine {
  readonly ticket: string;
  readonly order: string;
  readonly state: string;
  readonly contract: string | null;
  readonly messages: readonly { readonly from: string; readonly author: string; readonly text: string }[];
  readonly attachments: readonly { readonly name: string; readonly bytes: number }[];
}

let orderseal: CommandLine;
let signed: string;
let text: string;
let offline = "";
beforeAll(async () => {
  orderseal = await openResidentCommandLine();
  signed = join(orderseal.home, 'signed "final".pdf');
  text = join(orderseal.home, "text.pdf");
  const account = ["--format", "billing-api", "--account", "acct-1", "--legal-name", "北京样本科技有限公司"];
  expect((await orderseal.run(["import", SAMPLE_PATH, ...account])).exitCode).toBe(0);
  // Any PDF that bears no seal of ours does for what people have signed on paper.
  expect((await orderseal.run(["preview", CONTRACTABLE, "-o", signed])).exitCode).toBe(0);
  await writeFile(text, "not a PDF");
});
afterAll(() => orderseal.remove());

describe("a ticket is opened", () => {
  test("prefilled with the order's refusal, in the queue that it names (R3, R18)", async () => {
    const opened = await orderseal.json<TicketLine>(["tickets", "open", OFFLINE, "--message", "请尽快"]);
    expect(opened).toMatchObject([
      { order: OFFLINE, account: "acct-1", queue: "contract_desk", topic: "product_not_self_service", isNew: true },
    ]);
    expect(opened[0]?.messages).toMatchObject([
      { from: "system", text: expect.stringContaining(OFFLINE) },
      { from: "desk", text: "请尽快" },
    ]);
    offline = opened[0]?.ticket ?? "";
    const other = await orderseal.run(["tickets", "open", MARKETPLACE], { settings: { LANG: "zh_CN.UTF-8" } });
    expect(other.out).toMatch(
      new RegExp(`^[0-9a-f-]{36}  ${MARKETPLACE}  acct-1  marketplace_desk  open .*卖方暂时无法签章\n$`),
    );
  });

  test("once for an order: asked again, the words go to the open one", async () => {
    const [again] = await orderseal.json<TicketLine>(["tickets", "open", OFFLINE, "--message", "还有一事"]);
    expect(again).toMatchObject({ ticket: offline, isNew: false });
    expect(again?.messages.at(-1)?.text).toBe("还有一事");
  });

  test("only from a refusal whose next step it is, exit 1", async () => {
    const open = (order: string) => refusalOf(orderseal, ["tickets", "open", order]);
    expect(await open(CONTRACTABLE)).toMatchObject({ code: "request_instead_of_ticket" });
    expect(await open(CANCELLED)).toMatchObject({ code: "order_cancelled", nextStep: { action: "place_new_order" } });
    expect(await open(REFUND)).toMatchObject({ nextStep: { action: "view_order" } });
    expect(await open("999")).toMatchObject({ code: "order_not_found" });
  });
});

describe("tickets", () => {
  test("are listed for each desk and by state", async () => {
    const orders = async (...filter: string[]) =>
      (await orderseal.json<TicketLine>(["tickets", "list", ...filter])).map(({ order }) => order);
    expect(await orders()).toEqual([MARKETPLACE, OFFLINE]);
    expect(await orders("--queue", "contract_desk")).toEqual([OFFLINE]);
    expect(await orders("--queue", "marketplace_desk", "--state", "open")).toEqual([MARKETPLACE]);
    expect((await orderseal.run(["tickets", "list", "--state", "rejected"])).out).toBe("No tickets.\n");
  });

  test("are given to somebody, and taken from them only by who says whose they are", async () => {
    const assign = (...rest: string[]) => ["tickets", "assign", offline, ...rest];
    expect(await orderseal.json(assign("王敏"))).toMatchObject([
      { ticket: offline, assignee: "王敏", waitsFor: "desk" },
    ]);
    const refused = await refusalOf(orderseal, assign("李雷"));
    expect(refused).toMatchObject({ code: "ticket_assigned_to_other", sentence: expect.stringContaining("王敏") });
    expect(await orderseal.json(assign("李雷", "--from", "王敏"))).toMatchObject([{ assignee: "李雷" }]);
    const listed = async (...filter: string[]) =>
      (await orderseal.json<TicketLine>(["tickets", "list", ...filter])).map(({ order }) => order);
    expect(await listed("--assignee", "李雷")).toEqual([OFFLINE]);
    expect(await listed("--assignee", "nobody")).toEqual([MARKETPLACE]);
    expect(await listed("--waits-for", "desk", "--oldest")).toEqual([OFFLINE, MARKETPLACE]);
    expect(await listed("--order", MARKETPLACE)).toEqual([MARKETPLACE]);
    expect(await orderseal.json(assign("nobody", "--from", "李雷"))).toMatchObject([{ assignee: null }]);
  });

  test("are answered, and take PDFs but nothing else", async () => {
    expect((await orderseal.run(["tickets", "answer", offline, "--message", "收到\n明天寄出"])).exitCode).toBe(0);
    expect((await orderseal.run(["tickets", "attach", offline.toUpperCase(), signed])).exitCode).toBe(0);
    expect(await refusalOf(orderseal, ["tickets", "attach", offline, text])).toMatchObject({ code: "not_a_pdf" });
    const [shown] = await orderseal.json<TicketLine>(["tickets", "show", offline]);
    expect(shown?.messages.at(-1)).toMatchObject({ from: "desk", text: "收到\n明天寄出" });
    expect(shown?.attachments).toMatchObject([{ name: "signed _final_.pdf", bytes: (await readFile(signed)).length }]);
    const people = await orderseal.run(["tickets", "show", offline]);
    expect(people.out).toMatch(/desk \(.+\)\n {2}收到\n {2}明天寄出\n/);
  });

  test("larger files than a ticket takes are refused unread", async () => {
    const large = join(orderseal.home, "large.pdf");
    await writeFile(large, Buffer.alloc(10 * 1024 * 1024 + 1));
    for (const command of ["attach", "resolve"]) {
      expect(await refusalOf(orderseal, ["tickets", command, offline, large])).toMatchObject({ code: "too_large" });
    }
  });

  test("that nobody knows: exit 1", async () => {
    for (const args of [
      ["show", NOBODY],
      ["answer", NOBODY, "--message", "x"],
      ["attach", NOBODY, signed],
      ["resolve", NOBODY, signed],
      ["reject", NOBODY, "--reason", "x"],
    ]) {
      expect(await refusalOf(orderseal, ["tickets", ...args])).toMatchObject({ code: "ticket_not_found" });
    }
  });
});

describe("a ticket is closed", () => {
  test("with the signed PDF, which becomes the order's one contract, kind offline (R20)", async () => {
    expect(await refusalOf(orderseal, ["tickets", "resolve", offline])).toMatchObject({ code: "pdf_needed" });
    expect(await refusalOf(orderseal, ["tickets", "resolve", offline, text])).toMatchObject({ code: "not_a_pdf" });
    const [resolved] = await orderseal.json<TicketLine>(["tickets", "resolve", offline, signed]);
    expect(resolved).toMatchObject({ state: "resolved", contract: expect.stringMatching(/^DEMO-/) });
    const [contract] = await orderseal.json<object>(["contracts", "show", resolved?.contract ?? ""]);
    expect(contract).toMatchObject({ order: OFFLINE, bill: null, form: "offline", standing: "in_force" });
    const copy = join(orderseal.home, "copy.pdf");
    await orderseal.json(["contracts", "download", resolved?.contract ?? "", "-o", copy]);
    expect((await readFile(copy)).equals(await readFile(signed))).toBe(true);
    expect(await refusalOf(orderseal, ["request", OFFLINE])).toMatchObject({ code: "already_contracted" });
  });

  test("that file verifies as uploaded, not sealed here, with its standing, exit 1 (R20)", async () => {
    const { exitCode, out } = await orderseal.run(["verify", signed, "--json"]);
    expect([exitCode, JSON.parse(out)]).toEqual([
      1,
      expect.objectContaining({
        verdict: "indeterminate",
        reason: "uploaded_not_sealed_here",
        issuedHere: false,
        standing: "in_force",
      }),
    ]);
    const [en, zh] = [
      await saidOf(orderseal, ["verify", signed]),
      await saidOf(orderseal, ["verify", signed], "zh_CN"),
    ];
    expect(en.out).toMatch(
      /: the file is the order's uploaded contract DEMO-[-\w]+, .*did not seal it\.\nstanding: in_force \(In force\)\n$/,
    );
    expect(zh.out).toMatch(/：?.*线下合同 DEMO-[-\w]+，.*并非由本系统签章。\n合同状态：in_force \(有效\)\n$/);
  });

  test("with a reason that the buyer reads; nothing more can be done to a closed one, exit 1", async () => {
    const [open] = await orderseal.json<TicketLine>(["tickets", "list", "--state", "open"]);
    const id = open?.ticket ?? "";
    const rejected = await orderseal.json<object>(["tickets", "reject", id, "--reason", "请联系商家"]);
    expect(rejected).toMatchObject([{ order: MARKETPLACE, state: "rejected", reason: "请联系商家", contract: null }]);
    for (const args of [
      ["reject", id, "--reason", "x"],
      ["resolve", id, signed],
      ["answer", id, "--message", "x"],
      ["attach", id, signed],
    ]) {
      expect(await refusalOf(orderseal, ["tickets", ...args])).toMatchObject({ code: "ticket_closed" });
    }
    const zh = await saidOf(orderseal, ["tickets", "reject", id, "--reason", "x"], "zh_CN.UTF-8");
    expect([zh.exitCode, zh.err]).toEqual([1, expect.stringMatching(/^该工单已处理完毕/)]);
  });
});

test("a ticket on a payment after the hold is resolved without a file (R10)", async () => {
  const [placed, paid] = [-1, 60].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
  const unpaid = {
    ...{ order: "LATE-1", account: "acct-1", revision: 1, occurredAt: placed, placedAt: placed, type: "new" },
    ...{ billing: "subscription", status: { state: "unpaid" }, currency: "CNY" },
    lines: [{ line: "1", product: "rds", quantity: "1", discount: "0.00", tax: "0.00", total: "100.00" }],
  };
  const late = { ...unpaid, revision: 2, occurredAt: paid, status: { state: "paid", paidAt: paid } };
  const report = join(orderseal.home, "report.ndjson");
  const take = async (order: object) => {
    await writeFile(report, JSON.stringify(order));
    expect(await orderseal.run(["import", report])).toMatchObject({ exitCode: 0, err: "" });
  };
  await take(unpaid);
  expect((await orderseal.run(["request", "LATE-1"])).exitCode).toBe(0);
  await take(late);
  const [ticket] = await orderseal.json<TicketLine>(["tickets", "list", "--state", "open"]);
  expect(ticket).toMatchObject({ order: "LATE-1", topic: "paid_after_hold", queue: "contract_desk" });
  const resolve = ["tickets", "resolve", ticket?.ticket ?? ""];
  expect(await refusalOf(orderseal, [...resolve, signed])).toMatchObject({ code: "no_pdf_wanted" });
  expect(await orderseal.json(resolve)).toMatchObject([{ state: "resolved", contract: null }]);
});
