import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { type Process, processTree } from "./processes.ts";

const FONT_PACKAGES = ["@expo-google-fonts/noto-sans", "@expo-google-fonts/noto-sans-sc"];
/** Nothing that talks to the outside, nothing that needs a display. */
const ARGUMENTS = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--no-sandbox",
];

export interface WarmBrowser {
  readonly browser: Browser;
  /** Its process tree at this moment. */
  processes(): readonly Process[];
}

/**
 * A headless Chromium from npm alone, or the one that ORDERSEAL_TEST_CHROMIUM names. Its zygote stays on, unlike in the
 * browser tests: a fresh page's process is then forked in a moment instead of started, which is to its advantage.
 */
export async function launchBrowser(): Promise<WarmBrowser> {
  const directory = unpackDirectory();
  const executablePath = process.env.ORDERSEAL_TEST_CHROMIUM ?? (await unpackedChromium(directory));
  const before = new Set(processTree(process.pid).map(({ pid }) => pid));
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    // Whoever started the run cleans up after all of it; Playwright would end this process at once.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: ARGUMENTS,
    env: { ...process.env, FONTCONFIG_FILE: fontConfiguration(directory), HOME: directory },
  });
  const root = processTree(process.pid).find(
    ({ pid, command }) => !before.has(pid) && command.includes("--user-data-dir") && !command.includes("--type="),
  );
  if (!root) throw new Error("Chromium's process was not found");
  return { browser, processes: () => processTree(root.pid) };
}
/** One per user: what another user unpacked cannot be executed or replaced by us. */
function unpackDirectory(): string {
  const directory = join(tmpdir(), `orderseal-chromium-${userInfo().uid}`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return directory;
}

/** The package reads TMPDIR and the switch for its own libraries when it is loaded, so both are set before. */
async function unpackedChromium(directory: string): Promise<string> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = directory;
  if (!hostHasNss()) process.env.AWS_LAMBDA_JS_RUNTIME = "nodejs22.x";
  try {
    const { default: packaged } = await import("@sparticuz/chromium");
    packaged.setGraphicsMode = false;
    return await packaged.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

function hostHasNss(): boolean {
  if (process.platform !== "linux") return true;
  for (const ldconfig of ["ldconfig", "/sbin/ldconfig"]) {
    try {
      return execFileSync(ldconfig, ["-p"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).includes(
        "libnss3.so",
      );
    } catch {
      // Not on the path of an ordinary user, or no such program: try the next.
    }
  }
  return false;
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
