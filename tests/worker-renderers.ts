import { openRenderPool, type RenderPool } from "../src/document/render-pool.ts";

let pool: Promise<RenderPool> | null = null;

/**
 * One process that draws for all test files of a worker: to start one takes two seconds of a processor, and what it draws
 * depends on nothing but the snapshot. It ends with the worker.
 */
export async function workerRenderers(): Promise<RenderPool> {
  pool ??= openRenderPool({ processes: 1 });
  const opened = await pool;
  return {
    render: (snapshot) => opened.render(snapshot),
    preview: (snapshot) => opened.preview(snapshot),
    checklist: (checklist) => opened.checklist(checklist),
    pids: () => opened.pids(),
    close: async () => {},
  };
}
