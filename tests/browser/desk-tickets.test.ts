import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { buyer, type Caller, type DeskPerson, desk, machine, read, signIn, stranger } from "../http/caller.ts";
import { scannedPdf } from "../http/offline-pdf.ts";
import { orderBody } from "../http/order-body.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { READERS } from "./desk-tickets-words.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { launchBrowser } from "./launch-browser.ts";
import { type SeatedReader, seatReader } from "./seat-reader.ts";
import { toldTo } from "./told-to.ts";

const BESPOKE = { line: "1", product: "bespoke", quantity: "1", total: "88000.00", tax: "0.00" };

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

describe.each(toldTo(import.meta.url, READERS))(
  "the tickets of the desks, read in $locale",
  { timeout: 120_000 },
  (words) => {
    beforeEach(async () => {
      reader = await seatReader(browser, server.url, words.locale);
      page = reader.page;
    });

    test("an agent takes a ticket, answers, and resolves it with the signed PDF, which the buyer downloads (R20)", async () => {
      const { order, ticket } = await bespokeTicket("一式四份 four copies");
      const waiting = await bespokeTicket();
      await signInAs("contract-desk-1");
      // The buyers' page of tickets is not for the seller's people.
      await page.goto(`/tickets/${ticket}`);
      await page.waitForURL(`**/desk/tickets/${ticket}`);
      await page.getByRole("navigation").getByRole("link", { name: words.tickets, exact: true }).click();
      const row = rowOf(order);
      await row.getByText("深圳示例智造有限公司").waitFor();
      await row.getByText(words.ourTurn).waitFor();
      await row.getByText(words.nobody, { exact: true }).waitFor();
      await expectAccessible(page);
      await row.getByRole("link", { name: words.ticketShown }).click();

      await page.getByRole("heading", { level: 1, name: `${words.ticket} ${order}` }).waitFor();
      await page.getByText("four copies").waitFor();
      for (const known of ["91440300DEMO000009", "88,000.00"]) await page.getByText(known).first().waitFor();
      await page.getByRole("button", { name: words.take }).click();
      await page.getByText(words.mine, { exact: true }).waitFor();
      await page.getByRole("textbox", { name: words.answer }).fill("三日内办理 within three days");
      await page.getByRole("button", { name: words.send }).click();
      await page.getByRole("listitem").getByText("within three days").waitFor();
      await page.getByText(words.buyersTurn).waitFor();

      const settle = page.getByRole("region").filter({ hasText: words.onlyContract });
      const input = settle.locator("input[type=file]");
      await input.setInputFiles({ name: "signed.docx", mimeType: "application/msword", buffer: Buffer.from("no") });
      await settle.getByRole("alert").filter({ hasText: words.notPdf }).waitFor();
      const pdf = scannedPdf();
      await input.setInputFiles({ name: "双方已签 signed.pdf", mimeType: "application/pdf", buffer: pdf });
      const dialog = page.getByRole("dialog");
      for (const known of ["双方已签 signed.pdf", order, "88,000.00"]) await dialog.getByText(known).waitFor();
      await dialog.getByRole("button", { name: words.look }).click();
      await dialog.locator("canvas[data-drawn=true]").waitFor();
      await expectAccessible(page);
      await dialog.getByRole("button", { name: words.resolve }).click();
      const result = page.getByRole("region", { name: words.resolved });
      const number = (await result.getByRole("link", { name: /^DEMO-/ }).textContent()) ?? "";
      expect(await result.evaluate((shown) => shown === shown.ownerDocument.activeElement)).toBe(true);
      await expectAccessible(page);
      expect(await downloaded(() => result.getByRole("link", { name: words.download }).click())).toEqual(pdf);
      await result.getByRole("link", { name: words.next }).click();
      await page.getByRole("heading", { level: 1, name: `${words.ticket} ${waiting.order}` }).waitFor();
      await page.goto("/desk/tickets?state=resolved");
      await rowOf(order).getByRole("link", { name: number }).waitFor();

      await signInAs("demo-enterprise");
      await page.goto("/tickets");
      await rowOf(order).getByRole("link", { name: number }).click();
      expect(await downloaded(() => page.getByRole("link", { name: words.download }).click())).toEqual(pdf);
      await settleAll("contract-desk-1");
    });

    test("an agent of the marketplace desk rejects a ticket with a reason that the buyer reads", async () => {
      const opened = await (await buyer(server, "demo-domains")).post("/v1/tickets", { order: "D300000000002" });
      const { ticket } = await read<{ ticket: string }>(opened);
      await signInAs("marketplace-desk");
      await page.goto("/desk/tickets");
      await page.getByRole("link", { name: `${words.ticketShown} D300000000002` }).click();
      await page.getByRole("button", { name: words.reject, exact: true }).click();
      const dialog = page.getByRole("dialog");
      expect(await dialog.getByRole("button", { name: words.confirmReject }).isDisabled()).toBe(true);
      await dialog.getByRole("textbox").fill("授权书未盖章 no stamp on the authorisation");
      await expectAccessible(page);
      await dialog.getByRole("button", { name: words.confirmReject }).click();
      const result = page.getByRole("region", { name: words.rejected });
      await result.getByText("no stamp on the authorisation").waitFor();
      await dialog.waitFor({ state: "detached" });

      await signInAs("demo-domains");
      await page.goto(`/tickets/${ticket}`);
      await page.getByText("no stamp on the authorisation").waitFor();
      expect(await page.getByRole("main").getByText("marketplace-desk").count()).toBe(0);
      // What the buyers' own pages keep to themselves.
      await page.goto(`/desk/tickets/${ticket}`);
      await page.waitForURL(/\/orders$/);
    });

    test("a ticket that a colleague has is taken over knowingly, and never by accident", async () => {
      const [taken, free] = [await bespokeTicket(), await bespokeTicket()];
      const colleague = await desk(server, "contract-desk-2");
      await colleague.post(`/v1/tickets/${taken.ticket}/assign`, { assignee: "me" });
      await signInAs("contract-desk-1");
      await page.goto(`/desk/tickets/${taken.ticket}`);
      await page.getByText(words.others, { exact: true }).waitFor();
      expect(await page.getByRole("textbox", { name: words.answer }).count()).toBe(0);
      expect(await page.locator("input[type=file]").count()).toBe(0);
      await expectAccessible(page);
      await page.getByRole("button", { name: words.takeOver }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText("contract-desk-2").waitFor();
      await dialog.getByRole("button", { name: words.takeOver }).click();
      await page.getByText(words.mine, { exact: true }).waitFor();
      await page.getByRole("textbox", { name: words.answer }).waitFor();
      await page.getByRole("button", { name: words.giveBack }).click();
      await page.getByText(words.freeNow, { exact: true }).waitFor();

      // Shown as nobody's, it has become the colleague's a moment ago.
      await page.goto(`/desk/tickets/${free.ticket}`);
      await page.getByText(words.freeNow, { exact: true }).waitFor();
      await colleague.post(`/v1/tickets/${free.ticket}/assign`, { assignee: "me" });
      reader.forgive(/409/);
      await page.getByRole("button", { name: words.take }).click();
      await page.getByRole("alert").filter({ hasText: "contract-desk-2" }).waitFor();
      await page.getByText(words.others, { exact: true }).waitFor();
      await settleAll("contract-desk-2");
    });

    test("an agent finds the tickets that matter, and is told before uploading in vain", async () => {
      const [mine, over] = [await bespokeTicket(), await bespokeTicket()];
      const agent = await desk(server, "contract-desk-1");
      await agent.post(`/v1/tickets/${mine.ticket}/assign`, { assignee: "me" });
      await agent.post(`/v1/tickets/${mine.ticket}/messages`, { text: "请补充 please add" });
      const status = { state: "cancelled", cancelledAt: new Date().toISOString() } as const;
      await seller.put(`/v1/orders/${over.order}`, orderBody({ lines: [BESPOKE], revision: 2, status }));
      await signInAs("contract-desk-1");
      await page.goto("/desk/tickets");
      await rowOf(over.order).waitFor();
      await page.getByText(words.whoseMine, { exact: true }).first().click();
      await page.waitForURL(/whose=me/);
      await rowOf(over.order).waitFor({ state: "detached" });
      await rowOf(mine.order).getByText(words.me, { exact: true }).waitFor();
      await page.getByRole("checkbox", { name: words.onlyOurTurn }).check();
      await page.getByText(words.nothing).waitFor();
      await expectAccessible(page);
      await page.getByRole("link", { name: words.clear }).click();
      await page.getByRole("searchbox", { name: words.search }).fill(over.order);
      await page.getByRole("button", { name: words.find }).click();
      await page.waitForURL(new RegExp(`order=${over.order}`));
      await rowOf(mine.order).waitFor({ state: "detached" });
      await rowOf(over.order).getByRole("link").click();
      await page.getByText(words.blocked).waitFor();
      await settleAll("contract-desk-1");
    });

    test("a late payment is explained and settled without a file; an auditor looks on, at both queues", async () => {
      const { order, ticket } = await latePayment();
      const market = await (await buyer(server, "demo-domains")).post("/v1/tickets", { order: "D300000000002" });
      const other = await read<{ ticket: string }>(market);
      await signInAs("contract-desk-1");
      await page.goto(`/desk/tickets/${ticket}`);
      await page.getByRole("heading", { name: words.late }).waitFor();
      await page.getByRole("button", { name: words.take }).click();
      await page.getByRole("textbox", { name: words.note }).fill("已退款 refunded");
      await page.getByRole("button", { name: words.send }).click();
      await page.getByRole("listitem").getByText("refunded").waitFor();
      await expectAccessible(page);
      await page.getByRole("button", { name: words.resolveLate, exact: true }).click();
      await page.getByRole("dialog").getByRole("button", { name: words.confirmLate, exact: true }).click();
      await page.getByRole("region", { name: words.resolvedLate, exact: true }).waitFor();

      await signInAs("auditor");
      await page.goto("/desk/tickets");
      await page.getByText(words.marketplace, { exact: true }).first().click();
      await page.waitForURL(/queue=marketplace_desk/);
      await page.getByRole("link", { name: `${words.ticketShown} D300000000002` }).click();
      await page.getByText(words.lookOnly).waitFor();
      expect(await page.getByRole("main").getByRole("button").count()).toBe(0);
      expect(await page.getByRole("main").getByRole("textbox").count()).toBe(0);
      await page.goto("/desk/tickets?state=resolved");
      await page.getByText(words.allQueues, { exact: true }).waitFor();
      await page.getByRole("link", { name: `${words.ticketShown} ${order}` }).click();
      const history = page.getByRole("region", { name: words.history });
      await history.getByText(words.taken).waitFor();
      await expectAccessible(page);
      const reject = { outcome: "rejected", reason: "x" };
      await (await desk(server, "marketplace-desk")).post(`/v1/tickets/${other.ticket}/resolve`, reject);
    });
  },
);

let placed = 0;
/** The buyer's ticket on a new order that is not self-service. */
async function bespokeTicket(message = ""): Promise<{ order: string; ticket: string }> {
  const order = `2200${String(++placed).padStart(8, "0")}`;
  expect((await seller.put(`/v1/orders/${order}`, orderBody({ lines: [BESPOKE] }))).status).toBe(200);
  const opened = await (await buyer(server, "demo-enterprise")).post("/v1/tickets", { order, message });
  const { ticket } = await read<{ ticket: string }>(opened);
  return { order, ticket };
}

/** What the books open by themselves where an order was paid after its hold. */
async function latePayment(): Promise<{ order: string; ticket: string }> {
  const order = `2300${String(++placed).padStart(8, "0")}`;
  await seller.put(`/v1/orders/${order}`, orderBody({ status: { state: "unpaid" } }));
  expect((await seller.post(`/v1/orders/${order}/contract`, {})).status).toBe(201);
  const paidAt = new Date(Date.now() + 60 * 86_400_000).toISOString();
  await seller.put(`/v1/orders/${order}`, orderBody({ revision: 2, status: { state: "paid", paidAt } }));
  const { items } = await read<{ items: { ticket: string }[] }>(await seller.get(`/v1/tickets?order=${order}`));
  return { order, ticket: items[0]?.ticket ?? "" };
}

/** Leaves nothing behind that the next story would be offered. */
async function settleAll(person: DeskPerson): Promise<void> {
  const agent = await desk(server, person);
  const { items } = await read<{ items: { ticket: string }[] }>(await agent.get("/v1/tickets?state=open&limit=200"));
  for (const { ticket } of items) {
    await agent.post(`/v1/tickets/${ticket}/resolve`, { outcome: "rejected", reason: "x" });
  }
}

async function signInAs(who: DeskPerson | "demo-enterprise" | "demo-domains"): Promise<void> {
  await page.context().clearCookies();
  const cookie = who.startsWith("demo-") ? await signIn(server, who) : await deskCookie(who);
  const [name = "", ...value] = cookie.split("=");
  await page.context().addCookies([{ name, value: value.join("="), url: server.url }]);
}

async function deskCookie(person: string): Promise<string> {
  const response = await stranger(server).post("/v1/demo/sessions", { desk: person });
  return response.headers.getSetCookie()[0]?.replace(/;.*$/, "") ?? "";
}

function rowOf(text: string) {
  return page.getByRole("row").filter({ hasText: text });
}

async function downloaded(click: () => Promise<void>): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return readFile(await download.path());
}
