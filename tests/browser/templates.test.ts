import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { desk, machine, read } from "../http/caller.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { launchBrowser } from "./launch-browser.ts";
import { type SeatedReader, seatReader } from "./seat-reader.ts";
import { READERS } from "./template-words.ts";
import { toldTo } from "./told-to.ts";

const WORDING = "/v1/sellers/demo-cloud/wording";

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
  "what contracts say, seen to in $locale",
  { timeout: 120_000 },
  (words) => {
    beforeEach(async () => {
      reader = await seatReader(browser, server.url, words.locale);
      page = reader.page;
    });

    test("an author drafts a wording, compares it with the one in force on an order, and another person publishes it", async () => {
      const before = await versionInForce();
      await enterAs(words.author, "/desk");
      await page.getByRole("navigation").getByRole("link", { name: words.templates }).click();
      await page.getByRole("row").filter({ hasText: words.template }).getByText("order/1").waitFor();
      await expectAccessible(page);
      await page.getByRole("link", { name: words.seller }).click();
      await page.getByRole("heading", { level: 1, name: words.wording }).waitFor();
      await page.getByText(words.noDraft).waitFor();
      await page.getByRole("link", { name: words.start }).click();

      // What the service finds wrong is said at its field, in the reader's language; nothing that was typed is lost.
      reader.forgive(/status of 422/);
      const secrecy = editorOf(words.clause);
      // What is changed already is open.
      if (before === 0) await secrecy.getByText(words.clause).click();
      await secrecy.getByRole("radio", { name: words.reword }).check();
      await secrecy.getByLabel(words.text).fill(`{price}互相保密（${words.locale}）。`);
      await secrecy.getByLabel(words.otherText).fill(`Both keep secrets (${words.locale}).`);
      await page.getByRole("button", { name: words.save }).click();
      await secrecy.getByRole("alert").filter({ hasText: words.wrong }).waitFor();
      expect(await secrecy.getByLabel(words.text).evaluate((field) => field.matches(":focus"))).toBe(true);
      await expectAccessible(page);
      await secrecy.getByLabel(words.text).fill(`双方互相保密（${words.locale}）。`);

      const seal = editorOf(words.added);
      if (before === 0) {
        await seal.getByText(words.added).click();
        await seal.getByRole("button", { name: words.addBehind }).click();
      }
      const own = seal.getByRole("group", { name: words.own });
      await own.getByLabel(words.title, { exact: true }).fill("审计");
      await own.getByLabel(words.otherTitle, { exact: true }).fill("Audit");
      await own.getByLabel(words.text).fill(`每年审计一次（${words.locale}）。`);
      await own.getByLabel(words.otherText).fill(`There is an audit each year (${words.locale}).`);
      await page.getByRole("button", { name: words.save }).click();

      const draft = page.getByRole("region", { name: words.draft, exact: true });
      await draft.getByText(words.mine).waitFor();
      await draft
        .getByRole("listitem")
        .filter({ hasText: words.clause.slice(0, 10) })
        .getByText(words.reworded)
        .waitFor();
      await draft.getByText(words.ownClause).waitFor();
      expect(await draft.getByRole("button", { name: words.publish }).count()).toBe(0);

      await draft.getByRole("link", { name: words.compareDraft }).click();
      await page.getByRole("heading", { level: 1, name: words.comparing }).waitFor();
      await page.getByRole("list", { name: words.suggestions }).getByRole("link", { name: "D100000000002" }).click();
      await page.getByText(words.ownClause).waitFor();
      await page.getByLabel(words.language).selectOption({ label: words.english });
      await page.waitForURL(/language=en/);
      await page.getByRole("region", { name: words.right }).waitFor();
      const pdf = await page.request.get("/v1/orders/D100000000002/preview.pdf?language=en&wording=draft");
      expect([pdf.status(), pdf.headers()["content-type"]]).toEqual([200, "application/pdf"]);
      await expectAccessible(page);

      await page.getByRole("button", { name: words.signOut }).click();
      await page.waitForURL(/\/sign-in/);
      await enterAs(words.publisher, "/desk/templates/wording/demo-cloud");
      await page.getByRole("button", { name: words.publish }).click();
      await expectAccessible(page);
      await page.getByRole("dialog").getByRole("button", { name: words.confirm, exact: true }).click();
      await page.getByRole("status").filter({ hasText: words.published }).waitFor();
      await page.getByText(words.noDraft).waitFor();
      expect(await versionInForce()).toBe(before + 1);
      await page
        .getByRole("row")
        .filter({ hasText: "contract-desk-1" })
        .filter({ hasText: "contract-desk-2" })
        .first()
        .waitFor();
      await expectAccessible(page);
    });

    test("whoever may neither draft nor publish looks at it all, and a draft is withdrawn by whoever may draft", async () => {
      const text = { "zh-CN": `草稿 ${words.locale}`, en: `Draft ${words.locale}` };
      const first = await desk(server, "contract-desk-1");
      await first.put(`${WORDING}/draft`, { replaced: { "701": { title: text, text } }, omitted: [], added: [] });
      await enterAs(words.auditor, "/desk/templates/wording/demo-cloud");
      const draft = page.getByRole("region", { name: words.draft, exact: true });
      await draft.getByText("contract-desk-1").waitFor();
      expect(await page.getByRole("main").getByRole("button").count()).toBe(0);
      await page.goto("/desk/templates/wording/demo-cloud/draft");
      await page.waitForURL(/\/desk$/);
      // What keeps an order from having a contract keeps it from being tried on, and is said.
      await page.goto("/desk/templates/compare");
      await page.getByLabel(words.orderNumber).fill("D100000000006");
      await page.getByRole("button", { name: words.choose, exact: true }).click();
      await page.getByRole("status").filter({ hasText: words.cannot }).waitFor();
      expect(await page.getByLabel(words.left).count()).toBe(0);

      await page.getByRole("button", { name: words.signOut }).click();
      await page.waitForURL(/\/sign-in/);
      await enterAs(words.publisher, "/desk/templates/wording/demo-cloud");
      await page.getByRole("button", { name: words.withdraw }).click();
      await page.getByRole("dialog").getByRole("button", { name: words.confirmWithdraw, exact: true }).click();
      await page.getByRole("status").filter({ hasText: words.withdrawn }).waitFor();
      await page.getByText(words.noDraft).waitFor();
      expect((await first.get(`${WORDING}/draft`)).status).toBe(409);
    });
  },
);

/** The clause of the form, by what its summary says. */
function editorOf(clause: string) {
  return page.locator("details.clause-editor").filter({ has: page.getByText(clause) });
}

async function enterAs(person: string, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("button", { name: person }).click();
  await page.waitForURL(`**${path}`);
}

async function versionInForce(): Promise<number> {
  return (await read<{ version: number }>(await machine(server).get(WORDING))).version;
}
