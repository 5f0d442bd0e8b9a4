import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { builtOrderseal } from "../cli/built-orderseal.ts";
import { unpackedChromium } from "./unpacked-chromium.ts";

const FONT_PACKAGES = ["@expo-google-fonts/noto-sans", "@expo-google-fonts/noto-sans-sc"];

/** Not the package's own flags: those turn off what keeps one site from another. No call home, and no shared memory. */
const ARGUMENTS = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--no-sandbox",
];
/** Fewer processes, and letters whose pixels do not depend on the machine. */
const SMALL_AND_STEADY = ["--font-render-hinting=none", "--in-process-gpu", "--no-zygote"];

export interface BrowserOptions {
  /** With its zygote, whose forks make a fresh page's process in a moment; and the caller ends it on signals. */
  readonly tunedForSpeed?: boolean;
}

/**
 * A headless Chromium from npm alone, or the one that ORDERSEAL_TEST_CHROMIUM names. Works as root and as an ordinary
 * user, with or without the NSS libraries, and draws Chinese with the fonts of our own packages.
 */
export async function launchBrowser({ tunedForSpeed = false }: BrowserOptions = {}): Promise<Browser> {
  // A page that was built before the sources changed would pass for the new one.
  await builtOrderseal();
  const named = process.env.ORDERSEAL_TEST_CHROMIUM;
  const { executablePath, libraries } = named ? { executablePath: named, libraries: null } : await unpackedChromium();
  const home = mkdtempSync(join(tmpdir(), "orderseal-browser-"));
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    args: tunedForSpeed ? ARGUMENTS : [...ARGUMENTS, ...SMALL_AND_STEADY],
    handleSIGINT: !tunedForSpeed,
    handleSIGTERM: !tunedForSpeed,
    handleSIGHUP: !tunedForSpeed,
    env: {
      ...process.env,
      HOME: home,
      FONTCONFIG_FILE: fontConfiguration(home),
      ...(libraries !== null && { LD_LIBRARY_PATH: libraries }),
    },
  });
  browser.once("disconnected", () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  return browser;
}

/** Our own fonts and no others: a page looks the same, and pictures of it compare, on every machine. */
function fontConfiguration(directory: string): string {
  const places = FONT_PACKAGES.map((name) => dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`))));
  const file = join(directory, "fonts.conf");
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
${places.map((place) => `<dir>${place}</dir>`).join("\n")}
${["sans-serif", "system-ui"].map(preferOurs).join("\n")}
<cachedir>${join(directory, "font-cache")}</cachedir></fontconfig>`,
  );
  return file;
}

/** Bound as strongly as the name itself; a weak alias loses against whatever font claims the language. */
function preferOurs(family: string): string {
  const ours = "<family>Noto Sans</family><family>Noto Sans SC</family>";
  return `<alias binding="same"><family>${family}</family><prefer>${ours}</prefer></alias>`;
}
