/** What one caller may use up of the processor that looks at uploads, in milliseconds, before a share of it is left. */
const AT_ONCE_MS = 2000;
/** Files of one caller that wait or are looked at at the same time. */
const MOST_OPEN = 8;
/** Callers that are remembered at the same time; beyond, the one unheard of for longest is forgotten. */
const MOST_CALLERS = 20_000;

export interface CountedCaller {
  readonly key: string;
  /** Of one processor, in the long run. */
  readonly share: number;
}

interface Account {
  /** Milliseconds of a processor that are left; below zero after a costly file. */
  leftMs: number;
  /** When that was so, in milliseconds of the given clock. */
  at: number;
  open: number;
  /** Ends with the last file that was let in. */
  lastTurn: Promise<void>;
}

/** A file that may be looked at now. */
export interface Turn {
  charge(milliseconds: number): void;
  end(): void;
}

/**
 * How much of the one processor that looks at strangers' files each caller may have. Contracts cost milliseconds, so that
 * whoever sends them meets the usual limit of requests first; whoever sends files that were made to cost seconds gets their share of
 * the processor, and others find it idle. Kept by each node in memory: it protects the node.
 */
export class CheckingAllowance {
  readonly #accounts = new Map<string, Account>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whole seconds until another file of the caller is looked at; 0: at once. */
  waitSeconds(caller: CountedCaller): number {
    const { leftMs } = this.#accountOf(caller);
    return leftMs > 0 ? 0 : Math.ceil((1 - leftMs) / caller.share / 1000);
  }

  /**
   * The turn of a file, once the caller's files before it have had theirs: what they cost is known only then. Null where nothing is
   * left, or many of the caller's files wait already.
   */
  async begin(caller: CountedCaller): Promise<Turn | null> {
    const account = this.#accountOf(caller);
    if (account.open >= MOST_OPEN) return null;
    account.open += 1;
    const { lastTurn } = account;
    let end = (): void => {};
    account.lastTurn = new Promise((ended) => {
      end = () => {
        account.open -= 1;
        ended();
      };
    });
    await lastTurn;
    this.#refill(account, caller.share);
    if (account.leftMs <= 0) {
      end();
      return null;
    }
    return {
      charge: (milliseconds) => {
        account.leftMs -= milliseconds;
      },
      end,
    };
  }

  #accountOf({ key, share }: CountedCaller): Account {
    const known = this.#accounts.get(key);
    const account = known ?? { leftMs: AT_ONCE_MS, at: this.#now(), open: 0, lastTurn: Promise.resolve() };
    this.#refill(account, share);
    // The order of a map's keys is that of their insertion: the first has not been heard of for longest.
    this.#accounts.delete(key);
    this.#accounts.set(key, account);
    const [oldest] = this.#accounts.keys();
    if (this.#accounts.size > MOST_CALLERS && oldest !== undefined) this.#accounts.delete(oldest);
    return account;
  }

  #refill(account: Account, share: number): void {
    const now = this.#now();
    account.leftMs = Math.min(AT_ONCE_MS, account.leftMs + share * (now - account.at));
    account.at = now;
  }
}
