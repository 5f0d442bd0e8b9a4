import { createServer as createPage, type Server } from "node:https";
import { connect } from "node:net";
import { createServer as createTls, type Server as TlsServer } from "node:tls";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestAuthority } from "../../src/document/seal/test-authority.ts";
import { freePort } from "../free-port.ts";
import { machine, read } from "../http/caller.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { launchBrowser } from "./launch-browser.ts";

/**
 * The console behind https at localhost, and the seller's own pages at 127.0.0.1 and [::1]: to a browser three sites. The
 * certificate is vouched for by nobody, and the browser is told to take it.
 */
let server: TestServer;
let browser: Browser;
let tls: TlsServer;
let allowed: Server;
let other: Server;
let allowedOrigin: string;
let otherOrigin: string;
let frameUrl = "";
beforeAll(async () => {
  const [port, allowedPort, otherPort] = await Promise.all([freePort(), freePort(), freePort()]);
  allowedOrigin = `https://127.0.0.1:${allowedPort}`;
  otherOrigin = `https://127.0.0.1:${otherPort}`;
  const { certificatePem: cert, privateKeyPem: key } = createTestAuthority({
    keyType: "p256",
    now: new Date(Date.now() - 60_000),
  }).issueSealCertificate({ legalName: "localhost", countryCode: "CN" });
  [server, browser] = await Promise.all([
    startTestServer({ ORDERSEAL_PUBLIC_URL: `https://localhost:${port}`, ORDERSEAL_EMBED_ORIGINS: allowedOrigin }),
    launchBrowser(),
  ]);
  const behind = Number(new URL(server.url).port);
  tls = createTls({ cert, key }, (socket) => {
    const onward = connect(behind, "127.0.0.1");
    socket.pipe(onward).pipe(socket);
    for (const end of [socket, onward]) end.on("error", () => end.destroy());
  });
  const page = () =>
    createPage({ cert, key }, (_request, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(
        `<!doctype html><title>shop</title><iframe title="contracts" width="800" height="600" src="${frameUrl}"></iframe>`,
      );
    });
  [allowed, other] = [page(), page()];
  await Promise.all([
    new Promise<void>((resolve) => tls.listen(port, "localhost", resolve)),
    new Promise<void>((resolve) => allowed.listen(allowedPort, "127.0.0.1", resolve)),
    new Promise<void>((resolve) => other.listen(otherPort, "127.0.0.1", resolve)),
  ]);
});
afterAll(async () => {
  await browser?.close();
  for (const each of [tls, allowed, other]) each?.close();
  await server?.close();
});

async function portalUrl(embed: boolean): Promise<string> {
  const wanted = { account: "demo-enterprise", embed, locale: "en", actor: "wang@buyer.example" };
  return (await read<{ url: string }>(await machine(server).post("/v1/portal-sessions", wanted))).url;
}

async function openedShop(origin: string) {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    locale: "en",
    viewport: { width: 1000, height: 700 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`${origin}/`);
  return { page, context };
}

describe("the console in a frame of the seller's own page", { timeout: 60_000 }, () => {
  test("of an allowed origin signs in by its link, works, and keeps its cookie for this frame alone", async () => {
    frameUrl = await portalUrl(true);
    const { page, context } = await openedShop(allowedOrigin);
    const frame = page.frameLocator("iframe");
    await frame.getByRole("heading", { level: 1, name: "Orders" }).waitFor();
    await frame.getByRole("table").first().waitFor();
    // A change from within the frame: its own origin asks, so that it is no cross-site request.
    await frame.getByRole("button", { name: "Request contract" }).first().click();
    await frame.getByRole("dialog").waitFor();
    const [cookie] = (await context.cookies()).filter(({ name }) => name === "__Host-orderseal_session");
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: "None" });
    // The console on its own has no session: the frame's is in another jar.
    const alone = await context.newPage();
    await alone.goto(`${server.services.environment.publicUrl}/orders`);
    await alone.waitForURL(/\/sign-in/);
    await context.close();
  });

  test("of any other origin is not shown", async () => {
    frameUrl = await portalUrl(true);
    const complaints: string[] = [];
    const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: "en" });
    const page = await context.newPage();
    page.on("console", (message) => complaints.push(message.text()));
    await page.goto(`${otherOrigin}/`);
    await expect.poll(() => complaints.join("\n")).toContain("frame-ancestors");
    expect(await page.frameLocator("iframe").getByRole("table").count()).toBe(0);
    await context.close();
  });

  test("with a link that is not for frames has no session: browsers keep its cookie out of frames of other sites", async () => {
    frameUrl = await portalUrl(false);
    const { page, context } = await openedShop(allowedOrigin);
    await page.frameLocator("iframe").getByRole("heading").first().waitFor();
    expect(await page.frameLocator("iframe").getByRole("heading", { level: 1, name: "Orders" }).count()).toBe(0);
    await context.close();
  });
});

test("another site's page cannot act in a signed-in buyer's name", async () => {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.goto(await portalUrl(false));
  await page.waitForURL(/\/orders/);
  await page.goto(`${otherOrigin}/`);
  const target = `${server.services.environment.publicUrl}/v1/orders/D100000000001/contract`;
  // A form needs no leave of the target to be sent; the answer is what counts.
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url() === target),
    page.setContent(`<form method="post" action="${target}" enctype="text/plain"><input name="a"></form>
      <script>document.forms[0].submit()</script>`),
  ]);
  expect(answer.status()).toBe(403);
  expect(await read(await machine(server).get("/v1/contracts"))).toMatchObject({ items: [] });
  await context.close();
});
