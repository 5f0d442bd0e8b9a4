// npm run screenshots: every page of the console, in both languages, light and dark, on a desktop and on a phone, as PNG
// files below ./screenshots, which git ignores. For people to look at: nothing is compared. Each page is also asked by axe; what it
// finds serious or critical is printed, and fails the command.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import { startBuiltProduct } from "../../bench/built-product.ts";
import { openScratch } from "../../bench/scratch.ts";
import { graveViolations } from "../browser/grave-violations.ts";
import { launchBrowser } from "../browser/launch-browser.ts";
import { SHOTS, type Shot } from "./shots.ts";
import { type Staged, setStage } from "./stage.ts";

const OUT = fileURLToPath(new URL("../../screenshots", import.meta.url));
const USAGE =
  "npm run screenshots -- [--only name,name] [--locale zh-CN|en] [--scheme light|dark] [--screen desktop|phone]";
const LOCALES = ["zh-CN", "en"] as const;
const SCHEMES = ["light", "dark"] as const;
const SCREENS = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
type Screen = keyof typeof SCREENS;

interface Look {
  readonly locale: (typeof LOCALES)[number];
  readonly scheme: (typeof SCHEMES)[number];
  readonly screen: Screen;
}

async function main(): Promise<void> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ options: { only: text, locale: text, scheme: text, screen: text } });
  const wanted = values.only?.split(",");
  const shots = SHOTS.filter(({ name }) => !wanted || wanted.includes(name));
  if (shots.length === 0) throw new Error(`no page is called so; ${USAGE}`);
  const looks = allLooks().filter(
    ({ locale, scheme, screen }) =>
      (values.locale ?? locale) === locale &&
      (values.scheme ?? scheme) === scheme &&
      (values.screen ?? screen) === screen,
  );
  const scratch = await openScratch();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void scratch.clean().then(() => process.exit(1)));
  }
  try {
    const product = await startBuiltProduct(scratch, "screenshots", {
      ORDERSEAL_WEBHOOK_NETWORKS: "127.0.0.0/8",
    });
    const stage = await setStage(product);
    const browser = await launchBrowser();
    scratch.atEnd(() => browser.close());
    // A part of the pictures does not take the place of the whole.
    if (shots.length * looks.length === SHOTS.length * allLooks().length)
      await rm(OUT, { recursive: true, force: true });
    await mkdir(OUT, { recursive: true });
    const found: string[] = [];
    for (const look of looks) {
      for (const shot of shots) found.push(...(await take(browser, product.url, stage, shot, look)));
    }
    await writeFile(join(OUT, "index.html"), contactSheet(shots, looks));
    for (const violation of found) process.stdout.write(`${violation}\n`);
    process.stdout.write(`axe: ${found.length} serious or critical findings\n`);
    if (found.length > 0) process.exitCode = 1;
    process.stdout.write(
      `${shots.length * looks.length} pictures of ${shots.length} pages: ${join(OUT, "index.html")}\n`,
    );
  } finally {
    await scratch.clean();
  }
}

async function take(
  browser: Browser,
  baseURL: string,
  stage: Staged,
  shot: Shot,
  look: Look,
): Promise<readonly string[]> {
  const { locale, scheme, screen } = look;
  const context = await browser.newContext({
    ...{ baseURL, locale, colorScheme: scheme, viewport: SCREENS[screen], timezoneId: "Europe/Berlin" },
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(20_000);
  try {
    if (shot.as) await context.request.post("/v1/demo/sessions", { data: shot.as, headers: { origin: baseURL } });
    const page = await context.newPage();
    await page.goto(shot.path(stage), { waitUntil: "networkidle" });
    await shot.open?.(page);
    await page.waitForTimeout(150);
    // What lies over a page has the size of the screen, and the page behind it is another picture.
    const fullPage = (await page.locator("[role=dialog]").count()) === 0;
    await page.screenshot({ path: join(OUT, fileOf(shot, look)), fullPage });
    return (await graveViolations(page)).map((violation) => `${fileOf(shot, look)} ${violation}`);
  } catch (error) {
    throw new Error(`${fileOf(shot, look)}: ${String(error)}`, { cause: error });
  } finally {
    await context.close();
  }
}

function allLooks(): readonly Look[] {
  const screens = Object.keys(SCREENS) as Screen[];
  return screens.flatMap((screen) =>
    LOCALES.flatMap((locale) => SCHEMES.map((scheme) => ({ locale, scheme, screen }))),
  );
}

function fileOf({ name }: Shot, { locale, scheme, screen }: Look): string {
  return `${name}.${screen}.${locale}.${scheme}.png`;
}

function contactSheet(shots: readonly Shot[], looks: readonly Look[]): string {
  const rows = shots.map((shot) => {
    const pictures = looks.map((look) => {
      const file = fileOf(shot, look);
      return `<a href="${file}" title="${file}"><img src="${file}" alt="${file}" loading="lazy"></a>`;
    });
    return `<h2>${shot.name}</h2><div>${pictures.join("")}</div>`;
  });
  const style =
    "body{font-family:sans-serif;background:#888}div{display:flex;gap:8px;align-items:start}img{height:320px}";
  return `<!doctype html><meta charset="utf-8"><title>Orderseal, every page</title><style>${style}</style>${rows.join("\n")}\n`;
}

await main();
