import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { machine } from "../http/caller.ts";
import { orderBody } from "../http/order-body.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { launchBrowser } from "./launch-browser.ts";
import { type SeatedReader, seatReader } from "./seat-reader.ts";
import { toldTo } from "./told-to.ts";

let server: TestServer;
let browser: Browser;
let reader: SeatedReader;
let page: Page;

/** A page has thirty. */
const MANY = 65;
const ACCOUNT = "many-orders";

const READERS = [
  {
    locale: "zh-CN",
    unpaidOrder: "HOLD-1",
    heading: "订单",
    next: "下一页",
    previous: "上一页",
    first: "首页",
    page: "第 {n} 页",
    why: "为什么？",
    more: "了解详情",
    problem: "该产品不支持自助申请合同",
    whatToDo: "怎么办",
    topic: "线下合同",
    question: "线下合同签好以后在哪里下载？",
    allTopics: "返回帮助首页",
    help: "帮助",
    request: "申请合同",
    confirm: "确认申请",
    preview: "预览合同",
    previewPages: "合同预览页面",
    pageOf: /^第 1 页，共 \d 页$/,
    english: "英文",
    left: "还剩 ",
    issued: "合同已出具",
    close: "关闭",
  },
  {
    locale: "en",
    unpaidOrder: "HOLD-2",
    heading: "Orders",
    next: "Next",
    previous: "Previous",
    first: "First page",
    page: "Page {n}",
    why: "Why?",
    more: "Learn more",
    problem: "Not a self-service product",
    whatToDo: "What to do",
    topic: "Offline contracts",
    question: "Where is the signed contract?",
    allTopics: "All help topics",
    help: "Help",
    request: "Request contract",
    confirm: "Request contract",
    preview: "Preview the contract",
    previewPages: "Pages of the preview",
    pageOf: /^Page 1 of \d$/,
    english: "English",
    left: " left",
    issued: "The contract is issued",
    close: "Close",
  },
] as const;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), launchBrowser()]);
  const program = machine(server);
  const identity = { state: "verified", kind: "enterprise", legalName: "杭州示例多单科技有限公司" };
  expect((await program.put(`/v1/accounts/${ACCOUNT}`, { identity })).status).toBe(204);
  const placed = (index: number) => new Date(Date.UTC(2026, 9, 1) + index * 3_600_000).toISOString();
  const orders = Array.from({ length: MANY }, (_, index) => ({
    ...orderBody({ account: ACCOUNT, placedAt: placed(index), occurredAt: placed(index) }),
    order: `MANY-${String(index + 1).padStart(3, "0")}`,
  }));
  const lines = orders.map((order) => `${JSON.stringify(order)}\n`).join("");
  const imported = await program.send("POST", "/v1/orders:import", { "content-type": "application/x-ndjson" }, lines);
  expect((await imported.text()).split('"created"').length - 1).toBe(MANY);
  const now = new Date().toISOString();
  for (const { unpaidOrder } of READERS) {
    const unpaid = orderBody({ account: ACCOUNT, placedAt: now, occurredAt: now, status: { state: "unpaid" } });
    expect((await program.put(`/v1/orders/${unpaidOrder}`, unpaid)).status).toBe(200);
  }
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
afterEach(() => reader.leave());

