import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { CheckingAnswer, CheckingRequest } from "./checking-messages.ts";
import type { Reading } from "./read-document.ts";
import { residentMb } from "./resident-memory.ts";
import { type DocumentVerdict, tooComplex } from "./verdict.ts";
import type { VerifyOptions } from "./verify-document.ts";

export interface CheckingLimits {
  /** For one file, from the moment that it is looked at. */
  readonly timeoutMs?: number;
  /** All that the child may hold, in memory of the machine; where the system says how much that is (Linux). */
  readonly memoryMb?: number;
  /** Of it what JavaScript may hold; what a file unpacks to lies outside it and has a bound of its own (16 MB). */
  readonly heapMb?: number;
  /** So many files wait at most while one is checked. */
  readonly waiting?: number;
}

/** `verifyDocument` in a process of its own, which a hostile file may keep busy or bring down without harm. */
export interface CheckingProcess {
  /**
   * The verdict of `verifyDocument`; `too_complex` where the file used up its time or the child's memory; "too_busy"
   * at once where too many wait. Rejects where no child can be started, or a root cannot be read. `charge` is told what
   * the file has cost, in milliseconds of a processor: all of its time where it used that up.
   */
  check(
    pdf: Uint8Array,
    options: VerifyOptions,
    charge?: (milliseconds: number) => void,
  ): Promise<DocumentVerdict | "too_busy">;
  /** What `readDocument` says; "too_complex" where the file used up its time or the child's memory. */
  read(pdf: Uint8Array, charge?: (milliseconds: number) => void): Promise<Reading | "too_complex" | "too_busy">;
  /** Ends the child, whatever it does; a check under way or waiting rejects. */
  close(): Promise<void>;
  /** Of the present child; null while there is none. */
  pid(): number | null;
}

/**
 * One child, started by the first check (0.2 s) and kept warm; one file at a time, in the order of arrival. One child
 * is enough: a contract of ours takes 2 ms, and strangers shall not get more than one core.
 */
export function openCheckingProcess(limits: CheckingLimits = {}): CheckingProcess {
  const { timeoutMs = 2500, memoryMb = 240, heapMb = 96, waiting = 8 } = limits;
  let child: CheckingChild | null = null;
  let accepted = 0;
  let lastInLine: Promise<unknown> = Promise.resolve();
  let closed = false;

  const warmChild = (): CheckingChild => {
    if (closed) throw new Error("the checking process is closed");
    if (!child?.usable) child = new CheckingChild(heapMb);
    return child;
  };
  const look = (request: CheckingRequest): Promise<Outcome> => warmChild().check(request, { timeoutMs, memoryMb });
  const checkNow = async (request: CheckingRequest): Promise<Settled | "used_up"> => {
    const outcome = await look(request);
    // A child that somebody killed while it was idle is no fault of this file, which gets another one.
    const settled = outcome.kind === "never_begun" ? await look(request) : outcome;
    // Whoever comes after a costly file shall not wait for a child to load: the next one loads from now on.
    if (settled.kind !== "never_begun" && !closed) warmChild();
    if (settled.kind === "judged" || settled.kind === "read") return settled;
    if (settled.kind === "used_up" && !closed) return "used_up";
    throw new Error(`the checking process failed: ${"reason" in settled ? settled.reason : "it was closed"}`);
  };
  const costOf = (settled: Settled | "used_up"): number => (settled === "used_up" ? timeoutMs : settled.cpuMs);
  const inLine = (request: CheckingRequest): Promise<Settled | "used_up" | "too_busy"> => {
    if (accepted > waiting) return Promise.resolve("too_busy");
    accepted += 1;
    const settled = lastInLine
      .then(() => checkNow(request))
      .finally(() => {
        accepted -= 1;
      });
    lastInLine = settled.catch(() => undefined);
    return settled;
  };

  return {
    async check(pdf, options, charge) {
      const settled = await inLine({ kind: "verify", pdf, ...options });
      if (settled === "too_busy") return settled;
      charge?.(costOf(settled));
      return settled !== "used_up" && settled.kind === "judged" ? settled.verdict : tooComplex();
    },
    async read(pdf, charge) {
      const settled = await inLine({ kind: "read", pdf });
      if (settled === "too_busy") return settled;
      charge?.(costOf(settled));
      return settled !== "used_up" && settled.kind === "read" ? settled.reading : "too_complex";
    },
    async close() {
      closed = true;
      await child?.end();
    },
    pid: () => (child?.usable ? child.pid : null),
  };
}

