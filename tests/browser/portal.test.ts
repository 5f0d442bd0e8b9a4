import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { machine, read } from "../http/caller.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { launchBrowser } from "./launch-browser.ts";
import { READERS } from "./portal-words.ts";
import { type SeatedReader, seatReader } from "./seat-reader.ts";
import { toldTo } from "./told-to.ts";

const RETURN_URL = "https://shop.example.com/orders?tab=contracts";

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

describe.each(toldTo(import.meta.url, READERS))(
  "a buyer who comes from the seller's pages, read in $locale",
  { timeout: 120_000 },
  (words) => {
    beforeEach(async () => {
      reader = await seatReader(browser, server.url, words.locale);
      page = reader.page;
    });

    test("looks at everything and is told why there is nothing to request, where they may only look", async () => {
      await page.goto(await linkFor({ actor: { id: "li@buyer.example", role: "viewer" } }));
      await page.getByRole("note").filter({ hasText: words.mayOnlyLook }).waitFor();
      await rowOf("D100000000003").getByText(words.canHave).waitFor();
      await expectAccessible(page);
      for (const name of ["unpaid", "bills", "contracts", "tickets"]) {
        await page.goto(`/${name}`);
        await page.getByRole("heading", { level: 1 }).waitFor();
        await page.getByRole("note").filter({ hasText: words.mayOnlyLook }).waitFor();
        await expect.poll(() => page.getByRole("status", { name: /loading|正在加载/i }).count()).toBe(0);
        expect(await page.getByRole("button", { name: words.request }).count()).toBe(0);
        expect(await page.getByRole("button", { name: words.openTicket }).count()).toBe(0);
      }
      // The ways out that a colleague could go are named, not offered.
      await page.goto("/orders/D100000000003");
      const drawer = page.getByRole("dialog");
      await drawer.getByText("D100000000003").first().waitFor();
      expect(await drawer.getByRole("button", { name: words.request }).count()).toBe(0);
      await expectAccessible(page);
    });

    test("finds the way back to where they came from, also when their session is over", async () => {
      await page.goto(await linkFor({ returnUrl: RETURN_URL }));
      const back = page.getByRole("link", { name: words.back });
      await back.waitFor();
      expect(await back.getAttribute("href")).toBe(RETURN_URL);
      await rowOf("D100000000003").waitFor();
      await expectAccessible(page);
      await page.request.delete("/v1/session");
      await page.goto("/contracts");
      const region = page.getByRole("region", { name: words.signedOut });
      expect(await region.getByRole("link", { name: words.back }).getAttribute("href")).toBe(RETURN_URL);
      await expectAccessible(page);
    });

    test("is sent to the sign-in by the first page that finds the session gone", async () => {
      await page.goto(await linkFor({ returnUrl: RETURN_URL }));
      await rowOf("D100000000003").waitFor();
      await page.request.delete("/v1/session");
      // Within the page: its script meets a 401, which the browser writes into its console.
      const refused = page.waitForResponse((response) => response.status() === 401);
      await page.getByRole("link", { name: words.contracts, exact: true }).click();
      await refused;
      await page.getByRole("region", { name: words.signedOut }).waitFor();
      reader.forgive(/status of 401/);
    });

    test("reads the language that the link says, until they choose another", async () => {
      const other = words.locale === "en" ? READERS[0] : READERS[1];
      await page.goto(await linkFor({ locale: other.locale }));
      await page.getByRole("heading", { level: 1, name: other.orders, exact: true }).waitFor();
      expect(new URL(page.url()).search).toBe("");
      expect(await page.locator("html").getAttribute("lang")).toBe(other.locale);
      await page.getByRole("button", { name: words.locale === "en" ? words.toEnglish : words.toChinese }).click();
      await page.getByRole("heading", { level: 1, name: words.orders, exact: true }).waitFor();
      await page.reload();
      await page.getByRole("heading", { level: 1, name: words.orders, exact: true }).waitFor();
      await page.goto(`/tickets?lang=${other.locale}&lang=xx`);
      await page.getByRole("heading", { level: 1, name: other.tickets, exact: true }).waitFor();
      expect(page.url()).toBe(`${server.url}/tickets`);
      await page.goto("/verify?lang=fr");
      expect(new URL(page.url()).search).toBe("");
      expect(await page.locator("html").getAttribute("lang")).toBe(other.locale);
    });
  },
);

async function linkFor(wanted: Readonly<Record<string, unknown>>): Promise<string> {
  const response = await machine(server).post("/v1/portal-sessions", { account: "demo-enterprise", ...wanted });
  expect(response.status).toBe(201);
  return (await read<{ url: string }>(response)).url;
}

function rowOf(text: string) {
  return page.getByRole("row").filter({ hasText: text });
}
