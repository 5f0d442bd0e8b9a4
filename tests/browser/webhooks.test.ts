import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { machine, read } from "../http/caller.ts";
import { orderBody } from "../http/order-body.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { openReceiver, type Receiver } from "../webhooks/receiver.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { launchBrowser } from "./launch-browser.ts";
import { type SeatedReader, seatReader } from "./seat-reader.ts";
import { toldTo } from "./told-to.ts";
import { READERS } from "./webhook-words.ts";

let server: TestServer;
let browser: Browser;
let shop: Receiver;
let reader: SeatedReader;
let page: Page;

beforeAll(async () => {
  [server, browser, shop] = await Promise.all([
    startTestServer({ ORDERSEAL_WEBHOOK_NETWORKS: "127.0.0.0/8" }),
    launchBrowser(),
    openReceiver(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await shop?.close();
});
afterEach(() => reader.leave());

describe.each(toldTo(import.meta.url, READERS))(
  "where events are sent, seen to in $locale",
  { timeout: 120_000 },
  (words) => {
    beforeEach(async () => {
      reader = await seatReader(browser, server.url, words.locale);
      page = reader.page;
    });

    test("an administrator adds an endpoint, a delivery to it fails, and once the receiver works it is replayed and arrives", async () => {
      const purpose = `ERP ${words.locale}`;
      shop.answer(() => 500);
      await enterAs(words.administrator, "/desk");
      await page.getByRole("navigation").getByRole("link", { name: words.webhooks }).click();
      await page.getByText(words.empty).waitFor();
      const secret = await addEndpoint(purpose);
      expect(secret).toMatch(/^whsec_/);

      const number = await contracted(`HOOK-${words.locale}`);
      await page.getByRole("row").filter({ hasText: purpose }).getByText(words.failing, { exact: true }).waitFor();
      expect(await page.content()).not.toContain(secret);
      await expectAccessible(page);
      await page.getByRole("link", { name: shop.url }).click();
      await page.getByRole("heading", { level: 1, name: purpose }).waitFor();
      const delivery = page.getByRole("row").filter({ hasText: "contract.issued" });
      await delivery.getByText(words.httpError).waitFor();
      await expectAccessible(page);

      shop.answer(() => 204);
      const sequence = await sequenceOf(number);
      await page.getByRole("button", { name: words.replayRange }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(words.from).fill(sequence);
      await dialog.getByLabel(words.to).fill(sequence);
      await dialog.getByRole("radio", { name: words.all }).check();
      await expectAccessible(page);
      await dialog.getByRole("button", { name: words.replay, exact: true }).click();
      await page.getByRole("status").filter({ hasText: words.replaying }).waitFor();
      await delivery.getByText(words.delivered, { exact: true }).waitFor();
      await delivery.getByText(words.replayedOnce).waitFor();
      expect(shop.taken()).toContain(number);
      await page.getByText(words.active, { exact: true }).waitFor();

      // What arrived can be looked at, attempt by attempt, and sent once more.
      await delivery.getByRole("link", { name: words.show }).click();
      await page.getByText(`"subject": "${number}"`).waitFor();
      await page.getByRole("row").filter({ hasText: "204" }).first().getByText(words.taken).waitFor();
      await page.getByRole("row").filter({ hasText: "500" }).first().waitFor();
      await expectAccessible(page);
      const before = shop.taken().length;
      await page.getByRole("button", { name: words.replayThis }).click();
      await page.getByRole("status").filter({ hasText: words.replayed }).waitFor();
      await expect.poll(() => shop.taken().length).toBe(before + 1);
      await page.getByRole("link", { name: words.back }).click();
      await page.getByText(words.dead, { exact: true }).click();
      await page.waitForURL(/state=dead/);
      await page.getByText(words.nothingDead).waitFor();

      await page.getByRole("button", { name: words.rotate }).click();
      await dialog.getByRole("button", { name: words.confirmRotate, exact: true }).click();
      expect(await dialog.getByLabel(words.secret).inputValue()).not.toBe(secret);
      await dialog.getByRole("button", { name: words.kept }).click();
      await dialog.waitFor({ state: "detached" });

      await page.getByRole("button", { name: words.disable, exact: true }).click();
      await dialog.getByRole("button", { name: words.confirmDisable, exact: true }).click();
      await page.getByRole("status").filter({ hasText: words.disabled }).waitFor();
      await page.getByRole("button", { name: words.remove, exact: true }).click();
      await dialog.getByRole("button", { name: words.confirmRemove, exact: true }).click();
      await page.getByText(words.empty).waitFor();

      // An auditor sees as much, and is offered nothing to do.
      await page.getByRole("button", { name: words.signOut }).click();
      await page.waitForURL(/\/sign-in/);
      await enterAs(words.auditor, "/desk/webhooks");
      await page.getByText(words.empty).waitFor();
      expect(await page.getByRole("main").getByRole("button").count()).toBe(0);
    });

    /** Through the form, with what it has to say against it; the secret that is shown once. */
    async function addEndpoint(purpose: string): Promise<string> {
      reader.forgive(/status of 422/);
      await page.getByRole("button", { name: words.create }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(words.url, { exact: true }).fill("https://10.0.0.1/hook");
      await dialog.getByLabel(words.purpose, { exact: true }).fill(purpose);
      await dialog.getByRole("radio", { name: words.some }).check();
      await dialog.getByRole("button", { name: words.submit, exact: true }).click();
      await dialog.getByText(words.chooseOne).waitFor();
      await dialog.getByRole("checkbox", { name: "contract.issued" }).check();
      await dialog.getByRole("button", { name: words.submit, exact: true }).click();
      await dialog.getByRole("alert").filter({ hasText: words.refused }).waitFor();
      await expectAccessible(page);
      await dialog.getByLabel(words.url, { exact: true }).fill(shop.url);
      await dialog.getByRole("button", { name: words.submit, exact: true }).click();
      const secret = await dialog.getByLabel(words.secret).inputValue();
      await dialog.getByRole("button", { name: words.kept }).click();
      await dialog.waitFor({ state: "detached" });
      return secret;
    }
  },
);

async function enterAs(person: string, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("button", { name: person }).click();
  await page.waitForURL(`**${path}`);
}

async function contracted(order: string): Promise<string> {
  const seller = machine(server);
  await seller.put(`/v1/orders/${order}`, orderBody());
  return (await read<{ number: string }>(await seller.post(`/v1/orders/${order}/contract`, {}))).number;
}

/** Of the event that tells of the contract's issue. */
async function sequenceOf(number: string): Promise<string> {
  const answer = await machine(server).get("/v1/events?type=contract.issued&limit=200");
  const { items } = await read<{ items: { subject: string; sequence: string }[] }>(answer);
  return String(Number(items.find(({ subject }) => subject === number)?.sequence));
}
