import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildProduct } from "../../bench/built-product.ts";
import { type AttackedContracts, makeAttackedContracts } from "../../src/verify/attacks/attacked-contracts.fixture.ts";
import type { CheckingProcess } from "../../src/verify/checking-process.ts";
import { seededRandom } from "../torture/crash/seeded-random.ts";
import { BOMBS } from "./bombs.ts";
import { fuzzedFile } from "./fuzzed-file.ts";
import type { Part, PartConditions, PartResult } from "./part.ts";
import { randomRevision } from "./random-revision.ts";

const FILES = 10_000;
/** The others are contracts after changes of chance. */
const SHARE_OF_BOMBS = 1 / 20;
const LONGEST_ANSWER_MS = 3000;
export const MOST_MEMORY_MB = 256;
const SAMPLE_EVERY_MS = 5;
const AT = new Date("2026-03-03T00:00:00Z");

export const HOSTILE: Part = {
  name: "hostile",
  promise: `each of ${FILES} hostile files has its answer within 3 s, and the child that checks stays under ${MOST_MEMORY_MB} MB`,
  async run(conditions) {
    await buildProduct();
    // As it is shipped: from source the child would carry a compiler with it.
    const built = pathToFileURL(fileURLToPath(new URL("../../dist/verify/checking-process.js", import.meta.url)));
    const { openCheckingProcess } = (await import(built.href)) as typeof import("../../src/verify/checking-process.ts");
    return checkHostileFiles(openCheckingProcess(), conditions, Object.keys(BOMBS));
  },
};

/** Sends one after another through this process and watches it; ends it. */
export async function checkHostileFiles(
  checking: CheckingProcess,
  { scale, seed }: Pick<PartConditions, "scale" | "seed">,
  bombs: readonly string[],
  longestMs = LONGEST_ANSWER_MS,
): Promise<PartResult> {
  const contracts = await makeAttackedContracts();
  const roots = Object.values(contracts).flatMap((contract) => [...contract.roots]);
  const memory = watchMemory(() => checking.pid());
  const times: number[] = [];
  const reasons: Record<string, number> = {};
  const failures: string[] = [];
  let slowest = { ms: 0, name: "" };
  const count = Math.ceil(FILES * scale);
  try {
    for (let number = 0; number < count; number += 1) {
      const { name, pdf } = hostileFile(contracts, seed, number, bombs);
      memory.begin(name);
      const started = performance.now();
      const verdict = await checking.check(pdf, { roots, at: AT });
      const ms = performance.now() - started;
      memory.look();
      times.push(ms);
      if (ms > slowest.ms) slowest = { ms, name };
      if (verdict === "too_busy") throw new Error("one at a time is never too many");
      reasons[verdict.reason] = (reasons[verdict.reason] ?? 0) + 1;
      const isGenuine = Object.values(contracts).some((contract) => contract.pdf.equals(pdf));
      if (verdict.reason === "verifier_fault" || (verdict.verdict === "passed" && !isGenuine))
        failures.push(`${name} (seed ${seed}): ${verdict.reason}`);
      if (ms > longestMs) failures.push(`${name} (seed ${seed}) took ${ms.toFixed(0)} ms`);
    }
  } finally {
    memory.end();
    await checking.close();
  }
  const { peakMb, peakName } = memory;
  if (peakMb > MOST_MEMORY_MB) failures.push(`${peakName} took the child to ${peakMb.toFixed(0)} MB`);
  times.sort((left, right) => left - right);
  return {
    figures: {
      "files judged": count,
      "of them bombs": Math.floor(count * SHARE_OF_BOMBS),
      "longest answer": `${slowest.ms.toFixed(0)} ms (${slowest.name})`,
      "median answer": `${(times[times.length >> 1] ?? 0).toFixed(1)} ms`,
      "most memory of the child": `${peakMb.toFixed(0)} MB (${peakName})`,
      "first findings": Object.entries(reasons)
        .toSorted(([, left], [, right]) => right - left)
        .map(([reason, times]) => `${reason} ${times}`)
        .join(", "),
    },
    failures,
  };
}

function hostileFile(contracts: AttackedContracts, seed: number, number: number, bombs: readonly string[]) {
  const turn = 1 / SHARE_OF_BOMBS;
  if (number % turn === turn - 1) {
    const name = bombs[Math.floor(number / turn) % bombs.length] ?? "";
    return { name, pdf: BOMBS[name]?.(contracts) ?? Buffer.alloc(0) };
  }
  const random = seededRandom(seed * 1_000_003 + number);
  const pdf = random() < 0.8 ? fuzzedFile(contracts, random) : randomRevision(contracts.stamped.pdf, random);
  return { name: `file ${number}`, pdf };
}

/** The peak that the system has seen (VmHWM), of each child there was. */
function watchMemory(pid: () => number | null) {
  let name = "";
  const watch = {
    peakMb: 0,
    peakName: "",
    begin(next: string) {
      watch.look();
      name = next;
    },
    look() {
      const mb = peakOf(pid());
      if (mb > watch.peakMb) Object.assign(watch, { peakMb: mb, peakName: name });
    },
    end: () => clearInterval(timer),
  };
  const timer = setInterval(watch.look, SAMPLE_EVERY_MS);
  return watch;
}

export function peakOf(pid: number | null): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
