import { fileURLToPath, pathToFileURL } from "node:url";
import { openRenderPool } from "../src/document/render-pool.ts";
import { openSampleSealer } from "../src/document/sample-sealer.ts";
import { instantOf } from "../src/domain/time.ts";
import type { CheckingProcess } from "../src/verify/checking-process.ts";
import { verifyDocument } from "../src/verify/verify-document.ts";
import { median, timeAtOnce } from "./measure.ts";
import { cpuOf, processTree } from "./processes.ts";
import { type Finding, figure, judged } from "./report.ts";
import { sampleSnapshot } from "./sample-orders.ts";

const WARM_UP = 300;
const MUST = 300;
/** How many wait at a time: the child shall never wait for the service. */
const AT_ONCE = 4;

/**
 * Verifications of a contract of ours in a second: through the process that reads what strangers send, as the service
 * uses it, and in this process, as whoever builds on the verifier does.
 */
export async function measureVerify(runs: number, perRun: number): Promise<Finding> {
  const { pdf, options } = await sealedContract();
  const { openCheckingProcess } = await builtVerifier();
  const one = openCheckingProcess();
  try {
    const through = await speedOf(one, runs, perRun, pdf, options);
    const cpuMs = await cpuOfOne(one, perRun, pdf, options);
    const here = speedHere(runs, perRun, pdf, options);
    return {
      name: "verify",
      title: "Verify a contract of ours (two lines, two pages)",
      figures: [
        judged("through the checking process, as the service does", through, "verifications/s", "≥", MUST, 0),
        figure("  CPU of the child", cpuMs, "ms/verification", 2),
        figure("in this process", here, "verifications/s", 0),
      ],
      notes: [
        `Medians of ${runs} runs of ${perRun} verifications of a file of ${(pdf.length / 1000).toFixed(0)} kB, sealed with P-256; one child checks one file at a time and the service has one.`,
        "The certificates that one contract after another carries are read once; each file's own digest and signature are checked each time.",
      ],
    };
  } finally {
    await one.close();
  }
}

type Options = Parameters<typeof verifyDocument>[1];

async function sealedContract(): Promise<{ pdf: Uint8Array; options: Options }> {
  const pool = await openRenderPool({ processes: 1 });
  try {
    const now = new Date();
    const snapshot = sampleSnapshot();
    const sealer = openSampleSealer({ keyType: "p256", now });
    const pdf = await sealer.seal(await pool.render(snapshot), snapshot, instantOf(now.getTime()));
    return { pdf, options: { roots: [sealer.root], at: now } };
  } finally {
    await pool.close();
  }
}

/** As it is shipped: from source, a child compiles what it loads. */
async function builtVerifier(): Promise<typeof import("../src/verify/checking-process.ts")> {
  return import(pathToFileURL(fileURLToPath(new URL("../dist/verify/checking-process.js", import.meta.url))).href);
}

async function speedOf(
  checking: CheckingProcess,
  runs: number,
  perRun: number,
  pdf: Uint8Array,
  options: Options,
): Promise<number> {
  const files = Array.from({ length: perRun }, () => pdf);
  const check = async (file: Uint8Array): Promise<void> => {
    const verdict = await checking.check(file, options);
    if (verdict === "too_busy" || verdict.verdict !== "passed")
      throw new Error(`our own contract did not pass: ${JSON.stringify(verdict)}`);
  };
  await timeAtOnce(files.slice(0, WARM_UP), AT_ONCE, check);
  const speeds: number[] = [];
  for (let run = 0; run < runs; run += 1) speeds.push((1000 * perRun) / (await timeAtOnce(files, AT_ONCE, check)));
  return median(speeds);
}

async function cpuOfOne(checking: CheckingProcess, count: number, pdf: Uint8Array, options: Options): Promise<number> {
  const cpu = (): number => cpuOf(processTree(checking.pid() ?? 0).slice(0, 1));
  const before = cpu();
  for (let run = 0; run < count; run += 1) await checking.check(pdf, options);
  return (cpu() - before) / count;
}

function speedHere(runs: number, perRun: number, pdf: Uint8Array, options: Options): number {
  const once = (): void => {
    const { verdict, reason } = verifyDocument(pdf, options);
    if (verdict !== "passed") throw new Error(`our own contract did not pass: ${reason}`);
  };
  for (let run = 0; run < WARM_UP; run += 1) once();
  const speeds = Array.from({ length: runs }, () => {
    const start = performance.now();
    for (let run = 0; run < perRun; run += 1) once();
    return (1000 * perRun) / (performance.now() - start);
  });
  return median(speeds);
}
