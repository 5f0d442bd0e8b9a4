import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ServiceWithProvider, startServiceWithProvider } from "../access/service-with-provider.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { launchBrowser } from "./launch-browser.ts";
import { seatReader } from "./seat-reader.ts";
import { toldTo } from "./told-to.ts";

let both: ServiceWithProvider;
let browser: Browser;
beforeAll(async () => {
  [both, browser] = await Promise.all([startServiceWithProvider(), launchBrowser()]);
  both.provider.people.set("u-1", { preferred_username: "anna.schmidt", roles: ["contract_desk"] });
  both.provider.people.set("u-2", { preferred_username: "carl", roles: [] });
});
afterAll(async () => {
  await browser?.close();
  await both?.close();
});

const READERS = [
  {
    locale: "zh-CN",
    section: "员工登录",
    action: "使用公司账号登录",
    signOut: "退出登录",
    noRole: "您还没有本系统的权限",
    linkUsed: "此链接已失效",
  },
  {
    locale: "en",
    section: "Sign in as staff",
    action: "Continue with your company account",
    signOut: "Sign out",
    noRole: "You have no access here yet",
    linkUsed: "This link is no longer good",
  },
] as const;

describe.each(toldTo(import.meta.url, READERS))("staff, read in $locale", { timeout: 120_000 }, (words) => {
  test("signs in at the provider, comes to the page that was wanted, and signs out at both", async () => {
    const { page, leave } = await seatReader(browser, both.server.url, words.locale);
    await page.goto("/tickets");
    await page.getByRole("heading", { name: words.section }).waitFor();
    await expectAccessible(page);
    await page.getByRole("link", { name: words.action }).click();
    await page.getByLabel("Name").fill("u-1");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("anna.schmidt", { exact: true }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/desk/tickets");
    const cookies = await page.context().cookies(both.server.url);
    expect(cookies.find(({ name }) => name === "orderseal_session")).toMatchObject({ httpOnly: true, sameSite: "Lax" });
    expect(cookies.some(({ name }) => name === "orderseal_sign_in")).toBe(false);

    await page.getByRole("button", { name: words.signOut }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(/\/sign-in/);
    await page.getByRole("heading", { name: words.section }).waitFor();
    expect(await (await page.request.get("/v1/session")).json()).toMatchObject({ signedIn: false });
    // The provider has no session any more, either: it asks who is there.
    await page.getByRole("link", { name: words.action }).click();
    await page.getByLabel("Name").fill("u-2");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText(words.noRole).waitFor();
    await expectAccessible(page);
    await page.goto("/sign-in?problem=link_used");
    await page.getByText(words.linkUsed).waitFor();
    await leave();
  });
});
