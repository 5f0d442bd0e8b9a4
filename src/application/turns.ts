import { BooksUnavailable } from "./books-unavailable.ts";

/** Longer than any other request waits for a connection or a lock. */
const PATIENCE_MS = 5_000;

/**
 * Lets those in this process who want the same thing go one after the other: they would wait for each other's locks
 * anyway, and each would hold a connection meanwhile, so that one order that everybody asks for kept out all others.
 * Between processes the locks decide.
 */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();
  readonly #patienceMs: number;

  constructor(patienceMs = PATIENCE_MS) {
    this.#patienceMs = patienceMs;
  }

  /** Does the work when those before it have ended, however they did; throws `BooksUnavailable` after a wait of five seconds. */
  async take<Value>(key: string, work: () => Promise<Value>): Promise<Value> {
    const before = this.#last.get(key);
    let end = () => {};
    const mine = new Promise<void>((resolve) => {
      end = resolve;
    });
    const last = before ? before.then(() => mine) : mine;
    this.#last.set(key, last);
    void last.then(() => {
      if (this.#last.get(key) === last) this.#last.delete(key);
    });
    const since = performance.now();
    await before;
    try {
      // Whoever asked is gone by now, or asks again; the others behind it should not wait for its work as well.
      if (before && performance.now() - since > this.#patienceMs) throw new BooksUnavailable("busy", tooLong());
      return await work();
    } finally {
      end();
    }
  }
}

function tooLong(): Error {
  return new Error("too many ask for the same thing at once");
}
