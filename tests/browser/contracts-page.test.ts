import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { unzipSync } from "fflate";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { OrderDocument } from "../../src/application/order-document.ts";
import { createTestAuthority } from "../../src/document/seal/test-authority.ts";
import {
  startTestTimestampAuthority,
  type TestTimestampAuthority,
} from "../../src/document/seal/test-timestamp-authority.fixture.ts";
import { machine, signIn } from "../http/caller.ts";
import { orderBody } from "../http/order-body.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { launchBrowser } from "./launch-browser.ts";
import { type SeatedReader, seatReader } from "./seat-reader.ts";
import { toldTo } from "./told-to.ts";

let server: TestServer;
let authority: TestTimestampAuthority;
let browser: Browser;
let reader: SeatedReader;
let page: Page;

/** What a person sees in each language, and the orders of each reader (R4 allows one contract each). */
const READERS = [
  {
    locale: "zh-CN",
    prefix: "D12",
    contracts: "合同",
    requestable: "可申请合同的订单",
    issuedPart: "已出具的合同",
    request: "申请合同",
    confirm: "确认申请",
    issued: "合同已出具",
    close: "关闭",
    select: "选择订单",
    selectAll: "全选",
    selected: "已选 3 个",
    requestSelected: "申请所选合同",
    unpaidOnes: "其中 1 个订单待付款",
    held: "保留",
    canBeLost: "付款前域名可能被他人注册",
    twoIssued: "2 份合同已出具",
    waits: "合同已受理，等待时间戳",
    waiting: "等待时间戳",
    why: "时间戳服务拒绝了请求",
    results: "申请结果",
    cancelled: "该订单已取消，不能再申请合同。",
    wayOut: "重新下单",
    downloadAll: "下载全部（ZIP）",
    none: "暂无可在此申请合同的订单",
    allOrders: "查看全部订单",
    orders: "订单",
  },
  {
    locale: "en",
    prefix: "D13",
    contracts: "Contracts",
    requestable: "Orders that can have a contract",
    issuedPart: "Issued contracts",
    request: "Request contract",
    confirm: "Request contract",
    issued: "The contract is issued",
    close: "Close",
    select: "Select order",
    selectAll: "Select all",
    selected: "3 selected",
    requestSelected: "Request the selected contracts",
    unpaidOnes: "1 of these orders is unpaid",
    held: "held",
    canBeLost: "someone else can register the name",
    twoIssued: "2 contracts are issued",
    waits: "The contract waits for its timestamp",
    waiting: "Timestamp pending",
    why: "the timestamp authority refused the request",
    results: "Results",
    cancelled: "This order was cancelled, so a contract can no longer be requested.",
    wayOut: "Place a new order",
    downloadAll: "Download all (ZIP)",
    none: "No order can have a contract from here at the moment",
    allOrders: "See all orders",
    orders: "Orders",
  },
] as const;

beforeAll(async () => {
  const now = new Date();
  const signer = createTestAuthority({ keyType: "p256", now }).issueTimestampCertificate({ validDays: 1 });
  authority = await startTestTimestampAuthority({ signer, genTime: "now" });
  [server, browser] = await Promise.all([startTestServer({ ORDERSEAL_TSA_URL: authority.url }), launchBrowser()]);
  const justNow = now.toISOString();
  for (const { prefix } of READERS) {
    for (const ending of ["1", "2", "3", "6"]) await place(`${prefix}000${ending}`);
    await place(`${prefix}0004`, { occurredAt: justNow, placedAt: justNow, status: { state: "unpaid" } });
    const marketplace = { sellerName: "上海示例软件有限公司" };
    await place(`${prefix}0005`, { account: "demo-domains", marketplace });
  }
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await authority?.close();
});
afterEach(() => reader.leave());

