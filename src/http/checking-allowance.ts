/** What one caller may use up of the processor that looks at uploads: so much at once, and this share in the long run. */
const AT_ONCE_MS = 2000;
const SHARE = 0.05;
/** Files of one caller that wait or are looked at at the same time. */
const MOST_OPEN = 4;
/** Callers that are remembered at the same time; beyond, the one unheard of for longest is forgotten. */
const MOST_CALLERS = 20_000;

interface Account {
  /** Milliseconds of a processor that are left; below zero after a costly file. */
  leftMs: number;
  /** When that was so, in milliseconds of the given clock. */
  at: number;
  open: number;
}

/** A file that may be looked at now. */
export interface Turn {
  charge(milliseconds: number): void;
  end(): void;
}

/**
 * How much of the one processor that looks at strangers' files each of them may have. Whoever sends contracts, as fast as
 * the limit of requests lets them, never meets this limit; whoever sends files that were made to cost seconds gets a
 * twentieth of the processor, and everybody else finds it idle. Kept by each node in memory: it protects the node.
 */
export class CheckingAllowance {
  readonly #accounts = new Map<string, Account>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whole seconds until another file of the caller is looked at; 0: at once. */
  waitSeconds(caller: string): number {
    const { leftMs } = this.#accountOf(caller);
    return leftMs > 0 ? 0 : Math.ceil((1 - leftMs) / SHARE / 1000);
  }

  /** The turn of a file; null where the caller has used up what there is, or has many files open. */
  begin(caller: string): Turn | null {
    const account = this.#accountOf(caller);
    if (account.leftMs <= 0 || account.open >= MOST_OPEN) return null;
    account.open += 1;
    return {
      charge: (milliseconds) => {
        this.#refill(account);
        account.leftMs -= milliseconds;
      },
      end: () => {
        account.open -= 1;
      },
    };
  }

  #accountOf(caller: string): Account {
    const account = this.#accounts.get(caller) ?? { leftMs: AT_ONCE_MS, at: this.#now(), open: 0 };
    this.#refill(account);
    // The order of a map's keys is that of their insertion: the first has not been heard of for longest.
    this.#accounts.delete(caller);
    this.#accounts.set(caller, account);
    const [oldest] = this.#accounts.keys();
    if (this.#accounts.size > MOST_CALLERS && oldest !== undefined) this.#accounts.delete(oldest);
    return account;
  }

  #refill(account: Account): void {
    const now = this.#now();
    account.leftMs = Math.min(AT_ONCE_MS, account.leftMs + SHARE * (now - account.at));
    account.at = now;
  }
}
