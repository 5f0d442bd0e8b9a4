import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { largeContract } from "../access/proposed-voiding.ts";
import { desk, machine, read } from "../http/caller.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { READERS } from "./desk-words.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { launchBrowser } from "./launch-browser.ts";
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

describe.each(toldTo(import.meta.url, READERS))(
  "the seller's people, read in $locale",
  { timeout: 120_000 },
  (words) => {
    beforeEach(async () => {
      reader = await seatReader(browser, server.url, words.locale);
      page = reader.page;
    });

    test("the sign-in page of a demonstration offers buyers and the seller's people, and brings each where they begin", async () => {
      await page.goto("/");
      const buyers = page.getByRole("region", { name: words.buyers });
      const staff = page.getByRole("region", { name: words.staff });
      await buyers.getByRole("button").first().waitFor();
      await staff.getByRole("button").first().waitFor();
      expect([await buyers.getByRole("button").count(), await staff.getByRole("button").count()]).toEqual([4, 5]);
      await expectAccessible(page);

      await staff.getByRole("button", { name: words.firstDesk }).click();
      await page.getByRole("heading", { level: 1, name: words.desk }).waitFor();
      expect(new URL(page.url()).pathname).toBe("/desk");
      await page.getByText("contract-desk-1").first().waitFor();
      await page.getByRole("listitem").filter({ hasText: words.role }).getByText(words.roleNote).waitFor();
      // What it takes another role for is offered nowhere, and a link that was kept leads to what there is.
      expect(await page.getByRole("link", { name: words.apiKeys }).count()).toBe(0);
      await page.goto("/desk/api-keys");
      await page.waitForURL(/\/desk$/);
      await expectAccessible(page);
      await page.getByRole("navigation").getByRole("link", { name: words.orders, exact: true }).click();
      await page.getByRole("heading", { level: 1, name: words.orders }).waitFor();
      await page.getByRole("navigation").getByRole("link", { name: words.desk, exact: true }).click();
      await page.waitForURL(/\/desk$/);

      await page.getByRole("button", { name: words.signOut }).click();
      await buyers.getByRole("button", { name: "深圳示例智造有限公司" }).click();
      await page.getByRole("heading", { level: 1, name: words.orders }).waitFor();
      await page.goto("/desk");
      await page.waitForURL(/\/orders$/);
      expect(await page.getByRole("link", { name: words.desk, exact: true }).count()).toBe(0);
    });

    test("an administrator makes an API key that is shown once, sees its use, and revokes it", async () => {
      await enterAs(words.staff, words.administrator, `/desk/api-keys`);
      await page.getByRole("heading", { level: 1, name: words.apiKeys }).waitFor();
      await page.getByRole("button", { name: words.createKey }).click();
      const dialog = page.getByRole("dialog");
      const name = `storefront ${words.locale}`;
      await dialog.getByLabel(words.keyName, { exact: true }).fill(name);
      await dialog.getByRole("button", { name: words.submit, exact: true }).click();
      await dialog.getByText(words.chooseOne).waitFor();
      await dialog.getByRole("checkbox", { name: "orders:read" }).check();
      await expectAccessible(page);
      await dialog.getByRole("button", { name: words.submit, exact: true }).click();
      const apiKey = await dialog.getByLabel(words.secret).inputValue();
      expect(apiKey).toMatch(/^osk_/);
      await expectAccessible(page);
      // A key pressed by habit must not take the only sight of it away.
      await page.keyboard.press("Escape");
      await dialog.getByRole("button", { name: words.kept }).click();
      await dialog.waitFor({ state: "detached" });
      const row = page.getByRole("row").filter({ hasText: name });
      await row.getByText(words.never).waitFor();
      expect(await page.content()).not.toContain(apiKey);

      const program = machine({ url: server.url, apiKey });
      expect((await program.get("/v1/orders")).status).toBe(200);
      expect((await program.get("/v1/contracts")).status).toBe(403);
      await page.reload();
      await row.waitFor();
      expect(await row.getByText(words.never).count()).toBe(0);
      await expectAccessible(page);

      await row.getByRole("button", { name: `${words.revoke}${name}` }).click();
      await expectAccessible(page);
      await dialog.getByRole("button", { name: words.revokeConfirm }).click();
      await row.getByText(words.revoked, { exact: true }).waitFor();
      expect(await row.getByRole("button").count()).toBe(0);
      expect((await program.get("/v1/orders")).status).toBe(401);
    });

    test("what one person proposes another approves or rejects, or the one takes it back (R22)", async () => {
      const [approved, rejected, withdrawn] = [await propose(), await propose(), await propose()];
      await enterAs(words.staff, words.firstDesk, "/desk/approvals");
      const mine = page.getByRole("listitem").filter({ hasText: withdrawn });
      await mine.getByText(words.mine).waitFor();
      expect(await mine.getByRole("button", { name: words.approve, exact: true }).count()).toBe(0);
      await mine.getByRole("button", { name: words.withdraw }).click();
      await confirm(words.confirmWithdraw);
      await page.getByRole("status").filter({ hasText: words.done.withdraw }).waitFor();
      await mine.waitFor({ state: "detached" });

      await page.getByRole("button", { name: words.signOut }).click();
      await page.getByRole("button", { name: words.secondDesk }).click();
      await page.getByRole("navigation").getByRole("link", { name: words.approvals }).click();
      const large = page.getByRole("listitem").filter({ hasText: approved });
      await large.getByText("100,000.01").waitFor();
      await large.getByText("金额有误").waitFor();
      await expectAccessible(page);
      await large.getByRole("button", { name: words.approve, exact: true }).click();
      await expectAccessible(page);
      await confirm(words.confirmApprove);
      await page.getByRole("status").filter({ hasText: words.done.approve }).waitFor();
      await page
        .getByRole("listitem")
        .filter({ hasText: rejected })
        .getByRole("button", { name: words.reject })
        .click();
      await confirm(words.confirmReject);
      await page.getByRole("status").filter({ hasText: words.done.reject }).waitFor();
      await page.getByText(words.nothingOpen).waitFor();
      expect(await Promise.all([approved, rejected, withdrawn].map(standingOf))).toEqual([
        ...["void", "in_force", "in_force"],
      ]);

      await page.getByText(words.approvedView, { exact: true }).first().click();
      await page.waitForURL(/state=approved/);
      await page
        .getByRole("listitem")
        .filter({ hasText: approved })
        .filter({ hasText: words.approvedBy })
        .filter({ hasText: "contract-desk-2" })
        .waitFor();
      await expectAccessible(page);
    });

    test("an auditor looks at everything and is offered nothing to do", async () => {
      const number = await propose();
      await enterAs(words.staff, words.auditor, "/desk/approvals");
      const proposal = page.getByRole("listitem").filter({ hasText: number });
      await proposal.getByText(words.mayNotDecide).waitFor();
      expect(await proposal.getByRole("button").count()).toBe(0);
      await page.getByRole("navigation").getByRole("link", { name: words.audit }).waitFor();
      await page.goto("/desk/api-keys");
      await page.getByRole("main").getByRole("table").waitFor();
      expect(await page.getByRole("main").getByRole("button").count()).toBe(0);
      await page.goto("/orders");
      await page.getByRole("note").filter({ hasText: words.mayOnlyLook }).waitFor();
      await page.getByRole("row").filter({ hasText: "D100000000003" }).waitFor();
      expect(await page.getByRole("button", { name: words.request }).count()).toBe(0);
      await expectAccessible(page);
      await (await desk(server, "contract-desk-2")).post(`/v1/proposals/${await proposalOn(number)}/reject`);
    });

    test("an auditor reads the audit, narrows it down, sends the link on, and takes it away as a file", async () => {
      const made = await (await desk(server, "administrator")).post("/v1/api-keys", {
        ...{ name: `audited ${words.locale}`, scopes: ["orders:read"] },
      });
      const { id } = await read<{ id: string }>(made);
      // It has its place in the chain, and so is listed, a moment later.
      await expect.poll(() => listed(`object=${id}`)).toBe(1);
      await enterAs(words.staff, words.auditor, "/desk/audit");
      const row = page.getByRole("row").filter({ hasText: words.keyMade }).filter({ hasText: id });
      await row.getByText("administrator").waitFor();
      await row.getByText(`audited ${words.locale}`).waitFor();
      await expectAccessible(page);

      const filters = page.getByRole("search");
      await filters.getByLabel(words.auditAction, { exact: true }).selectOption({ label: words.signedIn });
      await filters.getByRole("button", { name: words.search }).click();
      await page.waitForURL(/action=session\.opened/);
      await row.waitFor({ state: "detached" });
      await page.getByRole("cell", { name: words.signedIn }).first().waitFor();
      await filters.getByLabel(words.object, { exact: true }).fill(id);
      await filters.getByRole("button", { name: words.search }).click();
      await page.getByText(words.noEntries).waitFor();
      await expectAccessible(page);
      await page.goto(`/desk/audit?object=${id}`);
      await row.waitFor();
      expect(await filters.getByLabel(words.object, { exact: true }).inputValue()).toBe(id);
      const taken = await listed("action=audit.exported");
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: words.exportCsv }).click(),
      ]);
      expect(download.suggestedFilename()).toBe("audit.csv");
      const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\n");
      expect(lines.slice(1).map((line) => line.includes(id))).toEqual([true]);
      await filters.getByRole("button", { name: words.clear }).click();
      await page.waitForURL(/\/desk\/audit$/);
      // That it was taken away is an entry, too, with what was asked for.
      await expect.poll(() => listed("action=audit.exported")).toBe(taken + 1);
      await page.goto("/desk/audit?action=audit.exported");
      await page.getByRole("row").filter({ hasText: "auditor" }).filter({ hasText: id }).waitFor();
    });
  },
);

async function enterAs(group: string, person: string, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("region", { name: group }).getByRole("button", { name: person }).click();
  await page.waitForURL(`**${path}`);
}

async function confirm(action: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: action, exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

/** The number of a contract that somebody at the contract desk has proposed to void. */
async function propose(): Promise<string> {
  const number = await largeContract(server);
  const first = await desk(server, "contract-desk-1");
  const response = await first.post(`/v1/contracts/${number}/void`, { reason: "金额有误" });
  expect(response.status).toBe(202);
  return number;
}

async function proposalOn(number: string): Promise<string> {
  const { items } = await read<{ items: { id: string; object: string }[] }>(
    await (await desk(server, "auditor")).get("/v1/proposals?state=open"),
  );
  return items.find(({ object }) => object === number)?.id ?? "";
}

async function listed(query: string): Promise<number> {
  const response = await (await desk(server, "auditor")).get(`/v1/audit?${query}`);
  return (await read<{ items: unknown[] }>(response)).items.length;
}

async function standingOf(number: string): Promise<string> {
  return (await read<{ standing: string }>(await machine(server).get(`/v1/contracts/${number}`))).standing;
}
