import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { desk, machine, read } from "../http/caller.ts";
import { type BusyDesk, HELD, openBusyDesk, REFUSED_TODAY, TICKETED } from "./busy-desk.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { launchBrowser } from "./launch-browser.ts";
import { type SeatedReader, seatReader } from "./seat-reader.ts";
import { READERS } from "./today-words.ts";
import { toldTo } from "./told-to.ts";

let busy: BusyDesk;
let browser: Browser;
let reader: SeatedReader;
let page: Page;

beforeAll(async () => {
  [busy, browser] = await Promise.all([openBusyDesk(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await busy?.server.close();
});
afterEach(() => reader.leave());

async function sit(locale: string): Promise<void> {
  busy.moveTo(0);
  reader = await seatReader(browser, busy.server.url, locale);
  page = reader.page;
}

async function enterAs(staff: string, person: string, path = "/desk"): Promise<void> {
  await page.goto(path);
  await page.getByRole("region", { name: staff }).getByRole("button", { name: person }).click();
  await page.waitForURL(`**${path}`);
}

/** A part of the page by its heading. */
function card(name: string): Locator {
  return page.getByRole("region", { name, exact: true }).first();
}

describe.each(toldTo(import.meta.url, READERS))(
  "what waits at the desk, read in $locale",
  { timeout: 120_000 },
  (words) => {
    beforeEach(() => sit(words.locale));

    test("an agent sees first what waits, and each thing has its way there", async () => {
      await page.clock.install();
      await enterAs(words.staff, words.firstDesk);
      await page.getByRole("heading", { level: 1, name: words.desk }).waitFor();
      await card(words.tickets).getByText(words.oneTicket, { exact: true }).waitFor();
      await card(words.tickets).getByText(words.waitedTwoDays).waitFor();
      await card(words.proposals).getByText(words.noProposal).waitFor();
      await card(words.sealing).getByText(words.waitingForTimestamp).waitFor();
      await card(words.sealKeys).getByText(words.keysWell).waitFor();
      await page.getByText(words.noWebhooks).waitFor();
      await page.getByRole("row").filter({ hasText: HELD }).getByText(words.noTimestamp).waitFor();
      await card(words.holds).getByText(words.oneHold).waitFor();
      await page.getByRole("row").filter({ hasText: HELD }).getByText("深圳示例智造有限公司").waitFor();
      await expectAccessible(page);

      // Somebody asks for help meanwhile: the page that stays open says so by itself.
      const opened = await machine(busy.server).post("/v1/tickets", { order: REFUSED_TODAY });
      const { ticket } = await read<{ ticket: string }>(opened);
      await page.clock.fastForward(31_000);
      await card(words.tickets).getByText(words.twoTickets, { exact: true }).waitFor();
      const rejected = await (await desk(busy.server, "contract-desk-2")).post(`/v1/tickets/${ticket}/resolve`, {
        ...{ outcome: "rejected", reason: "重复" },
      });
      expect(rejected.status).toBe(200);

      await card(words.tickets).getByRole("link", { name: TICKETED }).click();
      await page.waitForURL(/\/tickets\/[0-9a-f-]{36}$/);
      await page.getByText("请尽快办理").waitFor();
      await page.goBack();
      await page.getByRole("link", { name: HELD }).first().click();
      await page.waitForURL(new RegExp(`/orders/${HELD}$`));
    });

    test("why contracts were refused is drawn by day, told in words, and there as a table", async () => {
      await enterAs(words.staff, words.firstDesk);
      const refusals = card(words.refusals);
      await refusals.getByRole("img", { name: words.chart }).waitFor();
      const reasons = refusals.getByRole("list").getByRole("listitem");
      expect(await reasons.count()).toBe(3);
      expect(await reasons.first().textContent()).toMatch(new RegExp(`^13${words.mostFrequent}.*R3$`));
      expect(await refusals.getByRole("table").isVisible()).toBe(false);
      await refusals.getByText(words.showTable).click();
      expect(await refusals.getByRole("row").filter({ hasText: words.mostFrequent }).count()).toBe(13);
      await expectAccessible(page);
    });

    test("the marketplace's desk sees its own queue, and nothing of keys or approvals", async () => {
      await enterAs(words.staff, words.marketplaceDesk);
      await card(words.tickets).getByText(words.noTicket).waitFor();
      await card(words.refusals).waitFor();
      expect(await card(words.proposals).count()).toBe(0);
      expect(await page.getByRole("link", { name: words.sealKeys }).count()).toBe(0);
      await page.goto("/desk/seal-keys");
      await page.waitForURL(/\/desk$/);
    });
  },
);

// After the others: when keys end, nothing of what waits today is left.
describe.each(toldTo(import.meta.url, READERS))("the seal keys, read in $locale", { timeout: 120_000 }, (words) => {
  beforeEach(() => sit(words.locale));

  test("an administrator looks at the seal keys, and is warned while there is time for another certificate", async () => {
    await enterAs(words.staff, words.administrator, "/desk/seal-keys");
    const house = page.getByRole("region", { name: words.seller });
    await house.getByText(words.lasts).waitFor();
    const key = house.getByRole("row").filter({ hasText: "P-256" });
    for (const told of [words.inUse, words.keptInFile, /CN=DEMO/, /^[0-9a-f]{64}$/])
      await key.getByText(told).waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: words.signOut }).click();
    await page.waitForURL(/\/sign-in/);

    const keys = await (await desk(busy.server, "administrator")).get("/v1/seal-keys");
    const { items } = await read<{ items: { daysLeft: number }[] }>(keys);
    busy.moveTo((items[0]?.daysLeft ?? 0) - 20);
    await enterAs(words.staff, words.administrator);
    await card(words.sealKeys).getByText(words.endsSoon).first().waitFor();
    await page.getByText(words.noRefusals).waitFor();
    await expectAccessible(page);
    await card(words.sealKeys).getByRole("link", { name: words.seeKeys }).click();
    await house.getByText(words.wayOut).waitFor();
    await expectAccessible(page);
  });
});
