import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { largeContract } from "../access/proposed-voiding.ts";
import { given, PNG } from "../access/sample-evidence.ts";
import { machine, read } from "../http/caller.ts";
import { orderBody } from "../http/order-body.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { READERS } from "./desk-search-words.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { launchBrowser } from "./launch-browser.ts";
import { type SeatedReader, seatReader } from "./seat-reader.ts";
import { toldTo } from "./told-to.ts";

type Words = (typeof READERS)[number];

let server: TestServer;
let browser: Browser;
let reader: SeatedReader;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), launchBrowser()]);
  await given(machine(server), "demo-enterprise", "image/png", PNG);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
afterEach(() => reader.leave());

describe.each(toldTo(import.meta.url, READERS))(
  "an agent of the contract desk, read in $locale",
  { timeout: 120_000 },
  (words) => {
    beforeEach(async () => {
      reader = await seatReader(browser, server.url, words.locale);
      page = reader.page;
    });

    test("finds an order by a part of its number, reads why it is refused, and opens the account", async () => {
      await enter(words, "/desk");
      await page.getByRole("navigation").getByRole("link", { name: words.orders, exact: true }).click();
      await page.getByRole("heading", { level: 1, name: words.orders }).waitFor();
      const filters = page.getByRole("search");
      await filters.getByLabel(words.orderFilter).fill("00000005");
      await filters.getByRole("button", { name: words.search }).click();
      await page.waitForURL(/q=00000005/);
      const row = page.getByRole("row").filter({ hasText: "D100000000005" });
      await row.getByText(words.refused).waitFor();
      await page.getByRole("row").filter({ hasText: "D100000000004" }).waitFor({ state: "detached" });
      await expectAccessible(page);
      await filters.getByLabel(words.state).selectOption({ label: words.paid });
      await filters.getByLabel(words.accountField, { exact: true }).fill("demo-domains");
      await filters.getByRole("button", { name: words.search }).click();
      await page.getByText(words.noOrder).waitFor();
      await page.goBack();

      await row.getByRole("link", { name: words.why }).click();
      await page.getByRole("heading", { level: 1, name: `${words.order}D100000000005` }).waitFor();
      expect(new URL(page.url()).pathname).toBe("/desk/orders/D100000000005");
      await page.getByRole("listitem").filter({ hasText: words.rung }).getByText(words.refused).waitFor();
      await page.getByRole("region", { name: words.history }).getByRole("row").nth(1).waitFor();
      await expectAccessible(page);
      const buyer = page.getByRole("region", { name: words.buyer });
      await buyer.getByText("深圳示例智造有限公司").waitFor();
      await buyer.getByRole("link", { name: "demo-enterprise" }).click();
      await page.getByRole("heading", { level: 1, name: `${words.account}demo-enterprise` }).waitFor();
      await page.getByRole("region", { name: words.bills }).getByRole("row").nth(2).waitFor();
      const evidence = page.getByRole("region", { name: words.evidence });
      await evidence.getByText(words.recorded).waitFor();
      await evidence.getByRole("listitem").filter({ hasText: "PNG" }).waitFor();
      await expectAccessible(page);
      await page.getByRole("link", { name: words.allOrders }).click();
      await page.waitForURL(/account=demo-enterprise/);
      await page.getByRole("row").filter({ hasText: "D100000000001" }).waitFor();
      expect(await page.getByRole("row").filter({ hasText: "demo-domains" }).count()).toBe(0);
    });

    test("finds an account by a part of its name", async () => {
      await enter(words, "/desk/accounts");
      // What a buyer's addresses show is found at the desk: unpaid orders among the orders, bills with their account.
      await page.goto("/unpaid");
      await page.waitForURL(/\/desk\/orders\?view=unpaid$/);
      await page.goto("/bills");
      await page.waitForURL(/\/desk\/accounts$/);
      const filters = page.getByRole("search");
      await filters.getByLabel(words.accountFilter).fill(words.partOfName);
      await filters.getByRole("button", { name: words.search }).click();
      await page.waitForURL(/q=/);
      await page.getByRole("row").filter({ hasText: "demo-domains" }).waitFor();
      await page.getByRole("row").filter({ hasText: "demo-enterprise" }).waitFor({ state: "detached" });
      await expectAccessible(page);
      await filters.getByLabel(words.accountFilter).fill("no such company");
      await filters.getByRole("button", { name: words.search }).click();
      await page.getByText(words.noAccount).waitFor();
      await filters.getByRole("button", { name: words.clear }).click();
      await page.getByRole("row").filter({ hasText: "demo-enterprise" }).waitFor();
    });

    test("voids a contract with a reason, sees it in the history, and a stranger sees it on verification (R22)", async () => {
      const number = await contractOn(`VOID-${words.locale}`);
      // A buyer's address, as somebody may send it on, leads to the desk's page.
      await enter(words, "/contracts", "/desk/contracts");
      const filters = page.getByRole("search");
      await filters.getByLabel(words.contractFilter).fill(`VOID-${words.locale}`);
      await filters.getByRole("button", { name: words.search }).click();
      await page.waitForURL(/q=VOID/);
      await page.getByRole("row").filter({ hasText: number }).waitFor();
      await expectAccessible(page);
      await page.getByRole("link", { name: number }).click();
      await page.getByRole("heading", { level: 1, name: `${words.contract}${number}` }).waitFor();
      await expectAccessible(page);

      await page.getByRole("button", { name: words.voidButton, exact: true }).click();
      const dialog = page.getByRole("dialog");
      for (const said of [words.cannotBeUndone, words.seenByAll, words.stillOccupied, words.twoAbove]) {
        await dialog.getByText(said).waitFor();
      }
      await dialog.getByRole("button", { name: words.confirmVoid }).click();
      await dialog.getByRole("alert").filter({ hasText: words.reasonMissing }).waitFor();
      await expectAccessible(page);
      await dialog.getByLabel(words.reason, { exact: true }).fill("客户要求更换主体");
      await dialog.getByRole("button", { name: words.confirmVoid }).click();
      await page.getByRole("status").filter({ hasText: words.voided }).waitFor();
      await dialog.waitFor({ state: "detached" });
      const entry = page
        .getByRole("region", { name: words.history })
        .getByRole("row")
        .filter({ hasText: words.voidedEntry });
      await entry.getByText("contract-desk-1").waitFor();
      await entry.getByText("客户要求更换主体").waitFor();
      expect(await page.getByRole("button", { name: words.voidButton, exact: true }).count()).toBe(0);
      await expectAccessible(page);

      const stranger = await seatReader(browser, server.url, words.locale);
      await stranger.page.goto(`/verify/${number}?code=${await codeOf(number)}`);
      await stranger.page.getByText(words.isVoid).waitFor();
      await stranger.page.getByText("客户要求更换主体").waitFor();
      await stranger.leave();
    });

    test("proposes to void a large contract, which stays in force until somebody else approves", async () => {
      const number = await largeContract(server);
      await enter(words, `/contracts/${number}`, `/desk/contracts/${number}`);
      await page.getByRole("button", { name: words.voidButton, exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(words.reason, { exact: true }).fill("金额有误");
      await dialog.getByRole("button", { name: words.confirmVoid }).click();
      await page.getByRole("status").filter({ hasText: words.proposed }).waitFor();
      expect(await standingOf(number)).toBe("in_force");
      await page.getByRole("link", { name: words.toApprovals }).click();
      await page.getByRole("heading", { level: 1, name: words.approvals }).waitFor();
      // From there back to the contract.
      await page.getByRole("link", { name: number }).click();
      await page.getByRole("link", { name: words.back }).click();
      await page.getByLabel(words.kind).selectOption({ label: words.offline });
      await page.getByRole("button", { name: words.search }).click();
      await page.getByText(words.noContract).waitFor();
    });

    test("requests a contract on behalf of a buyer", async () => {
      const order = await orderOf(`BEHALF-${words.locale}`);
      await enter(words, `/orders/${order}`, `/desk/orders/${order}`);
      await page.getByRole("main").getByRole("button", { name: words.request, exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText("深圳示例智造有限公司").first().waitFor();
      await expectAccessible(page);
      await dialog.getByRole("button", { name: words.confirmRequest }).click();
      await dialog.getByRole("heading", { name: words.issued }).waitFor();
      await dialog.getByRole("button", { name: words.close, exact: true }).last().click();
      await dialog.waitFor({ state: "detached" });
      await page.getByText(words.hasContract).waitFor();
      const main = page.getByRole("main");
      await main
        .getByRole("link", { name: /^DEMO-/ })
        .first()
        .click();
      await page.waitForURL(/\/desk\/contracts\/DEMO-/);
      const entry = page
        .getByRole("region", { name: words.history })
        .getByRole("row")
        .filter({ hasText: words.requestedEntry });
      await entry.getByText("contract-desk-1").waitFor();
    });
  },
);

async function enter(words: Words, path: string, arrives = path): Promise<void> {
  await page.goto(path);
  await page.getByRole("region", { name: words.staff }).getByRole("button", { name: words.firstDesk }).click();
  await page.waitForURL(`**${arrives}`);
}

async function orderOf(order: string): Promise<string> {
  expect((await machine(server).put(`/v1/orders/${order}`, orderBody())).status).toBe(200);
  return order;
}

async function contractOn(order: string): Promise<string> {
  const answer = await machine(server).post(`/v1/orders/${await orderOf(order)}/contract`, {});
  return (await read<{ number: string }>(answer)).number;
}

async function standingOf(number: string): Promise<string> {
  return (await read<{ standing: string }>(await machine(server).get(`/v1/contracts/${number}`))).standing;
}

/** As it is printed on the contract. */
async function codeOf(number: string): Promise<string> {
  const { verification_code } = await server.services.database
    .selectFrom("contracts")
    .select("verification_code")
    .where("number", "=", number)
    .executeTakeFirstOrThrow();
  return verification_code;
}
