import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/**
 * Nothing serious or critical by the rules of axe. A page is looked at in the dark theme by its Chinese reader and in the
 * light one by its English reader: every story is told to both, and a scan costs seconds.
 */
export async function expectAccessible(page: Page): Promise<void> {
  const language = await page.locator("html").getAttribute("lang");
  const colorScheme = language === "en" ? "light" : "dark";
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.waitForTimeout(350);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(
    grave.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${colorScheme} ${id}: ${html} ${failureSummary}`),
    ),
  ).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
}
