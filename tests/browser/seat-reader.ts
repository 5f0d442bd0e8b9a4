import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";

/** Somebody with a browser profile of their own, who has not signed in yet. */
export interface SeatedReader {
  readonly page: Page;
  /** A complaint that the test has provoked. */
  forgive(complaint: RegExp): void;
  /** Closes what is open. A page that works has had nothing to complain of. */
  leave(): Promise<void>;
}

export async function seatReader(browser: Browser, baseURL: string, locale: string): Promise<SeatedReader> {
  // They want nothing to move: drawing what slides and fades is most of what a browser without a screen would do.
  const reducedMotion = "reduce";
  const context = await browser.newContext({ locale, timezoneId: "Europe/Berlin", baseURL, reducedMotion });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  const forgiven: RegExp[] = [];
  return {
    page,
    forgive: (complaint) => forgiven.push(complaint),
    leave: async () => {
      await context.close();
      expect(complaints.filter((text) => !forgiven.some((pattern) => pattern.test(text)))).toEqual([]);
    },
  };
}
