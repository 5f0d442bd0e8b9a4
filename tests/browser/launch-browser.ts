import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";

const FONT_PACKAGES = ["@expo-google-fonts/noto-sans", "@expo-google-fonts/noto-sans-sc"];

/** The package's own flags turn off what protects one site from another; of them only these are needed here. */
const ARGUMENTS = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--font-render-hinting=none",
  "--in-process-gpu",
  "--disable-dev-shm-usage",
];

/**
 * A headless Chromium from npm alone, or the one that ORDERSEAL_TEST_CHROMIUM names. Works as root and as an
 * ordinary user, with or without the NSS libraries, and draws Chinese with the fonts of our own packages.
 */
export async function launchBrowser(): Promise<Browser> {
  const directory = unpackDirectory();
  const named = process.env.ORDERSEAL_TEST_CHROMIUM;
  const executablePath = named ?? (await unpackedChromium(directory));
  return chromium.launch({
    executablePath,
    headless: true,
    args: [...ARGUMENTS, ...(named ? ["--headless"] : ["--no-zygote"]), "--no-sandbox"],
    env: { ...process.env, FONTCONFIG_FILE: fontConfiguration(directory), HOME: directory },
  });
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
