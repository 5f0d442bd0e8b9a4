import { openRenderPool } from "../src/document/render-pool.ts";
import { median, timeAtOnce, timeEach } from "./measure.ts";
import { type Figure, type Finding, figure } from "./report.ts";
import { sampleSnapshot } from "./sample-orders.ts";

const WARM_UP = 10;
const LINE_COUNTS = [2, 40] as const;
/** What the service starts on two cores, and half of it. */
const PROCESS_COUNTS = [1, 2] as const;

/** Unsealed documents by our renderer alone: how long one takes, and how many there are in a second. */
export async function measureRender(count: number): Promise<Finding> {
  const figures: Figure[] = [];
  for (const processes of PROCESS_COUNTS) {
    const pool = await openRenderPool({ processes });
    try {
      for (const lines of LINE_COUNTS) {
        const snapshot = sampleSnapshot(lines);
        const { pages } = await pool.render(snapshot);
        await timeEach(WARM_UP, () => pool.render(snapshot));
        const what = `${lines} lines, ${pages} pages, ${processes} ${processes === 1 ? "process" : "processes"}`;
        if (processes === 1) {
          const times = await timeEach(count, () => pool.render(snapshot));
          figures.push(figure(`${what}: median`, median(times), "ms"));
        }
        const waiting = Array.from({ length: count }, () => snapshot);
        const wallMs = await timeAtOnce(waiting, 2 * processes, (one) => pool.render(one));
        figures.push(figure(what, (count / wallMs) * 1000, "documents/s"));
      }
    } finally {
      await pool.close();
    }
  }
  return {
    name: "render",
    title: "Draw documents (Typst, PDF/A-3a, two languages, unsealed)",
    figures,
    notes: [
      `${count} documents for each figure, after ${WARM_UP} to warm up; the way to the renderer process and back is included.`,
    ],
  };
}
