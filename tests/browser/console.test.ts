import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeParty } from "../../src/verify/certificates.fixture.ts";
import { sealedPdf } from "../../src/verify/sealed-pdf.fixture.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { launchBrowser } from "./launch-browser.ts";
import { weighLoaded } from "./loaded-bytes.ts";
import { type SeatedReader, seatReader } from "./seat-reader.ts";
import { toldTo } from "./told-to.ts";

let server: TestServer;
let browser: Browser;
let reader: SeatedReader;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
afterEach(() => reader.leave());

/** What a person sees in each language, and an order for each to request a contract of (R4 allows one each). */
const READERS = [
  {
    locale: "zh-CN",
    enterprise: "深圳示例智造有限公司",
    order: "D100000000001",
    request: "申请合同",
    confirm: "确认申请",
    issued: "合同已出具",
    downloadPdf: "下载 PDF",
    download: "下载合同",
    inForce: "有效",
    refused: "该订单已取消，不能再申请合同。",
    why: "为什么？",
    rung: "订单未取消",
    contracts: "合同",
    unpaid: "待付款",
    genuine: "是真的",
    checked: "与本系统登记的已出具文件逐字节一致。",
    logProof: "透明日志证明",
    forged: "不是真的",
    notOurs: "签名完好，非本系统出具",
    sound: "文件上的电子签名完好，覆盖整个文件，签名之后未被改动。",
    otherSound: "The signature on the file is sound: it covers the whole file, which is unaltered since.",
    otherLanguage: "English",
    otherHeading: "Orders",
    signOut: "退出登录",
    chooseAccount: "选择一个演示账号",
  },
  {
    locale: "en",
    enterprise: "深圳示例智造有限公司",
    order: "D100000000002",
    request: "Request contract",
    confirm: "Request contract",
    issued: "The contract is issued",
    downloadPdf: "Download PDF",
    download: "Download contract",
    inForce: "In force",
    refused: "This order was cancelled, so a contract can no longer be requested.",
    why: "Why?",
    rung: "The order is not cancelled",
    contracts: "Contracts",
    unpaid: "Unpaid",
    genuine: "Genuine",
    checked: "Exactly this file is on record as issued here.",
    logProof: "Proof of the transparency log",
    forged: "Not genuine",
    notOurs: "Signature sound, but not issued here",
    sound: "The signature on the file is sound: it covers the whole file, which is unaltered since.",
    otherSound: "文件上的电子签名完好，覆盖整个文件，签名之后未被改动。",
    otherLanguage: "中文",
    otherHeading: "订单",
    signOut: "Sign out",
    chooseAccount: "Choose a demo account",
  },
] as const;

test("the pages of buyers weigh at most 250 kB before their first request", { timeout: 120_000 }, async () => {
  reader = await seatReader(browser, server.url, "en");
  const loaded = weighLoaded(reader.page, server.url);
  await reader.page.goto("/orders");
  await reader.page.getByRole("button").first().waitFor();
  const { beforeFirstRequest } = await loaded();
  expect(beforeFirstRequest).toBeGreaterThan(50_000);
  expect(beforeFirstRequest).toBeLessThanOrEqual(250_000);
});

