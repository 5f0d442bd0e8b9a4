import { openRenderPool } from "../../src/document/render-pool.ts";
import type { Draw } from "./drawn-variant.ts";

export interface DrawingPool {
  readonly draw: Draw;
  close(): Promise<void>;
}

/** Draws as the service does, in processes of their own. */
export async function openDrawingPool(processes: number): Promise<DrawingPool> {
  const pool = await openRenderPool({ processes, timeoutMs: 60_000 });
  const draw: Draw = async (task) => {
    if (task.kind === "contract") return pool.render(task.snapshot);
    const pdf = task.kind === "preview" ? await pool.preview(task.snapshot) : await pool.checklist(task.checklist);
    return { pdf, seal: null };
  };
  return { draw, close: () => pool.close() };
}

/** Does the work for every item, `width` at a time, and answers in the order of the items. */
export async function inLanes<Item, Value>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Value>,
): Promise<readonly Value[]> {
  const waiting = [...items.entries()];
  const values = new Map<number, Value>();
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) values.set(next[0], await work(next[1]));
  };
  await Promise.all(Array.from({ length: width }, lane));
  return [...values].toSorted(([a], [b]) => a - b).map(([, value]) => value);
}