describe.each(toldTo(import.meta.url, READERS))("a buyer's pages, read in $locale", { timeout: 120_000 }, (words) => {
  beforeEach(async () => {
    reader = await seatReader(browser, server.url, words.locale);
    page = reader.page;
  });

  test("long lists are read page by page; the page is in the address, and the way back is kept", async () => {
    await comeIn(ACCOUNT, "/orders");
    const pageNumber = (n: number) => page.getByText(words.page.replace("{n}", String(n)), { exact: true });
    await pageNumber(1).waitFor();
    await page.getByRole("link", { name: words.next }).click();
    await pageNumber(2).waitFor();
    await rowOf("MANY-037").waitFor();
    await page.getByRole("link", { name: words.next }).click();
    await pageNumber(3).waitFor();
    await rowOf("MANY-001").waitFor();
    expect(await page.getByRole("link", { name: words.next }).count()).toBe(0);
    await expectAccessible(page);
    const last = new URL(page.url());
    expect(last.searchParams.get("after")).toMatch(/^[\w-]+$/);
    await page.reload();
    await rowOf("MANY-001").waitFor();
    await page.getByRole("link", { name: words.previous }).click();
    await rowOf("MANY-037").waitFor();
    await page.goBack();
    await rowOf("MANY-001").waitFor();
    // Who was sent the address came by no other page, and gets to the first one.
    const other = await page.context().newPage();
    await other.goto(last.pathname + last.search);
    await other.getByRole("row").filter({ hasText: "MANY-001" }).waitFor();
    await other.getByRole("link", { name: words.first }).click();
    await other.getByRole("row").filter({ hasText: "MANY-065" }).waitFor();
    expect(new URL(other.url()).search).toBe("");
  });

  test("every refusal links to its page: on the order, on the unpaid order and on the bill (R24)", async () => {
    const told = new Set<string>();
    for (const account of ["demo-enterprise", "demo-domains", "demo-partner-customer", "demo-unverified"]) {
      await comeIn(account, "/orders");
      const refused = new Map((await refusedOf("orders?limit=200")).map(({ order, code }) => [code, order]));
      for (const [code, order] of refused) {
        await page.goto(`/orders/${order}`);
        await page.getByRole("dialog").locator(`a[href="/problems/${code}"]`).waitFor();
        told.add(code);
      }
      const lists = { "demo-enterprise": ["bills"], "demo-domains": ["unpaid"] }[account] ?? [];
      for (const list of lists) {
        const there = await refusedOf(list === "unpaid" ? "orders?view=unpaid&limit=200" : "bills?limit=200");
        await page.goto(`/${list}`);
        await page.getByRole("heading", { level: 1 }).waitFor();
        await expect.poll(() => page.locator('main a[href^="/problems/"]').count()).toBe(there.length);
        for (const { code } of there) await page.locator(`a[href="/problems/${code}"]`).first().waitFor();
      }
    }
    expect([...told].sort()).toEqual([
      ...["identity_not_verified", "order_cancelled", "order_type_not_contractable", "product_not_self_service"],
      ...["seller_cannot_seal", "served_by_partner", "unpaid_domain_service_not_allowed"],
    ]);
  });

  test("from a refusal one gets to what it means, and from there to all that is asked about it (R24)", async () => {
    await comeIn("demo-enterprise", "/orders");
    await rowOf("D100000000005").getByRole("link", { name: words.why }).click();
    await page.getByRole("dialog").getByRole("link", { name: words.more }).click();
    await page.getByRole("heading", { level: 1, name: words.problem }).waitFor();
    await page.getByRole("heading", { level: 2, name: words.whatToDo }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/problems/product_not_self_service");
    await expectAccessible(page);
    await page.getByRole("main").getByRole("link", { name: words.topic }).click();
    await page.getByRole("heading", { level: 2, name: words.question }).waitFor();
    await expectAccessible(page);
    await page.getByRole("link", { name: words.allTopics }).click();
    await page.getByRole("heading", { level: 1, name: words.help }).waitFor();
    expect(await page.getByRole("main").getByRole("listitem").count()).toBe(11);
    await expectAccessible(page);
  });

  test("an address that a problem of the API names opens for anybody, in the reader's language", async () => {
    const refused = await machine(server).post("/v1/orders/D100000000005/contract", {});
    const { type } = (await refused.json()) as { readonly type: string };
    await page.goto(type);
    await page.getByRole("heading", { level: 1, name: words.problem }).waitFor();
    const text = await (await fetch(server.url + type)).text();
    expect(text).toContain("## What to do");
  });

  test("the contract is seen as pictures before it is requested, and its time is counted down after (R8, R21)", async () => {
    await comeIn(ACCOUNT, "/orders?view=unpaid");
    await rowOf(words.unpaidOrder).getByRole("button", { name: words.request }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: words.preview }).click();
    const pages = dialog.getByRole("region", { name: words.previewPages });
    await pages.getByRole("img", { name: words.pageOf }).waitFor();
    await pages.locator("canvas[data-drawn=true]").first().waitFor();
    const before = await picture();
    expect(before).toBeGreaterThan(5_000);
    await expectAccessible(page);
    const inEnglish = page.waitForResponse((response) => /preview\.pdf\?language=en(&|$)/.test(response.url()));
    await dialog.getByRole("radio", { name: words.english, exact: true }).check();
    await inEnglish;
    await expect.poll(async () => ![0, before].includes(await picture()), { timeout: 15_000 }).toBe(true);
    await dialog.getByRole("button", { name: words.confirm, exact: true }).click();
    await dialog.getByRole("heading", { name: words.issued }).waitFor();
    await dialog.getByRole("button", { name: words.close }).first().click();
    await page.goto("/contracts");
    await rowOf(words.unpaidOrder).getByText(words.left).waitFor();

    /** How much there is on the first page, as the bytes of its picture. */
    async function picture(): Promise<number> {
      const canvas = pages.locator("canvas[data-drawn=true]").first();
      return (await canvas.count()) === 0 ? 0 : (await canvas.screenshot()).length;
    }
  });
});

/** Comes in through the seller's portal, as buyers do. */
async function comeIn(account: string, path: string): Promise<void> {
  const opened = await machine(server).post("/v1/portal-sessions", {
    account,
    actor: { id: "lin", role: "requester" },
  });
  const { url } = (await opened.json()) as { readonly url: string };
  await page.goto(url);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).waitFor();
}

/** What the account has and may have no contract of, without what has one. */
async function refusedOf(list: string): Promise<readonly { order: string; code: string }[]> {
  const { items } = (await (await page.request.get(`/v1/${list}`)).json()) as { readonly items: readonly Decided[] };
  return items.flatMap(({ order = "", contract, decision: { code } }) => (code && !contract ? [{ order, code }] : []));
}

interface Decided {
  readonly order?: string;
  readonly contract: unknown;
  readonly decision: { readonly code?: string };
}

function rowOf(text: string) {
  return page.getByRole("row").filter({ hasText: text });
}