describe.each(toldTo(import.meta.url, READERS))(
  "the Contracts page, read in $locale",
  { timeout: 120_000 },
  (words) => {
    const [first, second, third, unpaid, marketplace] = ["1", "2", "3", "4", "5"].map(
      (ending) => `${words.prefix}000${ending}`,
    ) as [string, string, string, string, string];

    beforeEach(async () => {
      reader = await seatReader(browser, server.url, words.locale);
      page = reader.page;
    });

    test("an order that can have a contract is requested here, and its contract stands below (R1)", async () => {
      await openAs("demo-enterprise");
      const offered = part(words.requestable);
      await offered.getByRole("row").filter({ hasText: first }).waitFor();
      for (const refused of ["D100000000005", "D100000000006", "D100000000007"]) {
        expect(await offered.getByText(refused).count()).toBe(0);
      }
      await expectAccessible(page);
      await rowOf(first).getByRole("button", { name: words.request }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: words.confirm }).click();
      await dialog.getByRole("heading", { name: words.issued }).waitFor();
      await dialog.getByRole("button", { name: words.close }).last().click();
      await part(words.issuedPart).getByRole("row").filter({ hasText: first }).waitFor();
      await offered.getByText(first).waitFor({ state: "detached" });
    });

    test("a marketplace order is not here, but is requested on the Orders page (R18)", async () => {
      await openAs("demo-domains");
      await rowOf("D200000000003").waitFor();
      await part(words.requestable).getByText(words.canBeLost).waitFor();
      expect(await page.getByText(marketplace).count()).toBe(0);
      expect(await page.getByText("D300000000001").count()).toBe(0);
      await page.getByRole("link", { name: words.allOrders }).click();
      await page.getByRole("heading", { level: 1, name: words.orders }).waitFor();
      await rowOf(marketplace).getByRole("button", { name: words.request }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: words.confirm }).click();
      await dialog.getByRole("heading", { name: words.issued }).waitFor();
      await dialog.getByRole("button", { name: words.close }).last().click();
      await page.getByRole("link", { name: words.contracts, exact: true }).click();
      await part(words.issuedPart).getByRole("row").filter({ hasText: marketplace }).waitFor();
      expect(await part(words.requestable).getByText(marketplace).count()).toBe(0);
    });

    test("three at once, one cancelled meanwhile: one list of what came of each, and one zip (R23)", async () => {
      await openAs("demo-enterprise");
      const selectAll = page.getByRole("checkbox", { name: words.selectAll, exact: true });
      await selectAll.check();
      expect(await page.getByRole("checkbox", { name: `${words.select} ${third}` }).isChecked()).toBe(true);
      await selectAll.uncheck();
      const request = page.getByRole("button", { name: words.requestSelected });
      expect(await request.isDisabled()).toBe(true);
      for (const order of [second, third, unpaid]) {
        await page.getByRole("checkbox", { name: `${words.select} ${order}` }).check();
      }
      await page.getByText(words.selected).waitFor();
      await request.click();
      const dialog = page.getByRole("dialog");
      const warning = dialog.getByRole("region", { name: words.unpaidOnes });
      await warning.getByRole("listitem").filter({ hasText: unpaid }).getByText(words.held).waitFor();
      await expectAccessible(page);
      await place(third, { revision: 2, status: { state: "cancelled", cancelledAt: "2026-03-03T08:00:00Z" } });
      await dialog.getByRole("textbox").first().fill("采购部 Ms. Li");
      await dialog.getByRole("button", { name: words.confirm }).click();

      await dialog.getByRole("heading", { name: words.twoIssued }).waitFor();
      const results = dialog.getByRole("list", { name: words.results }).getByRole("listitem");
      expect(await results.count()).toBe(3);
      await results.filter({ hasText: third }).getByText(words.cancelled).waitFor();
      await results.filter({ hasText: third }).getByRole("button", { name: words.wayOut }).waitFor();
      await expectAccessible(page);
      const numbers = await dialog.getByRole("link", { name: /^DEMO-/ }).allTextContents();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        dialog.getByRole("button", { name: words.downloadAll }).click(),
      ]);
      expect(download.suggestedFilename()).toBe("contracts.zip");
      await holds(await readFile(await download.path()), numbers);

      await dialog.getByRole("button", { name: words.close }).last().click();
      await dialog.waitFor({ state: "detached" });
      for (const order of [second, third, unpaid]) {
        await part(words.requestable).getByText(order).waitFor({ state: "detached" });
      }
      for (const number of numbers) await rowOf(number).waitFor();
      expect(await request.isDisabled()).toBe(true);
    });

    test("while no timestamp can be had, a requested contract says that it waits for one", async () => {
      const order = `${words.prefix}0006`;
      authority.become({ fault: "rejects" });
      await openAs("demo-enterprise");
      await rowOf(order).getByRole("button", { name: words.request }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: words.confirm }).click();
      await dialog.getByRole("heading", { name: words.waits }).waitFor();
      await dialog.getByText(words.why).waitFor();
      await dialog.getByRole("button", { name: words.close }).last().click();
      await part(words.issuedPart).getByRole("row").filter({ hasText: order }).getByText(words.waiting).waitFor();
      await rowOf(order)
        .getByRole("link", { name: /^DEMO-/ })
        .click();
      await page.getByRole("status", { name: words.waiting }).getByText(words.why).waitFor();
      await expectAccessible(page);
      expect(await page.getByRole("link", { name: /PDF/ }).count()).toBe(0);
      authority.become({ fault: null });
    });

    test("where no order can have a contract, the page says so and leads to the reasons (R1)", async () => {
      await openAs("demo-partner-customer");
      await page.getByText(words.none).waitFor();
      await expectAccessible(page);
      await page.getByRole("link", { name: words.allOrders }).click();
      await rowOf("D500000000001").waitFor();
    });
  },
);

async function openAs(account: string): Promise<void> {
  const [name = "", ...value] = (await signIn(server, account)).split("=");
  await page.context().addCookies([{ name, value: value.join("="), url: server.url }]);
  await page.goto("/contracts");
}

async function place(order: string, changes: Partial<OrderDocument> = {}): Promise<void> {
  expect((await machine(server).put(`/v1/orders/${order}`, orderBody(changes))).status).toBe(200);
}

function part(heading: string) {
  return page.getByRole("region", { name: heading });
}

function rowOf(text: string) {
  return page.getByRole("row").filter({ hasText: text });
}

/** The zip holds the stored file of each contract, byte for byte, and nothing else. */
async function holds(zip: Buffer, numbers: readonly string[]): Promise<void> {
  const files = unzipSync(new Uint8Array(zip));
  expect(Object.keys(files).sort()).toEqual(numbers.map((number) => `${number}.pdf`).sort());
  for (const number of numbers) {
    const { sha256 } = await (await page.request.get(`/v1/contracts/${number}`)).json();
    const file = files[`${number}.pdf`] ?? new Uint8Array();
    expect(createHash("sha256").update(file).digest("hex")).toBe(sha256);
  }
}
