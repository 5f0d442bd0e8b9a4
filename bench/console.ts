import type { Browser, BrowserContext, Cookie } from "playwright-core";
import { weighLoaded } from "../tests/browser/loaded-bytes.ts";
import { launchWarmBrowser } from "./browser.ts";
import type { BuiltProduct } from "./built-product.ts";
import { fillWithOrders } from "./many-orders.ts";
import { spreadOf } from "./measure.ts";
import { type Finding, figure, judged } from "./report.ts";
import type { Scratch } from "./scratch.ts";

const ACCOUNT = "bench-console";
const ORDERS = 10_000;
const PAINTED_WITHIN_MS = 1_000;
const BUNDLE_KB = 250;
const ROW = ".orders-table tbody tr";

interface Load {
  /** Of the frame, and of the first order, in ms after the navigation began. */
  readonly firstPaint: number;
  readonly firstOrder: number;
  /** Scripts, styles and the page itself, gzipped: until the first request of the API went out, and until orders were there. */
  readonly bytesBefore: number;
  readonly bytesInAll: number;
}

/** How soon a buyer with many orders sees them, in a browser that has never been here. */
export async function measureConsole(scratch: Scratch, product: BuiltProduct, runs: number): Promise<Finding> {
  await fillWithOrders(product.home, [{ account: ACCOUNT, like: "demo-enterprise", orders: ORDERS, from: 1 }]);
  const { browser } = await launchWarmBrowser();
  scratch.atEnd(() => browser.close());
  const cookies = await signedIn(browser, product);
  const loads: Load[] = [];
  for (let run = 0; run <= runs; run++) loads.push(await load(browser, product.url, cookies));
  // The first warms the service up.
  const warm = loads.slice(1);
  const median = (of: (one: Load) => number): number => spreadOf(warm.map(of)).median;
  return {
    name: "console",
    title: `The Orders page of an account with ${ORDERS.toLocaleString("en")} orders, in a browser that has nothing cached`,
    figures: [
      judged("loaded before the first request, gzip", median((one) => one.bytesBefore) / 1000, "kB", "≤", BUNDLE_KB),
      figure("loaded until the orders are there, gzip", median((one) => one.bytesInAll) / 1000, "kB"),
      figure(
        "first paint, median",
        median((one) => one.firstPaint),
        "ms",
        0,
      ),
      judged(
        "orders on screen, median",
        median((one) => one.firstOrder),
        "ms",
        "≤",
        PAINTED_WITHIN_MS,
        0,
      ),
      figure("orders on screen, p95", spreadOf(warm.map((one) => one.firstOrder)).p95, "ms", 0),
    ],
    notes: [
      `${runs} loads after one to warm up, each with an empty cache, over loopback; service and browser share the machine.`,
    ],
  };
}

/** The cookies of a buyer whom the seller's portal has sent. */
async function signedIn(browser: Browser, { url, apiKey }: BuiltProduct): Promise<readonly Cookie[]> {
  const response = await fetch(`${url}/v1/portal-sessions`, {
    method: "POST",
    headers: {
      ...{ authorization: `Bearer ${apiKey}`, "content-type": "application/json", "idempotency-key": "bench-console" },
    },
    body: JSON.stringify({ account: ACCOUNT, actor: { id: "bench", role: "requester" } }),
  });
  if (!response.ok) throw new Error(`no portal session: ${response.status} ${await response.text()}`);
  const link = (await response.json()) as { readonly url: string };
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link.url);
  await page.locator(ROW).first().waitFor();
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

async function load(browser: Browser, url: string, cookies: readonly Cookie[]): Promise<Load> {
  const context = await browser.newContext({ locale: "zh-CN" });
  try {
    await context.addCookies([...cookies]);
    return await loadIn(context, url);
  } finally {
    await context.close();
  }
}

async function loadIn(context: BrowserContext, url: string): Promise<Load> {
  const page = await context.newPage();
  await page.addInitScript({ content: WATCH });
  const loaded = weighLoaded(page, url);
  await page.goto(`${url}/orders`);
  await page.waitForFunction(() => (globalThis as unknown as Watched).firstOrder !== undefined);
  const { firstPaint, firstOrder } = await page.evaluate(() => ({
    firstPaint:
      (globalThis as unknown as Watched).performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
    firstOrder: (globalThis as unknown as Watched).firstOrder ?? 0,
  }));
  const { beforeFirstRequest, inAll } = await loaded();
  return { firstPaint, firstOrder, bytesBefore: beforeFirstRequest, bytesInAll: inAll };
}

/** Runs in the page before anything else: notes when the first order has been painted. Text, as the page has no compiler. */
const WATCH = `
  const look = () => requestAnimationFrame(() => {
    if (document.querySelector(${JSON.stringify(ROW)}) === null) look();
    else requestAnimationFrame(() => { window.firstOrder = performance.now(); });
  });
  look();
`;

/** As much of a page as is asked here; these sources know no DOM. */
interface Watched {
  readonly firstOrder?: number;
  readonly performance: { getEntriesByName(name: string): readonly { readonly startTime: number }[] };
}
