import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Caller, caller, machine, signIn, stranger } from "../http/caller.ts";
import { orderBody } from "../http/order-body.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { launchBrowser } from "./launch-browser.ts";
import { type SeatedReader, seatReader } from "./seat-reader.ts";
import { toldTo } from "./told-to.ts";
import { READERS } from "./ways-out-words.ts";

let server: TestServer;
let browser: Browser;
let desk: Caller;
let reader: SeatedReader;
let page: Page;

/** Months long over, one for each reader, and one that is far from over. */
const BILLS = [
  ["2026-08", "final"],
  ["2026-09", "final"],
  ["2099-12", "open"],
] as const;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), launchBrowser()]);
  desk = await deskCaller("contract-desk-1");
  for (const [cycle, state] of BILLS) {
    expect((await machine(server).put(`/v1/bills/demo-enterprise/${cycle}`, bill(state))).status).toBe(200);
  }
  const now = new Date().toISOString();
  const unpaidDomain = orderBody({
    account: "demo-domains",
    occurredAt: now,
    placedAt: now,
    status: { state: "unpaid" },
    domain: { service: "registration", name: "another-demo.cn" },
    lines: [orderLine("domain", "another-demo.cn")],
  });
  const notSelfService = orderBody({ lines: [orderLine("quantum-annealer", "2000Q")] });
  for (const { domainOrder, unusualOrder } of READERS) {
    expect((await machine(server).put(`/v1/orders/${domainOrder}`, unpaidDomain)).status).toBe(200);
    expect((await machine(server).put(`/v1/orders/${unusualOrder}`, notSelfService)).status).toBe(200);
  }
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
afterEach(() => reader.leave());

describe.each(toldTo(import.meta.url, READERS))(
  "the ways out of a refusal, read in $locale",
  { timeout: 120_000 },
  (words) => {
    beforeEach(async () => {
      reader = await seatReader(browser, server.url, words.locale);
      page = reader.page;
    });

    test("the checklist of an unpaid order that can have no contract is printed from Unpaid orders (R15)", async () => {
      await openAs("demo-domains", "/orders");
      await page.getByRole("link", { name: words.unpaid, exact: true }).click();
      await page.getByRole("heading", { level: 1, name: words.unpaid }).waitFor();
      const row = rowOf("D200000000002");
      expect(await row.getByRole("button").count()).toBe(0);
      const opened = await openedBy(() => row.getByRole("link", { name: words.checklist }).click());
      expect(opened).toMatchObject({ status: 200, type: "application/pdf", query: { language: words.locale } });
      await expectAccessible(page);
    });

    test("who requests before paying is warned before confirming and on the contract's page (R8, R17)", async () => {
      await openAs("demo-domains", "/unpaid");
      const row = rowOf(words.domainOrder);
      await row.getByText(words.canBeLost).waitFor();
      await row.getByText(words.zone).waitFor();
      await row.getByRole("button", { name: words.request }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("region", { name: words.beforeConfirming }).getByText(words.canBeLost).waitFor();
      await dialog.getByText(words.zone).first().waitFor();
      await dialog.getByRole("textbox").first().fill("采购部 & 法务部+1");
      const opened = await openedBy(() => dialog.getByRole("link", { name: words.inNewTab }).click());
      expect(opened).toMatchObject({ status: 200, type: "application/pdf" });
      expect(opened.query).toEqual({ language: "zh-CN+en", contact: "采购部 & 法务部+1" });
      await expectAccessible(page);
      await dialog.getByRole("button", { name: words.confirm }).click();
      await dialog.getByRole("heading", { name: words.issued }).waitFor();
      await dialog.getByRole("button", { name: words.close }).last().click();

      await row.getByText(words.canBeLost).waitFor();
      await row.getByRole("link", { name: /^DEMO-/ }).click();
      const warnings = page.getByRole("region", { name: words.untilPaid });
      await warnings.getByText(words.canBeLost).waitFor();
      expect(await page.getByText("24:00").count()).toBe(2);
      await expectAccessible(page);
    });

    test("a ticket is opened from a refusal, answered, and resolved with an offline contract (R3, R20)", async () => {
      await openAs("demo-enterprise", "/orders");
      const row = rowOf(words.unusualOrder);
      await row.getByRole("button", { name: words.openTicket }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText("quantum-annealer").waitFor();
      await expectAccessible(page);
      await dialog.getByRole("textbox").fill("一式四份\nfour copies");
      await dialog.getByRole("button", { name: words.openTicket.replace(" a ", " ") }).click();
      await page.getByRole("heading", { level: 1, name: `${words.ticket} ${words.unusualOrder}` }).waitFor();
      await dialog.waitFor({ state: "detached" });
      await page.getByText("four copies").waitFor();
      await page.getByText(words.state.open, { exact: true }).waitFor();
      const ticket = new URL(page.url()).pathname.split("/").at(-1) ?? "";

      await desk.post(`/v1/tickets/${ticket}/messages`, { text: "三日内办理 within three days" });
      await page.reload();
      await page.getByText("within three days").waitFor();
      await page.getByRole("textbox", { name: words.answer }).fill("好的 thank you");
      await page.getByRole("button", { name: words.send }).click();
      await page.getByRole("listitem").getByText("thank you").waitFor();
      expect(await page.getByRole("textbox", { name: words.answer }).inputValue()).toBe("");
      const pdf = await draft();
      await page
        .locator("input[type=file]")
        .setInputFiles({ name: words.attachment, mimeType: "application/pdf", buffer: pdf });
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: words.attachment }).click(),
      ]);
      expect(await download.failure()).toBeNull();
      await expectAccessible(page);

      const signed = { "content-type": "application/pdf" };
      const resolved = await desk.send("POST", `/v1/tickets/${ticket}/resolve`, signed, new Uint8Array(pdf));
      expect(resolved.status).toBe(200);
      await page.goto("/tickets");
      await rowOf(words.unusualOrder).getByText(words.state.resolved, { exact: true }).waitFor();
      await expectAccessible(page);
      await rowOf(words.unusualOrder)
        .getByRole("link", { name: /^DEMO-/ })
        .click();
      await page.getByText(words.offline, { exact: true }).waitFor();
      await expectAccessible(page);

      await page.goto("/verify");
      await page.locator("input[type=file]").setInputFiles({ name: "a.pdf", mimeType: "application/pdf", buffer: pdf });
      await page.getByText(words.notSealedHere, { exact: true }).waitFor();
      await expectAccessible(page);
    });

    test("a month's bill has its contract once final, and the day is told before that (R13)", async () => {
      await openAs("demo-enterprise", "/bills");
      await rowOf("2099").getByText(words.running, { exact: true }).waitFor();
      await rowOf("2099").locator("time").getByText(words.later).waitFor();
      const row = rowOf(words.month);
      await row.getByText(words.billState, { exact: true }).waitFor();
      const opened = await openedBy(() => row.getByRole("link", { name: words.preview }).click());
      expect(opened).toMatchObject({ status: 200, type: "application/pdf" });
      await expectAccessible(page);
      await row.getByRole("button", { name: words.request }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText(words.month, { exact: true }).waitFor();
      await dialog.getByText("¥1,291.40").waitFor();
      await dialog.getByRole("button", { name: words.confirm }).click();
      await dialog.getByRole("heading", { name: words.issued }).waitFor();
      await dialog.getByRole("button", { name: words.close }).last().click();
      const number = (await row.getByRole("link", { name: /^DEMO-/ }).textContent()) ?? "";

      await page.goto("/contracts");
      await rowOf(number).getByRole("link", { name: words.month }).waitFor();
      await expectAccessible(page);
      await desk.post(`/v1/contracts/${number}/void`, { reason: "开票信息有误 wrong tax data" });
      await rowOf(number).getByRole("link", { name: number, exact: true }).click();
      await page.getByRole("region", { name: words.voided }).getByText("wrong tax data").waitFor();
      await expectAccessible(page);
      await page.goto("/verify");
      const pdf = await (await page.request.get(`/v1/contracts/${number}/document.pdf`)).body();
      await page.locator("input[type=file]").setInputFiles({ name: "a.pdf", mimeType: "application/pdf", buffer: pdf });
      await page.getByText(words.notInForce, { exact: true }).waitFor();
      await page.getByText("wrong tax data").waitFor();
      await expectAccessible(page);
    });

    test("a session of the desk breaks none of the pages", async () => {
      await enter(await deskCookie("contract-desk-1"));
      for (const path of ["/orders", "/unpaid", "/bills", "/contracts"]) {
        await page.goto(path);
        await page.getByText("contract-desk-1").waitFor();
        await page.getByRole("table").first().waitFor();
      }
    });
  },
);

