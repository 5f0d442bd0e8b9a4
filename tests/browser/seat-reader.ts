import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";

/** Somebody with a browser profile of their own, who has not signed in yet. */
export interface SeatedReader {
  readonly page: Page;
  /** Closes what is open. A page that works has had nothing to complain of. */
  leave(): Promise<void>;
}

export async function seatReader(browser: Browser, baseURL: string, locale: string): Promise<SeatedReader> {
  const context = await browser.newContext({ locale, timezoneId: "Europe/Berlin", baseURL });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return {
    page,
    leave: async () => {
      await context.close();
      expect(complaints).toEqual([]);
    },
  };
}
