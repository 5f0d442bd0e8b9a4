import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Renderer } from "../src/application/ports.ts";
import { launchWarmBrowser } from "./browser.ts";
import { chromiumRenderers } from "./chromium-renderers.ts";
import type { Client } from "./http-client.ts";
import { median, timeEach } from "./measure.ts";
import type { OwnPipeline } from "./own-pipeline.ts";
import { cpuOf, processTree } from "./processes.ts";
import { type Figure, type Finding, figure, judged } from "./report.ts";
import { sampleOrder, sampleSnapshot } from "./sample-orders.ts";
import { outDirectory, type Scratch } from "./scratch.ts";

const TARGET_TIMES = 5;
const ROUNDS = 3;
const WARM_UP = 3;
const WAYS = ["ours", "fresh", "installed", "reused"] as const;
type Way = (typeof WAYS)[number];

const TITLES: Record<Way, string> = {
  ours: "Orderseal",
  fresh: "Chromium, fresh page, fonts by @font-face (the usual way)",
  installed: "Chromium, fresh page, fonts installed in the system",
  reused: "Chromium, one page reused, fonts loaded before",
};

interface Series {
  readonly times: number[];
  cpuMs: number;
}

/**
 * The same contract by our renderer and by a warm headless Chromium, in turns: as a document alone, and end to end over
 * HTTP through the same pipeline (database, seal, check, fsync) with nothing but the renderer exchanged.
 */
export async function measureChromium(scratch: Scratch, pipeline: OwnPipeline, perRound: number): Promise<Finding> {
  const browser = await launchWarmBrowser();
  scratch.atEnd(() => browser.browser.close());
  const renderers = { ours: pipeline.ports.renderer, ...(await chromiumRenderers(browser, scratch.directory)) };
  const documents = await inTurns((way) => drawing(renderers[way]), perRound);
  const version = browser.browser.version();
  const contracts = await inTurns(await requesting(pipeline, renderers, perRound), perRound);
  return {
    name: "chromium",
    title: "Side by side with headless Chromium (same contract, same fonts, same run)",
    figures: [...figuresOf("end to end over HTTP", contracts, true), ...figuresOf("document alone", documents, false)],
    notes: [
      `Chromium ${version}, one warm browser; ${ROUNDS} rounds of ${perRound} each, in turns; medians of wall time; CPU is that of all processes (service, client, PostgreSQL, renderers or browser).`,
      "End to end: POST to 201 through the same service in this process, only the renderer exchanged; both sides are sealed by our sealer and stored with fsync.",
      "In favour of Chromium: its document is no PDF/A and has no contract.json in it, so that its check after sealing looks at the seal only.",
      "`bench/out/chromium.pdf` and `bench/out/orderseal.pdf` are sealed contracts of this run, to look at.",
    ],
  };
}

function drawing(renderer: Renderer): (run: number) => Promise<unknown> {
  return (run) => {
    const { verificationUrl, ...snapshot } = sampleSnapshot();
    return renderer.render({ ...snapshot, verificationUrl: `${verificationUrl}${run}` });
  };
}

/** One HTTP server for each way, all on one database, and enough orders for each. */
async function requesting(
  pipeline: OwnPipeline,
  renderers: Record<Way, Renderer>,
  perRound: number,
): Promise<(way: Way) => (run: number) => Promise<unknown>> {
  const { ports } = pipeline;
  const { seals } = pipeline.services;
  const sealOnly = {
    async findFault(sealed: Uint8Array, _: unknown, at: Parameters<typeof seals.check>[1]) {
      const { verdict, reason } = seals.check(sealed, at);
      return verdict === "passed" ? null : reason;
    },
  };
  const clients = new Map<Way, Client>();
  for (const way of WAYS) {
    const renderer = renderers[way];
    const client = await pipeline.serve(way === "ours" ? ports : { ...ports, renderer, inspector: sealOnly });
    const runs = Array.from({ length: WARM_UP + ROUNDS * perRound }, (_, run) => sampleOrder(`bench-${way}-${run}`));
    await client.importOrders(runs);
    clients.set(way, client);
  }
  return (way) => async (run) => {
    const client = clients.get(way);
    const number = await client?.requestContract(`bench-${way}-${run}`);
    if (run === 0 && client && number) await keepToLookAt(way, await client.download(number));
  };
}

async function keepToLookAt(way: Way, pdf: Buffer): Promise<void> {
  const name = way === "ours" ? "orderseal.pdf" : way === "fresh" ? "chromium.pdf" : `chromium-${way}.pdf`;
  await writeFile(join(await outDirectory(), name), pdf);
}

/** Round after round, each way a block: what disturbs the machine meets all of them. The first runs only warm up. */
async function inTurns(
  workOf: (way: Way) => (run: number) => Promise<unknown>,
  perRound: number,
): Promise<ReadonlyMap<Way, Series>> {
  const all = new Map<Way, Series>(WAYS.map((way) => [way, { times: [], cpuMs: 0 }]));
  for (const way of WAYS) await timeEach(WARM_UP, workOf(way));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [way, series] of all) {
      const work = workOf(way);
      const before = cpuOf(processTree(process.pid));
      series.times.push(...(await timeEach(perRound, (run) => work(WARM_UP + round * perRound + run))));
      series.cpuMs += cpuOf(processTree(process.pid)) - before;
    }
  }
  return all;
}

function figuresOf(what: string, measured: ReadonlyMap<Way, Series>, isJudged: boolean): Figure[] {
  const at = (way: Way): { readonly wall: number; readonly cpu: number } => {
    const series = measured.get(way) ?? { times: [], cpuMs: 0 };
    return { wall: median(series.times), cpu: series.cpuMs / series.times.length };
  };
  const ours = at("ours");
  return WAYS.flatMap((way) => {
    const { wall, cpu } = at(way);
    const title = `${what}: ${TITLES[way]}`;
    const base = [figure(title, wall, "ms", 1), figure("  CPU", cpu, "ms")];
    if (way === "ours") return base;
    const ratio = "  wall time against ours";
    const times =
      isJudged && way === "fresh"
        ? judged(ratio, wall / ours.wall, "×", "≥", TARGET_TIMES)
        : figure(ratio, wall / ours.wall, "×");
    return [...base, times, figure("  CPU against ours", cpu / ours.cpu, "×")];
  });
}
