import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { PolicyDocument } from "../../src/application/policy-document.ts";
import { desk, machine, read } from "../http/caller.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { launchBrowser } from "./launch-browser.ts";
import { READERS } from "./policy-words.ts";
import { type SeatedReader, seatReader } from "./seat-reader.ts";
import { toldTo } from "./told-to.ts";

const PRODUCT = { name: { "zh-CN": "量子退火机", en: "Quantum annealer" }, selfService: [] };
/** Of the demonstration: a paid order of that product, and an unpaid one of a self-service product. */
const [QUANTUM, UNPAID] = ["D100000000005", "D100000000003"];

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
  "rules and catalogue, read in $locale",
  { timeout: 120_000 },
  (words) => {
    beforeEach(async () => {
      reader = await seatReader(browser, server.url, words.locale);
      page = reader.page;
    });

    test("an author drafts a change and sees which orders it changes; another person publishes it", async () => {
      await machine(server).put("/v1/products/quantum-annealer", PRODUCT);
      const before = await policy();
      await enterAs(words.staff, words.author, "/desk/policy");
      await page.getByRole("link", { name: words.draftChange }).click();
      await page.getByLabel(words.holdLength, { exact: true }).fill(String(words.days));
      await page.getByLabel(words.addProduct).first().fill("quantum-annealer");
      await page.getByRole("button", { name: words.add, exact: true }).first().click();
      expect(await page.getByRole("checkbox", { name: words.productMode(words.product) }).isChecked()).toBe(true);
      await expectAccessible(page);
      await page.getByRole("button", { name: words.saveDraft }).click();

      const draft = page.getByRole("region", { name: words.draft });
      const hold = draft.getByRole("row").filter({ hasText: words.hold(daysOf(before.rules)) });
      await hold.getByText(words.hold(words.days)).waitFor();
      const product = draft.getByRole("listitem").filter({ hasText: words.product });
      await expectInOrder(product, [words.offlineOnly, words.subscription]);
      const orders = draft.getByRole("region", { name: words.changedOrders });
      await expectInOrder(orders.getByRole("row").filter({ hasText: QUANTUM }), [words.refused, words.issued]);
      await orders.getByRole("row").filter({ hasText: UNPAID }).waitFor();
      await draft.getByText(words.mine).waitFor();
      expect(await draft.getByRole("button", { name: words.publish, exact: true }).count()).toBe(0);
      await expectAccessible(page);

      await page.getByRole("button", { name: words.signOut }).click();
      await page.getByRole("button", { name: words.publisher }).click();
      await page.getByRole("navigation").getByRole("link", { name: words.policy }).click();
      await draft.getByRole("button", { name: words.publish, exact: true }).click();
      await expectAccessible(page);
      await confirm(words.confirmPublish);
      const version = before.version + 1;
      await page
        .getByRole("status")
        .filter({ hasText: words.published(version) })
        .waitFor();
      await draft.waitFor({ state: "detached" });

      const row = page.getByRole("row").filter({ hasText: "contract-desk-2" }).filter({ hasText: "contract-desk-1" });
      await row.getByRole("link", { name: words.version(version), exact: true }).click();
      const changed = page.getByRole("region", { name: words.changedFrom(before.version) });
      await changed.getByText(words.hold(words.days)).waitFor();
      await expectAccessible(page);
      await page.goto(`/orders?q=${QUANTUM}`);
      await page.getByRole("row").filter({ hasText: QUANTUM }).getByRole("button", { name: words.request }).waitFor();
      expect(await page.getByText(words.refused).count()).toBe(0);
    });

    test("a draft that was replaced while it was looked over is shown anew, and not published", async () => {
      const before = await policy();
      await draftDays(before.rules, 7);
      await enterAs(words.staff, words.publisher, "/desk/policy");
      const draft = page.getByRole("region", { name: words.draft });
      await draft.getByText(words.hold(7)).waitFor();
      await draftDays(before.rules, 3_000);
      reader.forgive(/409/);
      await draft.getByRole("button", { name: words.publish, exact: true }).click();
      await page.getByRole("dialog").getByRole("button", { name: words.confirmPublish, exact: true }).click();
      await page.getByRole("alert").filter({ hasText: words.replaced }).waitFor();
      await draft.getByText(words.hold(3_000)).waitFor();
      expect(await policy()).toEqual(before);
      await expectAccessible(page);
      await draft.getByRole("button", { name: words.withdraw }).click();
      await confirm(words.confirmWithdraw);
      await page.getByRole("status").filter({ hasText: words.withdrawn }).waitFor();
      expect(await policy()).toEqual(before);
    });

    test("a draft that the catalogue has overtaken undoes nothing when its author saves it again", async () => {
      await draftDays((await policy()).rules, 7);
      const product = { name: { "zh-CN": "后来者", en: "Latecomer" }, selfService: ["pay_as_you_go"] };
      await machine(server).put(`/v1/products/overtaking-${words.locale}`, product);
      const { version, rules } = await policy();
      await enterAs(words.staff, words.publisher, "/desk/policy");
      const draft = page.getByRole("region", { name: words.draft });
      await draft.getByText(words.outdated).waitFor();
      expect(await draft.getByRole("button", { name: words.publish, exact: true }).count()).toBe(0);
      await draft.getByRole("link", { name: words.editDraft }).click();
      await page.getByText(words.rebased(version)).waitFor();
      await page.getByRole("button", { name: words.saveDraft }).click();
      await draft.getByText(words.mine).waitFor();
      await expectInOrder(draft.getByRole("row").filter({ hasText: words.hold(7) }), [
        words.hold(daysOf(rules)),
        words.hold(7),
      ]);
      const { rules: drafted, basedOn } = await read<{ rules: PolicyDocument; basedOn: number }>(
        await (await desk(server, "auditor")).get("/v1/policy/draft"),
      );
      expect([basedOn, drafted]).toEqual([version, { ...rules, hold: { start: "request", count: "days", days: 7 } }]);
      await (await desk(server, "contract-desk-2")).send("DELETE", "/v1/policy/draft");
    });

    test("the contract desk adds a partner and a product, and is told what is wrong with a seller at the field", async () => {
      const id = `added-${words.locale}`;
      reader.forgive(/422/);
      await enterAs(words.staff, words.author, "/desk/partners");
      await page.getByRole("button", { name: words.addPartner }).click();
      const drawer = page.getByRole("dialog");
      await drawer.getByLabel(words.partnerId).fill("demo-partner");
      await drawer.getByLabel(words.name, { exact: true }).fill(`咨询公司 ${words.locale}`);
      await drawer.getByLabel(words.kind, { exact: true }).selectOption({ label: words.consulting });
      await drawer.getByLabel(words.contact, { exact: true }).fill("021-00000000");
      await drawer.getByRole("button", { name: words.save }).click();
      await expectFault(drawer.getByLabel(words.partnerId), words.exists);
      await expectAccessible(page);
      await drawer.getByLabel(words.partnerId).fill(id);
      await drawer.getByRole("button", { name: words.save }).click();
      await page
        .getByRole("status")
        .filter({ hasText: `${words.saved}咨询公司 ${words.locale}` })
        .waitFor();
      await page.getByRole("row").filter({ hasText: id }).getByText(words.consulting).waitFor();
      await expectAccessible(page);

      await page.getByRole("navigation").getByRole("link", { name: words.products }).click();
      await page.getByRole("button", { name: words.addProductEntry }).click();
      await drawer.getByLabel(words.code, { exact: true }).fill(id);
      await drawer.getByLabel(words.nameZh).fill("新产品");
      await drawer.getByLabel(words.nameEn).fill("New product");
      await drawer.getByRole("button", { name: words.save }).click();
      await page
        .getByRole("status")
        .filter({ hasText: `${words.saved}新产品` })
        .waitFor();
      await page.getByRole("searchbox", { name: words.search }).fill(id);
      await page.getByRole("button", { name: words.searchAction, exact: true }).click();
      await page.waitForURL(/\?q=added-/);
      await page.getByRole("row").filter({ hasText: id }).getByText(words.offlineOnly).waitFor();
      await page.getByRole("row").filter({ hasText: id }).getByRole("link").click();
      await drawer.getByRole("link", { name: words.isRule }).waitFor();
      expect(new URL(page.url()).searchParams.get("open")).toBe(id);
      await expectAccessible(page);

      await page.goto("/desk/sellers?open=demo-cloud");
      await drawer.getByText(words.canSeal).waitFor();
      await drawer.getByLabel(words.prefix, { exact: true }).fill("SHSW");
      await drawer.getByLabel(words.caption, { exact: true }).fill("合同专用章合同专用章");
      await drawer.getByRole("button", { name: words.save }).click();
      await expectFault(drawer.getByLabel(words.caption, { exact: true }), words.captionFault);
      await drawer.getByLabel(words.caption, { exact: true }).fill("合同专用章");
      await drawer.getByRole("button", { name: words.save }).click();
      await expectFault(drawer.getByLabel(words.prefix, { exact: true }), words.prefixTaken);
      await expectAccessible(page);
      await drawer.getByLabel(words.prefix, { exact: true }).fill("DEMO");
      await drawer.getByLabel(words.contact, { exact: true }).fill(`${words.locale}@cloud.example`);
      await drawer.getByRole("button", { name: words.save }).click();
      await page
        .getByRole("status")
        .filter({ hasText: `${words.saved}杭州示例云计算有限公司` })
        .waitFor();
      const saved = await read<object>(await machine(server).get("/v1/sellers/demo-cloud"));
      expect(saved).toMatchObject({ contact: `${words.locale}@cloud.example`, numberPrefix: "DEMO", canSeal: true });
    });

    test("whoever may only look sees all of it and is offered nothing to change", async () => {
      await enterAs(words.staff, words.auditor, "/desk/sellers?open=demo-noseal");
      const drawer = page.getByRole("dialog");
      await drawer.getByText(words.noKey).waitFor();
      await drawer.getByText("91110100DEMO000003").waitFor();
      expect(await drawer.getByRole("textbox").count()).toBe(0);
      await expectAccessible(page);
      await drawer.getByRole("button", { name: words.close }).click();
      await page.waitForURL(/\/desk\/sellers$/);
      await page.getByRole("navigation").getByRole("link", { name: words.policy }).click();
      await page
        .getByRole("row")
        .filter({ hasText: words.version(1) })
        .first()
        .waitFor();
      expect(await page.getByRole("main").getByRole("button").count()).toBe(0);
      expect(await page.getByRole("link", { name: words.draftChange }).count()).toBe(0);
      await page.goto("/desk/policy/edit");
      await page.waitForURL(/\/desk$/);
    });
  },
);

