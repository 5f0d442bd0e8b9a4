import { availableParallelism } from "node:os";
import type { DraftRenderer, Renderer } from "../application/ports.ts";
import type { BusinessChecklist } from "../domain/business-checklist.ts";
import type { ContractSnapshot } from "../domain/contract-snapshot.ts";
import { RenderChild } from "./render-child.ts";
import type { DrawnDocument, DrawnPages, RenderTask } from "./rendered-document.ts";

interface RenderPoolOptions {
  /** How many processes draw at the same time; by default one for each core but one, at least 2, at most 4; about 240 MB each. */
  readonly processes?: number;
  /** A document that takes longer fails and its process is replaced. */
  readonly timeoutMs?: number;
}

export interface RenderPool extends Renderer, DraftRenderer {
  /**
   * Draws the unsealed PDF/A-3a of a contract; the same snapshot gives the same bytes in every process.
   * Rejects with an Error where the document cannot be drawn or its process died or hung: the caller may try again.
   */
  render(snapshot: ContractSnapshot): Promise<DrawnDocument>;
  /** Process ids of the renderers that are alive, for the operator. */
  pids(): readonly number[];
  /** Ends the processes; documents that are not drawn yet fail. */
  close(): Promise<void>;
}

interface Job {
  readonly task: RenderTask;
  readonly resolve: (document: DrawnPages) => void;
  readonly reject: (error: Error) => void;
}

const TIMEOUT_MS = 10_000;
const START_TIMEOUT_MS = 30_000;
const RESTART_DELAY_MS = 1_000;

/** Starts the processes and resolves when all are warm; rejects with the last words of one that cannot start. */
export async function openRenderPool(options: RenderPoolOptions = {}): Promise<RenderPool> {
  const pool = new Pool(options.timeoutMs ?? TIMEOUT_MS);
  const count = options.processes ?? Math.min(4, Math.max(2, availableParallelism() - 1));
  try {
    await Promise.all(Array.from({ length: count }, () => pool.addChild()));
    return pool;
  } catch (error) {
    await pool.close();
    throw error;
  }
}

class Pool implements RenderPool {
  readonly #timeoutMs: number;
  readonly #children = new Set<RenderChild>();
  readonly #idle: RenderChild[] = [];
  readonly #queue: Job[] = [];
  #closed = false;
  #lastId = 0;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  async render(snapshot: ContractSnapshot): Promise<DrawnDocument> {
    const { pdf, pages, seal } = await this.#draw({ kind: "contract", snapshot });
    if (seal === null) throw new Error(`contract ${snapshot.number} was drawn without a place for its seal`);
    return { pdf, pages, seal };
  }

  async preview(snapshot: ContractSnapshot): Promise<Uint8Array> {
    return (await this.#draw({ kind: "preview", snapshot })).pdf;
  }

  async checklist(checklist: BusinessChecklist): Promise<Uint8Array> {
    return (await this.#draw({ kind: "checklist", checklist })).pdf;
  }

  pids(): readonly number[] {
    return [...this.#children].map((child) => child.pid);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#failQueue(new Error("the render pool is closed"));
    const children = [...this.#children];
    for (const child of children) child.kill();
    await Promise.all(children.map((child) => child.gone));
  }

  /** Resolves when the new process is warm and takes documents; a process that dies later replaces itself. */
  async addChild(): Promise<void> {
    const child = new RenderChild(START_TIMEOUT_MS);
    this.#children.add(child);
    void child.gone.then(() => this.#forget(child));
    await child.ready;
    this.#idle.push(child);
    void child.gone.then(() => this.#replace());
    this.#dispatch();
  }

  #draw(task: RenderTask): Promise<DrawnPages> {
    if (this.#closed) return Promise.reject(new Error("the render pool is closed"));
    return new Promise((resolve, reject) => {
      this.#queue.push({ task, resolve, reject });
      this.#dispatch();
    });
  }

  #dispatch(): void {
    const child = this.#queue.length > 0 ? this.#idle.pop() : undefined;
    const job = child && this.#queue.shift();
    if (!child || !job) return;
    this.#lastId += 1;
    const request = { id: this.#lastId, task: job.task };
    child
      .render(request, this.#timeoutMs)
      .then(job.resolve, job.reject)
      .finally(() => this.#release(child));
    this.#dispatch();
  }

  #release(child: RenderChild): void {
    if (!child.usable) return;
    this.#idle.push(child);
    this.#dispatch();
  }

  #forget(child: RenderChild): void {
    this.#children.delete(child);
    const at = this.#idle.indexOf(child);
    if (at >= 0) this.#idle.splice(at, 1);
  }

  /** A process that worked is replaced at once; one that cannot even start is tried again after a pause. */
  #replace(): void {
    if (this.#closed) return;
    this.addChild().catch((error: Error) => {
      if (this.#children.size === 0) this.#failQueue(error);
      setTimeout(() => this.#replace(), RESTART_DELAY_MS).unref();
    });
  }

  #failQueue(error: Error): void {
    for (const job of this.#queue.splice(0)) job.reject(error);
  }
}