/** The child has looked at the file to its end. */
type Settled = Extract<CheckingAnswer, { readonly kind: "judged" | "read" }>;

type Outcome =
  | Exclude<CheckingAnswer, { readonly kind: "begun" }>
  /** The time was over, or the child died with the file in its hands. */
  | { readonly kind: "used_up" }
  | { readonly kind: "never_begun"; readonly reason: string };

const FROM_SOURCE = import.meta.url.endsWith(".ts");
const ENTRY = fileURLToPath(
  FROM_SOURCE ? new URL("./checking-child.ts", import.meta.url) : new URL("./checking-child.js", import.meta.url),
);
/** For the child to load, on a machine that has much else to do. */
const START_TIMEOUT_MS = 15_000;
const KEPT_STDERR_CHARACTERS = 2000;
const WATCH_EVERY_MS = 10;
const SEMI_SPACE_MB = 4;

type Allotted = Required<Pick<CheckingLimits, "timeoutMs" | "memoryMb">>;

class CheckingChild {
  readonly #process: ChildProcess;
  readonly #gone: Promise<void>;
  #usable = true;
  #lastWords = "";
  #hear: (answer: CheckingAnswer | "gone") => void = () => undefined;

  constructor(heapMb: number) {
    this.#process = forkChild(heapMb);
    this.#process.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-KEPT_STDERR_CHARACTERS);
    });
    this.#process.on("message", (answer: CheckingAnswer) => this.#hear(answer));
    this.#gone = new Promise((resolve) => {
      this.#process.once("close", () => resolve());
      this.#process.once("error", () => resolve());
    });
    void this.#gone.then(() => {
      this.#usable = false;
      this.#hear("gone");
    });
  }

  get pid(): number | null {
    return this.#process.pid ?? null;
  }

  /** False from the moment that it is being ended. */
  get usable(): boolean {
    return this.#usable;
  }

  /** One file at a time; never rejects. A child that took too long, or too much, is being ended when this resolves. */
  check(request: CheckingRequest, { timeoutMs, memoryMb }: Allotted): Promise<Outcome> {
    return new Promise((resolve) => {
      let begun = false;
      const settle = (outcome: Outcome): void => {
        clearTimeout(timer);
        clearInterval(watch);
        // What a costly file leaves behind must not count against the next one: that one begins with a fresh child.
        if (this.#holdsMoreThan(0.6 * memoryMb)) void this.end();
        this.#hear = () => undefined;
        resolve(outcome);
      };
      const giveUp = (reason: string): void => {
        void this.end();
        settle(begun ? { kind: "used_up" } : { kind: "never_begun", reason });
      };
      const watch = setInterval(() => {
        if (begun && this.#holdsMoreThan(memoryMb)) giveUp("it took too much memory");
      }, WATCH_EVERY_MS);
      let timer = setTimeout(() => giveUp(`it did not start within ${START_TIMEOUT_MS} ms`), START_TIMEOUT_MS);
      this.#hear = (answer) => {
        if (answer === "gone") giveUp(this.#lastWords.trim() || "it ended without a word");
        else if (answer.kind !== "begun") settle(answer);
        else {
          begun = true;
          clearTimeout(timer);
          timer = setTimeout(() => giveUp("it took too long"), timeoutMs);
        }
      };
      this.#process.send(request, (error) => {
        if (error) giveUp(error.message);
      });
    });
  }

  #holdsMoreThan(megabytes: number): boolean {
    const { pid } = this.#process;
    return pid !== undefined && (residentMb(pid) ?? 0) > megabytes;
  }

  end(): Promise<void> {
    this.#usable = false;
    this.#process.kill("SIGKILL");
    return this.#gone;
  }
}

/** It reads what strangers send: of the environment, with its secrets, it gets nothing but what programs run by. */
function forkChild(heapMb: number): ChildProcess {
  const { PATH, LANG } = process.env;
  return fork(ENTRY, [], {
    // tsx is found from here, not from whatever directory the service was started in.
    execArgv: [
      `--max-old-space-size=${heapMb}`,
      // Three of these lie outside the old space. With 16 MB, as is usual, a check would be no faster.
      `--max-semi-space-size=${SEMI_SPACE_MB}`,
      ...(FROM_SOURCE ? ["--import", import.meta.resolve("tsx")] : []),
    ],
    env: { PATH, LANG },
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}
