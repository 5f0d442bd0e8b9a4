import type { Page } from "playwright-core";
import { expect } from "vitest";
import { graveViolations } from "./grave-violations.ts";
import { isEveryStoryTold } from "./told-to.ts";

/** As much of a page as is asked here; these sources know no DOM. */
interface Animated {
  requestAnimationFrame(next: () => void): void;
  readonly document: {
    getAnimations(): readonly {
      readonly playState: string;
      readonly effect: { getComputedTiming(): { readonly iterations?: number } } | null;
    }[];
  };
}

/** How often each reader's page has been looked at. */
const looks = new WeakMap<Page, number>();
/** Of a story that is one of a sample. */
const LOOKS_OF_A_SAMPLE = 2;

/**
 * Nothing serious or critical by the rules of axe. A page is looked at in the dark theme by its Chinese reader and in the
 * light one by its English reader. A scan costs seconds: every look of every story is taken by `npm run test:stories`, the first
 * two of each by the suite; `npm run screenshots` looks at every page in both themes.
 */
export async function expectAccessible(page: Page): Promise<void> {
  const look = (looks.get(page) ?? 0) + 1;
  looks.set(page, look);
  if (look > LOOKS_OF_A_SAMPLE && !isEveryStoryTold()) return;
  const language = await page.locator("html").getAttribute("lang");
  const colorScheme = language === "en" ? "light" : "dark";
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  // While it fades from one theme to the other, half-faded colours have no contrast; what fades has begun to after two frames.
  await page.evaluate(
    () =>
      new Promise<void>((drawn) => {
        const { requestAnimationFrame } = globalThis as unknown as Animated;
        requestAnimationFrame(() => requestAnimationFrame(() => drawn()));
      }),
  );
  await page.waitForFunction(() => {
    const { document } = globalThis as unknown as Animated;
    const endless = (iterations: number | undefined) => iterations === Number.POSITIVE_INFINITY;
    return document
      .getAnimations()
      .every(({ playState, effect }) => playState !== "running" || endless(effect?.getComputedTiming().iterations));
  });
  const grave = await graveViolations(page);
  expect(grave.map((violation) => `${colorScheme} ${violation}`)).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
}
