import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CommandLine, finished, spawnOrderseal } from "./command-line.ts";
import { refusalOf } from "./refusal-of.ts";
import { openResidentCommandLine } from "./resident-command-line.ts";
import { SAMPLE_PATH } from "./sample-file.ts";

const [PAID, UNPAID_DOMAIN, REFUND] = ["210001000000001", "210002000000008", "210003000000001"];

let orderseal: CommandLine;
beforeAll(async () => {
  orderseal = await openResidentCommandLine();
  const account = ["--format", "billing-api", "--account", "acct-1", "--legal-name", "北京样本科技有限公司"];
  expect((await orderseal.run(["import", SAMPLE_PATH, ...account])).exitCode).toBe(0);
});
afterAll(() => orderseal.remove());

async function drawn(command: string, order: string, ...more: readonly string[]): Promise<Buffer> {
  const file = join(orderseal.home, `${command}.pdf`);
  const run = await orderseal.run([command, order, "-o", file, ...more]);
  expect(run).toEqual({ exitCode: 0, out: `${file}\n`, err: "" });
  return readFile(file);
}

describe("a preview (R21)", () => {
  test("is a PDF without a seal; it occupies nothing", async () => {
    const pdf = await drawn("preview", PAID, "--language", "en", "--contact", "采购部 Ms. Li");
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pdf.includes("/ByteRange")).toBe(false);
    expect(await orderseal.json(["contracts", "list"])).toEqual([]);
    const verified = await orderseal.run(["verify", join(orderseal.home, "preview.pdf"), "--json"]);
    expect(verified.exitCode).toBe(1);
  });

  test("goes to preview-<order>.pdf where no file is named", async () => {
    const child = await spawnOrderseal(["preview", PAID, "--json"], orderseal.settings, orderseal.home);
    const { exitCode, out } = await finished(child);
    expect([exitCode, JSON.parse(out)]).toEqual([0, { order: PAID, bill: null, file: `preview-${PAID}.pdf` }]);
    expect((await stat(join(orderseal.home, `preview-${PAID}.pdf`))).size).toBeGreaterThan(10_000);
  });

  test("is refused where the contract would be, with the same words", async () => {
    const [preview, request] = [
      await orderseal.run(["preview", REFUND], { settings: { LANG: "zh_CN.UTF-8" } }),
      await orderseal.run(["request", REFUND], { settings: { LANG: "zh_CN.UTF-8" } }),
    ];
    expect(preview).toEqual(request);
    expect([preview.exitCode, preview.err]).toEqual([
      1,
      expect.stringMatching(/^order_type_not_contractable \(R1\): /),
    ]);
    expect(await refusalOf(orderseal, ["preview", "999"])).toMatchObject({ code: "order_not_found" });
  });
});

describe("a business checklist (R15)", () => {
  test("is a PDF without a seal, of an unpaid order only", async () => {
    const pdf = await drawn("checklist", UNPAID_DOMAIN);
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pdf.includes("/ByteRange")).toBe(false);
    expect(await refusalOf(orderseal, ["checklist", PAID])).toMatchObject({ code: "checklist_of_unpaid_orders_only" });
    expect(await refusalOf(orderseal, ["checklist", "999"])).toMatchObject({ code: "order_not_found" });
  });
});

describe("template check --order", () => {
  const check = (order: string) =>
    orderseal.json(["template", "check", "--order", order, "--language", "en", "-o", join(orderseal.home, "pages")]);

  test("shows the pages of an order's preview, or of its checklist where only that can be had", async () => {
    expect(await check(PAID)).toMatchObject([{ name: PAID, template: "preview", pages: 2, faults: [] }]);
    expect(await check(UNPAID_DOMAIN)).toMatchObject([{ template: "checklist", pages: 1, faults: [] }]);
    expect((await stat(join(orderseal.home, "pages", `${PAID}.en.2.png`))).size).toBeGreaterThan(10_000);
  });

  test("is refused with the ladder's words where there is neither", async () => {
    const refused = (order: string) => refusalOf(orderseal, ["template", "check", "--order", order]);
    expect(await refused(REFUND)).toMatchObject({ code: "order_type_not_contractable" });
    expect(await refused("999")).toMatchObject({ code: "order_not_found" });
  });
});

test.each([
  ["a directory that does not exist", "absent/preview.pdf", "its directory does not exist"],
  ["a directory", ".", "it is a directory"],
])("a preview for %s is refused in one sentence, exit 2", async (_, place, reason) => {
  const file = join(orderseal.home, place);
  const { exitCode, err } = await orderseal.run(["preview", PAID, "-o", file]);
  expect([exitCode, err]).toEqual([
    2,
    `Nothing can be written to "${file}": ${reason}; choose another place with -o.\n`,
  ]);
});

test("what the buyer fills in is checked before anything is opened, exit 1 (R6)", async () => {
  const wrong = [
    ["--email", "li", "email"],
    ["--phone", "ask Li", "phone"],
    ["--po-number", "9".repeat(65), "purchaseOrder"],
    ["--postal-address", "上海\n浦东", "postalAddress"],
    ["--contact", "x".repeat(201), "contact"],
  ] as const;
  for (const [option, value, field] of wrong) {
    for (const command of [
      ["preview", PAID],
      ["checklist", UNPAID_DOMAIN],
      ["request", PAID],
    ]) {
      expect(await refusalOf(orderseal, [...command, option, value])).toMatchObject({ code: "invalid_input", field });
    }
  }
});

test.each(["preview", "checklist"])("%s refuses a contact that no font can write, exit 1", async (command) => {
  const order = command === "preview" ? PAID : UNPAID_DOMAIN;
  const refused = await refusalOf(orderseal, [command, order, "--contact", "Li 🙂"]);
  expect(refused).toMatchObject({ code: "invalid_input", field: "contact" });
});
