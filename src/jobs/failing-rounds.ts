import { BooksUnavailable } from "../application/books-unavailable.ts";
import { failureText } from "../application/failure-text.ts";

/**
 * A round that says when it begins to fail, when it fails for another reason, and when it works again: a line each, and
 * not one a second for as long as an outage lasts. Never rejects.
 */
export function failingRounds(name: string, round: () => Promise<unknown>, log: (line: string) => void) {
  let failed = 0;
  let lastKind = "";
  return async (): Promise<void> => {
    try {
      await round();
    } catch (error) {
      failed += 1;
      const reason = failureText(error);
      const kind = kindOf(error);
      if (kind !== lastKind) log(`${name} failed and will be tried again: ${reason}`);
      lastKind = kind;
      return;
    }
    if (failed > 0) log(`${name} works again, after ${failed} failed ${failed === 1 ? "round" : "rounds"}`);
    failed = 0;
    lastKind = "";
  };
}

/** A database that goes and comes says many things on its way, which are one outage. */
function kindOf(error: unknown): string {
  return error instanceof BooksUnavailable ? error.name : failureText(error);
}
