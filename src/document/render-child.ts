import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { RenderAnswer, RenderRequest } from "./render-messages.ts";
import type { DrawnPages } from "./rendered-document.ts";

const FROM_SOURCE = import.meta.url.endsWith(".ts");
const WORKER = fileURLToPath(new URL(FROM_SOURCE ? "./render-worker.ts" : "./render-worker.js", import.meta.url));
const KEPT_STDERR_CHARACTERS = 2000;

interface Job {
  readonly id: number;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (document: DrawnPages) => void;
  readonly reject: (error: Error) => void;
}

/** One renderer process. Nothing that it prints reaches our own output; its last words go into the error. */
export class RenderChild {
  /** Resolves once the process is warm; rejects if it ends before. */
  readonly ready: Promise<void>;
  /** Resolves when the process has gone, for whatever reason. */
  readonly gone: Promise<void>;
  readonly #process: ChildProcess;
  #job: Job | null = null;
  #state: "starting" | "warm" | "ending" = "starting";
  #lastWords = "";

  constructor(startTimeoutMs: number) {
    this.#process = forkWorker();
    this.#process.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-KEPT_STDERR_CHARACTERS);
    });
    this.gone = new Promise((resolve) => {
      this.#process.once("close", () => resolve());
      this.#process.once("error", () => resolve());
    });
    this.ready = this.#start(startTimeoutMs);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** False while it starts and from the moment that it is being ended. */
  get usable(): boolean {
    return this.#state === "warm";
  }

  /** One document at a time. Rejects where the process fails, ends, or takes longer than `timeoutMs` (it is killed). */
  render(request: RenderRequest, timeoutMs: number): Promise<DrawnPages> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.kill();
        this.#settle((job) => job.reject(new Error(`the renderer took longer than ${timeoutMs} ms`)));
      }, timeoutMs);
      this.#job = { id: request.id, timer, resolve, reject };
      this.#process.send(request, (error) => {
        if (error) this.#settle((job) => job.reject(error));
      });
    });
  }

  kill(): void {
    this.#state = "ending";
    this.#process.kill("SIGKILL");
  }

  #start(timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.kill(), timeoutMs);
      this.#process.on("message", (answer: RenderAnswer) => {
        if (answer.kind === "ready") {
          clearTimeout(timer);
          this.#state = "warm";
          resolve();
        } else this.#settle((job) => deliver(answer, job));
      });
      void this.gone.then(() => {
        clearTimeout(timer);
        this.#state = "ending";
        const words = this.#lastWords.trim();
        const error = new Error(`the renderer process ended${words === "" ? "" : `: ${words}`}`);
        reject(error);
        this.#settle((job) => job.reject(error));
      });
    });
  }

  #settle(answer: (job: Job) => void): void {
    const job = this.#job;
    if (!job) return;
    this.#job = null;
    clearTimeout(job.timer);
    answer(job);
  }
}

function deliver(answer: Exclude<RenderAnswer, { readonly kind: "ready" }>, job: Job): void {
  if (answer.id !== job.id) job.reject(new Error(`answer to ${answer.id} while waiting for ${job.id}`));
  else if (answer.kind === "rendered") job.resolve(answer.document);
  else job.reject(new Error(answer.reason));
}

function forkWorker(): ChildProcess {
  return fork(WORKER, [], {
    // tsx is found from here, not from whatever directory the service was started in.
    execArgv: FROM_SOURCE ? ["--import", import.meta.resolve("tsx")] : [],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}
