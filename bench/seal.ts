import type { RenderedDocument } from "../src/application/ports.ts";
import { openRenderPool } from "../src/document/render-pool.ts";
import { openSampleSealer } from "../src/document/sample-sealer.ts";
import type { TestKeyType } from "../src/document/seal/test-authority.ts";
import type { ContractSnapshot } from "../src/domain/contract-snapshot.ts";
import { instantOf } from "../src/domain/time.ts";
import { verifyDocument } from "../src/verify/verify-document.ts";
import { spreadOf, timeEach } from "./measure.ts";
import { type Figure, type Finding, figure } from "./report.ts";
import { sampleSnapshot } from "./sample-orders.ts";

const KEYS: readonly (readonly [TestKeyType, string])[] = [
  ["p256", "P-256"],
  ["rsa2048", "RSA-2048"],
  ["rsa3072", "RSA-3072"],
];
const WARM_UP = 100;

/** Sealing a drawn contract (visible seal, PAdES B-B, certified), and verifying the sealed one as a stranger would. */
export async function measureSeal(count: number): Promise<Finding> {
  const snapshot = sampleSnapshot();
  const rendered = await drawOnce(snapshot);
  const figures: Figure[] = [];
  for (const [keyType, name] of KEYS) figures.push(...(await measureKey(keyType, name, snapshot, rendered, count)));
  return {
    name: "seal",
    title: "Seal and verify one contract (two lines, two pages)",
    figures,
    notes: [
      `${count} runs each, one at a time; a file of ${(rendered.pdf.length / 1000).toFixed(0)} kB before the seal. Without a timestamp, which is another machine's time.`,
    ],
  };
}

async function drawOnce(snapshot: ContractSnapshot): Promise<RenderedDocument> {
  const pool = await openRenderPool({ processes: 1 });
  try {
    return await pool.render(snapshot);
  } finally {
    await pool.close();
  }
}

async function measureKey(
  keyType: TestKeyType,
  name: string,
  snapshot: ContractSnapshot,
  rendered: RenderedDocument,
  count: number,
): Promise<readonly Figure[]> {
  const now = new Date();
  const sample = openSampleSealer({ keyType, now });
  const { root } = sample;
  const seal = (): Promise<Uint8Array> => sample.seal(rendered, snapshot, instantOf(now.getTime()));
  const sealed = await seal();
  const options = { roots: [root], at: now };
  const verify = async (): Promise<void> => {
    const { verdict, reason } = verifyDocument(sealed, options);
    if (verdict !== "passed") throw new Error(`our own contract did not pass: ${reason}`);
  };
  await timeEach(WARM_UP, seal);
  const sealing = spreadOf(await timeEach(count, seal));
  await timeEach(WARM_UP, verify);
  const verifying = spreadOf(await timeEach(count, verify));
  return [
    figure(`${name}: seal, median`, sealing.median, "ms", 2),
    figure(`${name}: seal, p95`, sealing.p95, "ms", 2),
    figure(`${name}: verify, median`, verifying.median, "ms", 2),
    figure(`${name}: verify`, 1000 / verifying.median, "verifications/s", 0),
  ];
}