async function enterAs(group: string, person: string, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("region", { name: group }).getByRole("button", { name: person }).click();
  await page.waitForURL((url) => `${url.pathname}${url.search}` === path);
}

async function confirm(action: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: action, exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

/** The field that is wrong has the focus and is described by what is wrong with it. */
async function expectFault(field: Locator, said: string): Promise<void> {
  const fault = page.locator(".field-fault").filter({ hasText: said });
  await fault.waitFor();
  const described = (await field.getAttribute("aria-describedby")) ?? "";
  expect(described.split(" ")).toContain(await fault.getAttribute("id"));
  expect(await field.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
}

async function expectInOrder(place: Locator, texts: readonly string[]): Promise<void> {
  for (const text of texts) await place.getByText(text).first().waitFor();
  const said = (await place.first().textContent()) ?? "";
  const places = texts.map((text) => said.indexOf(text));
  expect(places).toEqual(places.toSorted((left, right) => left - right));
}

async function policy(): Promise<{ version: number; rules: PolicyDocument }> {
  return read(await machine(server).get("/v1/policy"));
}

function daysOf({ hold }: PolicyDocument): number {
  return hold.count === "days" ? hold.days : 0;
}

async function draftDays(rules: PolicyDocument, days: number): Promise<void> {
  const first = await desk(server, "contract-desk-1");
  const drafted = await first.put("/v1/policy/draft", { ...rules, hold: { start: "request", count: "days", days } });
  expect(drafted.status).toBe(200);
}