describe.each(toldTo(import.meta.url, READERS))("the console, read in $locale", { timeout: 120_000 }, (words) => {
  beforeEach(async () => {
    reader = await seatReader(browser, server.url, words.locale);
    page = reader.page;
    await signIn(words.enterprise);
  });

  test("a buyer sees every order with its decision in plain words (R1, R24)", async () => {
    const cancelled = rowOf("D100000000006");
    await cancelled.getByText(words.refused).waitFor();
    await rowOf("D100000000003").getByRole("button", { name: words.request }).waitFor();
    await expectAccessible(page);

    await cancelled.getByRole("link", { name: words.why }).click();
    const drawer = page.getByRole("dialog");
    await drawer.getByText(words.rung).waitFor();
    expect(new URL(page.url()).pathname).toBe("/orders/D100000000006");
    await expectAccessible(page);
  });

  test("the view and the search are in the address and survive a reload", async () => {
    await page.getByRole("main").getByText(words.unpaid, { exact: true }).first().click();
    await page.waitForURL(/view=unpaid/);
    await rowOf("D100000000001").waitFor({ state: "detached" });
    await page.reload();
    await rowOf("D100000000003").waitFor();
    expect(await page.getByRole("row").count()).toBe(2);
    await page.getByRole("searchbox").fill("D999");
    await page.getByRole("searchbox").press("Enter");
    await page.getByText("“D999”").waitFor();
    await expectAccessible(page);
  });

  test("a contract is requested, downloaded whole, and still there after a reload (R5)", async () => {
    await rowOf(words.order).getByRole("button", { name: words.request }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(words.enterprise).waitFor();
    await expectAccessible(page);
    await dialog.getByRole("textbox").first().fill("采购部 Ms. Li");
    await dialog.getByRole("button", { name: words.confirm }).click();
    await dialog.getByRole("heading", { name: words.issued }).waitFor();
    await dialog.getByText(words.inForce, { exact: true }).waitFor();
    await expectAccessible(page);

    const link = dialog.getByRole("link", { name: words.downloadPdf });
    const { name, pdf } = await downloadedBy(() => link.click());
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    const number = name.replace(/\.pdf$/, "");
    const asStored = await page.request.get(`/v1/contracts/${number}`);
    expect((await asStored.json()).sha256).toBe(createHash("sha256").update(pdf).digest("hex"));

    await page.reload();
    const again = rowOf(words.order).getByRole("link", { name: `${words.download} ${number}` });
    expect((await downloadedBy(() => again.click())).pdf.equals(pdf)).toBe(true);
    await page.getByRole("link", { name: words.contracts, exact: true }).click();
    await page.getByText(number).waitFor();
    await expectAccessible(page);
    await verifies(pdf);
  });

  async function verifies(pdf: Buffer): Promise<void> {
    const forged = Buffer.from(pdf);
    forged[200] = (forged[200] ?? 0) ^ 1;
    for (const [file, answer] of [
      [pdf, words.genuine],
      [forged, words.forged],
      [foreignPdf(), words.notOurs],
    ] as const) {
      await page.goto("/verify");
      await page
        .locator("input[type=file]")
        .setInputFiles({ name: "a.pdf", mimeType: "application/pdf", buffer: file });
      await page.getByText(answer, { exact: true }).waitFor();
      expect(await page.getByText(words.checked).count()).toBe(answer === words.genuine ? 1 : 0);
      if (answer === words.genuine) {
        const proof = await downloadedBy(() => page.getByRole("button", { name: words.logProof }).click());
        expect(proof.name).toMatch(/^DEMO-.+-issued\.tlog-proof$/);
        expect(proof.pdf.toString()).toMatch(/^c2sp\.org\/tlog-proof@v1\nextra /);
      }
      await expectAccessible(page);
    }
    // The server's sentences follow the reader's language, too.
    await page.getByText(words.sound).waitFor();
    await page.getByRole("button", { name: words.otherLanguage }).click();
    await page.getByText(words.otherSound).waitFor();
    await page.getByRole("button", { name: words.locale === "en" ? "English" : "中文" }).click();
    await page.getByText(words.sound).waitFor();
  }

  test("the language can be changed, is remembered, and signing out ends the session", async () => {
    await page.getByRole("button", { name: words.otherLanguage }).click();
    await page.getByRole("heading", { level: 1, name: words.otherHeading }).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: words.otherHeading }).waitFor();
    await page.getByRole("button", { name: words.locale === "en" ? "English" : "中文" }).click();
    await page.getByRole("button", { name: words.signOut }).click();
    await page.getByRole("heading", { name: words.chooseAccount }).waitFor();
    await page.goto("/contracts");
    await page.getByRole("heading", { name: words.chooseAccount }).waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: words.enterprise }).click();
    await page.getByRole("heading", { level: 1, name: words.contracts }).waitFor();
  });
});

async function signIn(company: string): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: company }).click();
  await page.getByRole("table").waitFor();
}

function rowOf(order: string) {
  return page.getByRole("row").filter({ hasText: order });
}

async function downloadedBy(click: () => Promise<void>): Promise<{ name: string; pdf: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return { name: download.suggestedFilename(), pdf: await readFile(await download.path()) };
}

/** Signed by somebody else, with other software. */
function foreignPdf(): Buffer {
  const signature = "/Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached";
  return sealedPdf({ cms: { signer: makeParty({ name: "Stranger", authority: false }) }, signature });
}
