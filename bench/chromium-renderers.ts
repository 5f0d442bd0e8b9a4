import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import type { Renderer, SealPlacement } from "../src/application/ports.ts";
import type { ContractSnapshot } from "../src/domain/contract-snapshot.ts";
import type { WarmBrowser } from "./browser.ts";
import { contractFrame, contractHtml } from "./contract-html.ts";
import { sealablePdf } from "./sealable-pdf.ts";

/** Where the page leaves room for the seal of a two-line contract. */
const SEAL: SealPlacement = { page: 2, pictures: [], rect: [300, 150, 419, 269] };

/**
 * Three ways to let a warm Chromium draw the contract: `fresh` opens a page per document and loads the fonts from our
 * files, which is how it is usually done; `installed` does so with fonts that the system already has; `reused` writes
 * every document into one page that has loaded the fonts before, which is the fastest and mixes customers' documents.
 */
export async function chromiumRenderers(
  { browser }: WarmBrowser,
  directory: string,
): Promise<Record<"fresh" | "installed" | "reused", Renderer>> {
  const context = await browser.newContext();
  const reused = await context.newPage();
  // What is written into a page of a file may load files, as its fonts are; into about:blank it may not.
  await reused.goto(pathToFileURL(await pageFile(directory, "<!doctype html>")).href);
  return {
    fresh: { render: (snapshot) => inFreshPage(context, directory, snapshot, "from_files") },
    installed: { render: (snapshot) => inFreshPage(context, directory, snapshot, "installed") },
    reused: {
      render: async (snapshot) => {
        await reused.setContent(contractHtml(snapshot, "from_files"));
        return print(reused, snapshot);
      },
    },
  };
}

async function inFreshPage(
  context: BrowserContext,
  directory: string,
  snapshot: ContractSnapshot,
  fonts: "from_files" | "installed",
) {
  const page = await context.newPage();
  try {
    await page.goto(pathToFileURL(await pageFile(directory, contractHtml(snapshot, fonts))).href);
    return await print(page, snapshot);
  } finally {
    await page.close();
  }
}

async function print(page: Page, snapshot: ContractSnapshot) {
  // Printing does not wait for fonts; without this some documents come in the wrong ones.
  await page.evaluate("document.fonts.ready.then(() => undefined)");
  const { header, footer } = contractFrame(snapshot);
  const pdf = await page.pdf({
    preferCSSPageSize: true,
    printBackground: true,
    tagged: true,
    displayHeaderFooter: true,
    headerTemplate: header,
    footerTemplate: footer,
  });
  return { pdf: sealablePdf(pdf), seal: SEAL };
}

async function pageFile(directory: string, html: string): Promise<string> {
  const path = join(directory, "contract.html");
  await writeFile(path, html);
  return path;
}