async function openAs(account: string, path: string): Promise<void> {
  await enter(await signIn(server, account));
  await page.goto(path);
  await page.getByRole("table").waitFor();
}

async function enter(cookie: string): Promise<void> {
  const [name = "", ...value] = cookie.split("=");
  await page.context().addCookies([{ name, value: value.join("="), url: server.url }]);
}

async function deskCaller(id: string): Promise<Caller> {
  return caller(server.url, { cookie: await deskCookie(id) });
}

async function deskCookie(id: string): Promise<string> {
  const response = await stranger(server).post("/v1/demo/sessions", { desk: id });
  return response.headers.getSetCookie()[0]?.replace(/;.*$/, "") ?? "";
}

function rowOf(text: string) {
  return page.getByRole("row").filter({ hasText: text });
}

/** What the tab that a click opens gets from the server. Where the browser has no viewer, it saves the PDF instead. */
async function openedBy(click: () => Promise<void>) {
  const [tab, response] = await Promise.all([
    page.context().waitForEvent("page"),
    page.context().waitForEvent("response", (each) => new URL(each.url()).pathname.endsWith(".pdf")),
    click(),
  ]);
  await tab.close();
  const { searchParams } = new URL(response.url());
  const [type] = (response.headers()["content-type"] ?? "").split(";");
  return { status: response.status(), type, query: Object.fromEntries(searchParams) };
}

/** A PDF that bears no seal, of a reader's own, so that each offline contract is another file. */
async function draft(): Promise<Buffer> {
  const contact = encodeURIComponent(`reader ${new URL(page.url()).pathname}`.slice(0, 200));
  const response = await page.request.get(`/v1/orders/D100000000002/preview.pdf?contact=${contact}`);
  expect(response.status()).toBe(200);
  return response.body();
}

function bill(state: string) {
  const line = { product: "ecs", list: "1291.40", discount: "0.00", tax: "0.00", total: "1291.40" };
  return { state, currency: "CNY", lines: [{ ...line, line: "1", description: "按量计算 · usage" }] };
}

function orderLine(product: string, description: string) {
  return { line: "1", product, description, quantity: "1", discount: "0.00", tax: "0.00", total: "69.00" };
}
