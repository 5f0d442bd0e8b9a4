import type { Locator, Page } from "playwright-core";

/** More steps than any page of the console has places to stop at. */
const MOST_STEPS = 150;

/** Somebody without a pointer. Whatever they come to has to show that they are there (WCAG 2.2, 2.4.7). */
export interface Typist {
  /** Presses Tab until `wanted` has the focus. */
  goTo(wanted: Locator): Promise<void>;
  /** The same, then presses Enter. */
  choose(wanted: Locator): Promise<void>;
  /** What has the focus is inside `wanted`, or it. */
  isWithin(wanted: Locator): Promise<boolean>;
}

export function typistAt(page: Page): Typist {
  const goTo = async (wanted: Locator) => {
    await wanted.waitFor();
    const passed: string[] = [];
    for (let step = 0; step < MOST_STEPS; step++) {
      await page.keyboard.press("Tab");
      const at = await lookAtFocus(page);
      if (at.name !== "" && !at.isSeen) throw new Error(`nobody sees that ${at.name} has the focus`);
      if (await isWithin(wanted, true)) return;
      passed.push(at.name);
    }
    throw new Error(`${wanted} cannot be reached by Tab: ${passed.slice(-20).join(", ")}`);
  };
  return {
    goTo,
    choose: async (wanted) => {
      await goTo(wanted);
      await page.keyboard.press("Enter");
    },
    isWithin: (wanted) => isWithin(wanted, false),
  };
}

async function isWithin(wanted: Locator, isItself: boolean): Promise<boolean> {
  return wanted.evaluate((element, itself) => {
    const focused = element.ownerDocument.activeElement;
    return itself ? focused === element : element.contains(focused);
  }, isItself);
}

/** What shows the focus of a control may be drawn around it: by its label, or by what it stands in. */
async function lookAtFocus(page: Page): Promise<{ name: string; isSeen: boolean }> {
  const focused = page.locator("*:focus");
  if ((await focused.count()) === 0) return { name: "", isSeen: true };
  return focused.evaluate((element) => {
    const text = (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 40);
    const around = [element, element.parentElement, element.closest("label")];
    const isSeen = around.some((each) => {
      const style = each?.ownerDocument.defaultView?.getComputedStyle(each);
      if (!style || style.opacity === "0") return false;
      const isOutlined = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
      return isOutlined || style.boxShadow !== "none";
    });
    return { name: `${element.tagName.toLowerCase()} "${text}"`, isSeen };
  });
}
