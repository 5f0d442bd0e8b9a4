import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { buyer, machine, read } from "../http/caller.ts";
import { orderBody } from "../http/order-body.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { type Typist, typistAt } from "./by-keyboard.ts";
import { launchBrowser } from "./launch-browser.ts";
import { type SeatedReader, seatReader } from "./seat-reader.ts";
import { toldTo } from "./told-to.ts";

let server: TestServer;
let browser: Browser;
let reader: SeatedReader;
let page: Page;
let typist: Typist;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
afterEach(() => reader.leave());

const READERS = [
  {
    locale: "zh-CN",
    skip: "跳到正文",
    order: "D100000000001",
    request: "申请合同",
    confirm: "确认申请",
    issued: "合同已出具",
    downloadPdf: "下载 PDF",
    agent: "contract-desk-1",
    tickets: "工单",
    ticketShown: "查看工单：订单",
    take: "领取工单",
    mine: "由您处理",
    answer: "回复",
    send: "发送",
    reject: "驳回工单",
    confirmReject: "确认驳回",
    rejected: "已驳回",
    reason: "驳回原因",
  },
  {
    locale: "en",
    skip: "Skip to content",
    order: "D100000000002",
    request: "Request contract",
    confirm: "Request contract",
    issued: "The contract is issued",
    downloadPdf: "Download PDF",
    agent: "contract-desk-1",
    tickets: "Tickets",
    ticketShown: "Show the ticket on order",
    take: "Assign to me",
    mine: "You are working on this",
    answer: "Reply",
    send: "Send",
    reject: "Reject",
    confirmReject: "Reject the ticket",
    rejected: "Rejected",
    reason: "Reason",
  },
] as const;

describe.each(toldTo(import.meta.url, READERS))("without a pointer, in $locale", { timeout: 120_000 }, (words) => {
  beforeEach(async () => {
    reader = await seatReader(browser, server.url, words.locale);
    page = reader.page;
    typist = typistAt(page);
    await page.goto("/");
  });

  test("a buyer signs in, skips the navigation, requests a contract and downloads it", async () => {
    await typist.choose(page.getByRole("button", { name: "深圳示例智造有限公司" }));
    const row = page.getByRole("row").filter({ hasText: words.order });
    const request = row.getByRole("button", { name: words.request });
    await request.waitFor();
    await page.reload();
    await request.waitFor();
    await typist.choose(page.getByRole("link", { name: words.skip }));
    expect(await typist.isWithin(page.getByRole("main"))).toBe(true);

    await typist.choose(request);
    const dialog = page.getByRole("dialog");
    const confirm = dialog.getByRole("button", { name: words.confirm });
    await confirm.waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await typist.isWithin(request)).toBe(true);
    await page.keyboard.press("Enter");

    await typist.goTo(dialog.getByRole("textbox").first());
    await page.keyboard.type("Ms. Li");
    await typist.choose(confirm);
    const heading = dialog.getByRole("heading", { name: words.issued });
    await heading.waitFor();
    expect(await typist.isWithin(heading)).toBe(true);
    const download = page.waitForEvent("download");
    await typist.choose(dialog.getByRole("link", { name: words.downloadPdf }));
    expect((await readFile(await (await download).path())).subarray(0, 5).toString()).toBe("%PDF-");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    // The button is gone: they go on in the same row.
    await expect.poll(() => typist.isWithin(row)).toBe(true);
  });

  test("an agent takes a ticket, answers and rejects it with a reason", async () => {
    const order = `2400${words.order.slice(-4)}`;
    const bespoke = { line: "1", product: "bespoke", quantity: "1", total: "88000.00", tax: "0.00" };
    expect((await machine(server).put(`/v1/orders/${order}`, orderBody({ lines: [bespoke] }))).status).toBe(200);
    await read(await (await buyer(server, "demo-enterprise")).post("/v1/tickets", { order }));

    await typist.choose(page.getByRole("button", { name: words.agent }));
    await typist.choose(page.getByRole("navigation").getByRole("link", { name: words.tickets, exact: true }));
    await typist.choose(page.getByRole("link", { name: `${words.ticketShown} ${order}` }));
    await typist.choose(page.getByRole("button", { name: words.take }));
    await page.getByText(words.mine, { exact: true }).waitFor();
    await typist.goTo(page.getByRole("textbox", { name: words.answer }));
    await page.keyboard.type("within three days");
    await typist.choose(page.getByRole("button", { name: words.send }));
    await page.getByRole("listitem").getByText("within three days").waitFor();

    await typist.choose(page.getByRole("button", { name: words.reject }));
    const dialog = page.getByRole("dialog");
    await typist.goTo(dialog.getByRole("textbox", { name: words.reason }));
    await page.keyboard.type("no such product");
    await typist.choose(dialog.getByRole("button", { name: words.confirmReject }));
    await page.getByText(words.rejected).first().waitFor();
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => typist.isWithin(page.getByRole("main"))).toBe(true);
  });
});
