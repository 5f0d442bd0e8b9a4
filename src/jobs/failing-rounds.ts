import { BooksUnavailable } from "../application/books-unavailable.ts";

/**
 * A round that says when it begins to fail, when it fails for another reason, and when it works again: a line each, and
 * not one a second for as long as an outage lasts. Never rejects.
 */
export function failingRounds(name: string, round: () => Promise<unknown>, log: (line: string) => void) {
  let failed = 0;
  let lastReason = "";
  return async (): Promise<void> => {
    try {
      await round();
    } catch (error) {
      failed += 1;
      const reason = reasonOf(error);
      if (reason !== lastReason) log(`${name} failed and will be tried again: ${String(error)}`);
      lastReason = reason;
      return;
    }
    if (failed > 0) log(`${name} works again, after ${failed} failed ${failed === 1 ? "round" : "rounds"}`);
    failed = 0;
    lastReason = "";
  };
}

/** A database that goes and comes says many things on its way, which are one outage. */
function reasonOf(error: unknown): string {
  return error instanceof BooksUnavailable ? error.name : String(error);
}
