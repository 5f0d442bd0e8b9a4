import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readPageText } from "../../src/document/pages/page-text.ts";
import { buyerByPortal } from "../access/callers.ts";
import { verified } from "../access/sample-evidence.ts";
import { type Caller, machine, read } from "../http/caller.ts";
import { orderBody } from "../http/order-body.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { READERS } from "./company-words.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { launchBrowser } from "./launch-browser.ts";
import { type SeatedReader, seatReader } from "./seat-reader.ts";
import { toldTo } from "./told-to.ts";

let server: TestServer;
let browser: Browser;
let seller: Caller;
let reader: SeatedReader;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), launchBrowser()]);
  seller = machine(server);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
afterEach(() => reader.leave());

describe.each(toldTo(import.meta.url, READERS))("the Company page, read in $locale", { timeout: 120_000 }, (words) => {
  const account = `company-${words.prefix.toLowerCase()}`;

  beforeEach(async () => {
    reader = await seatReader(browser, server.url, words.locale);
    page = reader.page;
  });

  test("two profiles are kept; a contract requested with the second says what it said, whatever becomes of it (R6, R7)", async () => {
    const [order, byHand] = [`${words.prefix}0001`, `${words.prefix}0002`];
    await newAccount(account, [order, byHand]);
    await openAs(account, "requester", "/orders");
    await page.getByRole("navigation").getByRole("link", { name: words.company, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: words.company }).waitFor();
    await page.getByText(words.verified, { exact: true }).waitFor();
    await page.getByText("91110105MA01SAMPLE").waitFor();
    await page.getByText(words.why).waitFor();
    await page.getByText(words.empty).waitFor();
    await expectAccessible(page);

    await page.getByRole("button", { name: words.add }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(words.name, { exact: true }).fill("采购部 A");
    await dialog.getByLabel(words.contact, { exact: true }).fill("张三");
    await dialog.getByLabel(words.email).fill("zhangsan");
    await expectAccessible(page);
    reader.forgive(/422/);
    await dialog.getByRole("button", { name: words.save, exact: true }).click();
    await dialog.getByRole("alert").getByText(words.noEmail).waitFor();
    await dialog.getByLabel(words.email).fill("zhangsan@buyer.example");
    await dialog.getByRole("button", { name: words.save, exact: true }).click();
    await page.getByRole("status").filter({ hasText: words.kept }).waitFor();
    await cardOf("采购部 A").getByText(words.default, { exact: true }).waitFor();

    await page.getByRole("button", { name: words.add }).click();
    await dialog.getByLabel(words.name, { exact: true }).fill("法务部 B");
    await dialog.getByLabel(words.contact, { exact: true }).fill("李四（法务部）");
    await dialog.getByLabel(words.purchaseOrder).fill("PO-7788");
    await dialog.getByLabel(words.phone).fill("+86 571 5550 0199");
    await dialog.getByLabel(words.address).fill("杭州市示例路 8 号");
    await dialog.getByLabel(words.languageEnglish, { exact: true }).check();
    await dialog.getByRole("button", { name: words.save, exact: true }).click();
    await cardOf("法务部 B").getByText("PO-7788").waitFor();
    await dialog.waitFor({ state: "detached" });

    await page.goto("/orders");
    await rowOf(order).getByRole("button", { name: words.request }).click();
    const contact = dialog.getByLabel(words.contact, { exact: true });
    await expect.poll(() => contact.inputValue()).toBe("张三");
    await dialog.getByLabel(words.choose, { exact: true }).selectOption({ label: "法务部 B" });
    expect(await contact.inputValue()).toBe("李四（法务部）");
    expect(await dialog.getByLabel(words.languageEnglish, { exact: true }).isChecked()).toBe(true);
    // This one has a number of its own.
    await dialog.getByLabel(words.purchaseOrder).fill("PO-7788-2");
    await expectAccessible(page);
    await dialog.getByRole("button", { name: words.confirm }).click();
    await dialog.getByRole("heading", { name: words.issued }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("link", { name: /PDF/ }).first().click(),
    ]);
    const number = download.suggestedFilename().replace(/\.pdf$/, "");
    const said = ["李四（法务部）", "PO-7788-2", "+86 571 5550 0199", "杭州市示例路 8 号"];
    const pdf = await inkOf(await readFile(await download.path()));
    for (const text of said) expect(pdf).toContain(text.replaceAll(" ", ""));
    const before = await contractData(number);
    for (const text of said) expect(before).toContain(text);

    await page.goto("/company");
    await expect.poll(() => cardOf("法务部 B").getByText("PO-7788", { exact: true }).count()).toBe(1);
    await cardOf("法务部 B").getByRole("button", { name: words.edit }).click();
    await dialog.getByLabel(words.contact, { exact: true }).fill("王五");
    await dialog.getByRole("button", { name: words.save, exact: true }).click();
    await cardOf("法务部 B").getByText("王五").waitFor();
    expect(await contractData(number)).toBe(before);
  });

  test("what was filled in by hand is kept on the way; the next request begins with it, several at once, too (R23)", async () => {
    const mine = `${account}-hand`;
    const orders = ["3", "4", "5"].map((ending) => `${words.prefix}000${ending}`) as [string, string, string];
    await newAccount(mine, orders);
    await openAs(mine, "requester", "/orders");
    await rowOf(orders[0]).getByRole("button", { name: words.request }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(words.contact, { exact: true }).fill("赵六");
    await dialog.getByRole("checkbox", { name: words.keep }).check();
    const name = dialog.getByLabel(words.name, { exact: true });
    await expect.poll(() => name.evaluate((field) => field.matches(":focus"))).toBe(true);
    await name.fill("行政部");
    await dialog.getByRole("button", { name: words.confirm }).click();
    await dialog.getByRole("heading", { name: words.issued }).waitFor();
    await dialog.getByRole("button", { name: words.close }).last().click();

    await page.goto("/contracts");
    for (const order of orders.slice(1)) {
      await page.getByRole("checkbox", { name: `${words.select} ${order}` }).check();
    }
    await page.getByRole("button", { name: words.requestSelected }).click();
    await expect.poll(() => dialog.getByLabel(words.contact, { exact: true }).inputValue()).toBe("赵六");
    await dialog.getByLabel(words.choose, { exact: true }).selectOption({ label: words.byHand });
    expect(await dialog.getByLabel(words.contact, { exact: true }).inputValue()).toBe("");
    await dialog.getByLabel(words.choose, { exact: true }).selectOption({ index: 0 });
    await dialog.getByRole("button", { name: words.confirm }).click();
    await dialog.getByRole("heading", { name: words.issuedMany }).waitFor();
    const numbers = await dialog.getByRole("link", { name: /^DEMO-/ }).allTextContents();
    for (const number of numbers) expect(await contractData(number)).toContain("赵六");
  });

  test("of two who edit one profile, the second is shown what the first has written; the default is handed on and deleted", async () => {
    const mine = `${account}-two`;
    await newAccount(mine, []);
    const colleague = await buyerByPortal(server, mine, "requester", "colleague");
    const path = `/v1/accounts/${mine}/contact-profiles`;
    const made = await read<{ id: string }>(await colleague.post(path, { label: "采购部", contact: "张三" }));
    await colleague.post(path, { label: "财务部" });
    await openAs(mine, "requester", "/company");
    await cardOf("采购部").getByRole("button", { name: words.edit }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(words.contact, { exact: true }).fill("我的修改");
    const theirs = { label: "采购部", contact: "同事的修改", revision: 1 };
    expect((await colleague.put(`${path}/${made.id}`, theirs)).status).toBe(200);
    reader.forgive(/409/);
    await dialog.getByRole("button", { name: words.save, exact: true }).click();
    await dialog.getByRole("alert").getByText(words.changedByOthers, { exact: true }).waitFor();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: words.showNewest }).click();
    await expect.poll(() => dialog.getByLabel(words.contact, { exact: true }).inputValue()).toBe("同事的修改");
    await dialog.getByLabel(words.contact, { exact: true }).fill("商量好的");
    await dialog.getByRole("button", { name: words.save, exact: true }).click();
    await cardOf("采购部").getByText("商量好的").waitFor();
    await dialog.waitFor({ state: "detached" });

    await cardOf("财务部").getByRole("button", { name: words.makeDefault }).click();
    await page.getByRole("status").filter({ hasText: words.madeDefault }).waitFor();
    expect(await page.getByRole("listitem").first().getByRole("heading").textContent()).toBe("财务部");
    await cardOf("财务部").getByRole("button", { name: words.delete }).click();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: words.deleteConfirm }).click();
    await page.getByRole("status").filter({ hasText: words.deleted }).waitFor();
    await cardOf("采购部").getByText(words.default, { exact: true }).waitFor();
    expect(await cardOf("财务部").count()).toBe(0);

    await page.context().clearCookies();
    await openAs(mine, "viewer", "/company");
    await page.getByRole("note").filter({ hasText: words.mayOnlyLook }).waitFor();
    await cardOf("采购部").getByText("商量好的").waitFor();
    expect(await page.getByRole("main").getByRole("button").count()).toBe(0);
  });

  test("an account that is not verified, is a person's, or is served by a partner is told what that means (R6, R19)", async () => {
    await openAs("demo-unverified", "viewer", "/company");
    await page.getByRole("heading", { name: words.unverified }).waitFor();
    await expectAccessible(page);
    await page.context().clearCookies();
    const identity = { ...verified("王小明").identity, kind: "individual" };
    expect((await seller.put(`/v1/accounts/${account}-person`, { identity })).status).toBe(204);
    await openAs(`${account}-person`, "viewer", "/company");
    await page.getByText("王小明").last().waitFor();
    await page.getByText(words.individual).waitFor();
    await page.context().clearCookies();
    await openAs("demo-partner-customer", "viewer", "/company");
    const partner = page.getByRole("region", { name: words.partner });
    await partner.getByText("广州示例渠道有限公司").waitFor();
    await partner.getByText("020-00000000").waitFor();
    await expectAccessible(page);
  });
});

async function newAccount(account: string, orders: readonly string[]): Promise<void> {
  expect((await seller.put(`/v1/accounts/${account}`, verified("苏州联系示例有限公司"))).status).toBe(204);
  for (const order of orders) {
    expect((await seller.put(`/v1/orders/${order}`, orderBody({ account }))).status).toBe(200);
  }
}

/** Through the seller's portal, as somebody of the account who may request, or only look. */
async function openAs(account: string, role: "requester" | "viewer", path: string): Promise<void> {
  const opened = await seller.post("/v1/portal-sessions", { account, actor: { id: "reader", role } });
  await page.goto((await read<{ url: string }>(opened)).url);
  await page.goto(path);
}

function rowOf(order: string) {
  return page.getByRole("row").filter({ hasText: order });
}

function cardOf(label: string) {
  return page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: label, exact: true }) });
}

async function contractData(number: string): Promise<string> {
  return (await page.request.get(`/v1/contracts/${number}/contract.json`)).text();
}

/** All that leaves ink, without what does not. */
async function inkOf(pdf: Uint8Array): Promise<string> {
  const pages = await readPageText(pdf);
  return pages.flatMap(({ characters }) => characters.map(({ text }) => text)).join("");
}
