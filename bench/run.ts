import { rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type BuiltProduct, buildProduct, startBuiltProduct } from "./built-product.ts";
import { measureChromium } from "./chromium.ts";
import { measureConsole } from "./console.ts";
import { measureDecisions } from "./decisions.ts";
import { measureIssue } from "./issue.ts";
import { measureLists } from "./lists.ts";
import { describeCommit, describeMachine } from "./machine.ts";
import { measureMemory } from "./memory.ts";
import { type OwnPipeline, openOwnPipeline } from "./own-pipeline.ts";
import { measureRender } from "./render.ts";
import { type Finding, markdownText, terminalText } from "./report.ts";
import { openScratch, type Scratch } from "./scratch.ts";
import { measureSeal } from "./seal.ts";
import { measureStages } from "./stages.ts";
import { measureVariants } from "./variants.ts";
import { measureVerify } from "./verify.ts";

const RESULTS = fileURLToPath(new URL("./RESULTS.md", import.meta.url));
const USAGE =
  "npm run bench -- [--only console,decisions,issue,lists,memory,render,seal,verify,variants,stages,chromium] [--quick] [--contracts N]";
/** Those of the memory measurement, by default; that no renderer leaks is asked for over so many. */
const CONTRACTS = 5000;
const QUICK_CONTRACTS = 400;
const LEAST_CONTRACTS = 50;

/** As a shell reports SIGINT. */
const INTERRUPTED = 130;
const LONGEST_OPENING_MS = 3000;

/** What the measurements share; each is opened by the first that needs it, and all end with the run. */
interface Bench {
  readonly scratch: Scratch;
  readonly quick: boolean;
  /** How many the memory is watched over. */
  readonly contracts: number;
  product(): Promise<BuiltProduct>;
  pipeline(): Promise<OwnPipeline>;
}

type Measurement = (bench: Bench) => Promise<Finding>;

/** In this order, so that nothing of one disturbs another: the own pipeline and the browser come after the product. */
const MEASUREMENTS: Readonly<Record<string, Measurement>> = {
  decisions: async ({ quick }) => measureDecisions(quick ? 5 : 11, quick ? 200_000 : 1_000_000),
  issue: async ({ product, quick }) =>
    measureIssue(await product(), quick ? { sequential: 50, atOnce: 40 } : { sequential: 200, atOnce: 120 }),
  lists: async ({ scratch, quick }) =>
    measureLists(
      await startBuiltProduct(scratch, "lists"),
      quick ? { orders: 100_000, runs: 5 } : { orders: 1_000_000, runs: 15 },
    ),
  memory: async ({ product, contracts }) =>
    measureMemory(await product(), { contracts, every: Math.max(10, 10 * Math.round(contracts / 100)) }),
  render: ({ quick }) => measureRender(quick ? 40 : 150),
  seal: ({ quick }) => measureSeal(quick ? 200 : 1000),
  verify: async ({ quick }) => {
    await buildProduct();
    return measureVerify(quick ? 5 : 11, quick ? 300 : 1000);
  },
  variants: ({ quick }) => measureVariants(quick ? 5 : 31),
  stages: async ({ pipeline, quick }) => measureStages(await pipeline(), quick ? 40 : 200),
  console: async ({ scratch, quick }) =>
    measureConsole(scratch, await startBuiltProduct(scratch, "console"), quick ? 3 : 11),
  chromium: async ({ scratch, pipeline, quick }) => measureChromium(scratch, await pipeline(), quick ? 4 : 10),
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      quick: { type: "boolean", default: false },
      contracts: { type: "string" },
    },
  });
  const contracts = Number(values.contracts ?? (values.quick ? QUICK_CONTRACTS : CONTRACTS));
  if (!Number.isSafeInteger(contracts) || contracts < LEAST_CONTRACTS) {
    throw new Error(`--contracts must be a whole number from ${LEAST_CONTRACTS}; ${USAGE}`);
  }
  const names = values.only === undefined ? Object.keys(MEASUREMENTS) : values.only.split(",");
  const unknown = names.find((name) => !Object.hasOwn(MEASUREMENTS, name));
  if (unknown !== undefined) throw new Error(`there is no measurement "${unknown}"; ${USAGE}`);
  const scratch = await openScratch();
  endWith(scratch);
  try {
    const machine = await describeMachine(scratch.directory);
    print(`Orderseal ${describeCommit()}\n${machine.join("\n")}\n`);
    const findings = await measureAll(names, openBench(scratch, values.quick, contracts));
    // A part of the figures, or quick ones, must not take the place of a whole run's.
    const whole = values.only === undefined && values.contracts === undefined && !values.quick;
    if (whole) await writeFile(RESULTS, resultsText(machine, findings));
    if (findings.some(({ figures }) => figures.some(({ met }) => met === false))) process.exitCode = 1;
  } finally {
    await scratch.clean();
  }
}

async function measureAll(names: readonly string[], bench: Bench): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [name, measure] of Object.entries(MEASUREMENTS)) {
    if (!names.includes(name)) continue;
    const finding = await measure(bench);
    print(terminalText(finding));
    findings.push(finding);
  }
  return findings;
}

function openBench(scratch: Scratch, quick: boolean, contracts: number): Bench {
  let product: Promise<BuiltProduct> | null = null;
  let pipeline: Promise<OwnPipeline> | null = null;
  return {
    scratch,
    quick,
    contracts,
    product() {
      product ??= startBuiltProduct(scratch, "product");
      return product;
    },
    pipeline() {
      pipeline ??= openOwnPipeline(scratch, "pipeline");
      return pipeline;
    },
  };
}

/** Ctrl-C and kill clean up, too: a database and a browser must not outlive the run. */
function endWith(scratch: Scratch): void {
  const end = async (): Promise<void> => {
    // What is under way fails when its service goes; that is no news.
    process.on("uncaughtException", () => undefined);
    await scratch.clean();
    // What was being opened when the end came is closed as soon as it is open.
    await sleep(LONGEST_OPENING_MS);
    await rm(scratch.directory, { recursive: true, force: true });
    process.exit(INTERRUPTED);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void end());
}

function resultsText(machine: readonly string[], findings: readonly Finding[]): string {
  return [
    "# Results of the last whole run",
    "",
    "Written by `npm run bench` (about seven minutes); a part of it with `npm run bench -- --only issue,chromium`.",
    "",
    `- Date: ${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`,
    `- Commit: ${describeCommit()}`,
    ...machine.map((line) => `- ${line}`),
    "",
    ...findings.map(markdownText),
  ].join("\n");
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

await main();
