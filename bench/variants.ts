import { createHash } from "node:crypto";
import { claimTime } from "../src/application/claim-time.ts";
import type { IssuingContract, RenderedDocument } from "../src/application/ports.ts";
import { countPages } from "../src/document/pages/page-image.ts";
import { openRenderPool, type RenderPool } from "../src/document/render-pool.ts";
import type { RenderTask } from "../src/document/rendered-document.ts";
import { openSampleSealer, type SampleSealer } from "../src/document/sample-sealer.ts";
import type { TestKeyType } from "../src/document/seal/test-authority.ts";
import { canonicalJson } from "../src/domain/canonical-json.ts";
import type { ContractSnapshot } from "../src/domain/contract-snapshot.ts";
import type { AccountId, ContractId, ContractNumber, OrderId, SellerId, Sha256 } from "../src/domain/identifiers.ts";
import { instantOf } from "../src/domain/time.ts";
import { sealChecker } from "../src/seal-checking.ts";
import { strangersEye } from "../src/strangers-eye.ts";
import { LONG_ORDER, type VariantDocument, variantDocuments } from "../tests/documents/variants.ts";
import { median, timeEach } from "./measure.ts";
import { type Finding, judged } from "./report.ts";

/** What the table shows; the other reference documents differ from these by their texts alone. */
const SHOWN = new Set([
  ...["order", "order-unpaid", "pay-as-you-go", "bill", "marketplace", "domain", "domain-unpaid-registration"],
  ...[LONG_ORDER, "checklist-order", "preview-order-unpaid"],
]);
const KEYS: readonly (readonly [TestKeyType, string])[] = [
  ["p256", "P-256"],
  ["rsa2048", "RSA-2048"],
  ["rsa3072", "RSA-3072"],
];
const COLUMNS = ["document", "language", "pages", "kB", "render", ...KEYS.map(([, name]) => `seal ${name}`), "inspect"];
const WARM_UP = 3;
/** Sealing takes less than a millisecond once V8 has compiled it, and twice that before. */
const SEAL_WARM_UP = 40;
const MOST_MS_OF_SEAL = 1;
const MOST_MS_OF_LONG_ORDER = 400;

interface Measured {
  readonly document: VariantDocument;
  readonly pages: number;
  readonly bytes: number;
  readonly renderMs: number;
  /** By key, in the order of KEYS; empty for what is never sealed. */
  readonly sealMs: readonly number[];
  readonly inspectMs: number | null;
}

/** Every kind of document in every language: how large it is, and how long drawing, sealing and inspecting it take. */
export async function measureVariants(count: number): Promise<Finding> {
  const now = new Date();
  const sealers = KEYS.map(([keyType]) => openSampleSealer({ keyType, now }));
  const pool = await openRenderPool({ processes: 1 });
  try {
    const measured: Measured[] = [];
    for (const document of variantDocuments().filter(({ kind }) => SHOWN.has(kind))) {
      measured.push(await measureDocument(document, pool, sealers, count));
    }
    return describe(measured, count);
  } finally {
    await pool.close();
  }
}

async function measureDocument(
  document: VariantDocument,
  pool: RenderPool,
  sealers: readonly SampleSealer[],
  count: number,
): Promise<Measured> {
  const { task } = document;
  const draw = () => drawWith(pool, task);
  await timeEach(WARM_UP, draw);
  const drawn = await draw();
  const renderMs = median(await timeEach(count, draw));
  const figures = { document, pages: await countPages(drawn.pdf), bytes: drawn.pdf.length, renderMs };
  if (task.kind !== "contract" || !drawn.seal) return { ...figures, sealMs: [], inspectMs: null };
  const rendered = { pdf: drawn.pdf, seal: drawn.seal };
  const sealMs: number[] = [];
  for (const sealer of sealers) sealMs.push(await measureSeal(sealer, rendered, task.snapshot, count));
  const [sealer] = sealers;
  if (!sealer) throw new Error("nobody seals");
  const inspected = await measureInspection(sealer, rendered, task.snapshot, count);
  return { ...figures, sealMs, ...inspected };
}

interface Drawn {
  readonly pdf: Uint8Array;
  readonly seal?: RenderedDocument["seal"];
}

async function drawWith(pool: RenderPool, task: RenderTask): Promise<Drawn> {
  if (task.kind === "contract") return pool.render(task.snapshot);
  return { pdf: task.kind === "preview" ? await pool.preview(task.snapshot) : await pool.checklist(task.checklist) };
}

async function measureSeal(
  sealer: SampleSealer,
  rendered: RenderedDocument,
  snapshot: ContractSnapshot,
  count: number,
): Promise<number> {
  const seal = () => sealer.seal(rendered, snapshot, instantOf(Date.now()));
  await timeEach(SEAL_WARM_UP, seal);
  return median(await timeEach(count, seal));
}

/** As every contract is looked at before it is let out; `bytes` with the seal on. */
async function measureInspection(
  sealer: SampleSealer,
  rendered: RenderedDocument,
  snapshot: ContractSnapshot,
  count: number,
) {
  const sealed = await sealer.seal(rendered, snapshot, instantOf(Date.now()));
  const inspector = strangersEye(sealChecker(() => [sealer.root]));
  const issuing = issuingOf(snapshot);
  const inspect = async (): Promise<void> => {
    const fault = await inspector.findFault(sealed, issuing, instantOf(Date.now()));
    if (fault !== null) throw new Error(`${snapshot.number}: ${fault}`);
  };
  await timeEach(SEAL_WARM_UP, inspect);
  return { inspectMs: median(await timeEach(count, inspect)), bytes: sealed.length };
}

/** As the books would have it while the contract is being sealed. */
function issuingOf(snapshot: ContractSnapshot): IssuingContract {
  const requestedAt = instantOf(Date.parse(snapshot.requestedAt));
  const snapshotJson = canonicalJson(snapshot);
  return {
    contract: {
      state: "issuing",
      id: "00000000-0000-7000-8000-000000000000" as ContractId,
      account: snapshot.buyerAccount as AccountId,
      subject: { kind: "order", order: "1" as OrderId },
      seller: "bench" as SellerId,
      number: snapshot.number as ContractNumber,
      requestedAt,
      policyVersion: snapshot.policyVersion,
      holdUntil: null,
      snapshot: createHash("sha256").update(snapshotJson).digest("hex") as Sha256,
      replaces: null,
      waitingFor: null,
    },
    snapshot,
    snapshotJson,
    claim: 0,
    claimedAt: claimTime(),
  };
}

function describe(measured: readonly Measured[], count: number): Finding {
  const sealed = measured.filter(({ sealMs }) => sealMs.length > 0);
  const ordinary = sealed.filter(({ document }) => document.kind !== LONG_ORDER);
  const long = sealed.filter(({ document }) => document.kind === LONG_ORDER);
  return {
    name: "variants",
    title: "Every kind of document in every language",
    figures: [
      judged(
        "seal, P-256: median of the slowest ordinary document",
        most(ordinary, sealOf),
        "ms",
        "≤",
        MOST_MS_OF_SEAL,
        2,
      ),
      judged(
        "an order of 400 lines: render, seal and inspect, slowest language",
        most(long, (one) => one.renderMs + sealOf(one) + (one.inspectMs ?? 0)),
        "ms",
        "≤",
        MOST_MS_OF_LONG_ORDER,
        0,
      ),
    ],
    notes: [
      `Medians in ms of ${count} runs each after ${WARM_UP} (seal and inspect: ${SEAL_WARM_UP}) to warm up, one at a time; kB with the P-256 seal on. No timestamps: these are another machine's time.`,
    ],
    table: { columns: COLUMNS, rows: measured.map(rowOf) },
  };
}

function sealOf({ sealMs }: Measured): number {
  return sealMs[0] ?? 0;
}

function most(measured: readonly Measured[], figure: (one: Measured) => number): number {
  if (measured.length === 0) throw new Error("nothing was measured");
  return Math.max(...measured.map(figure));
}

function rowOf({ document, pages, bytes, renderMs, sealMs, inspectMs }: Measured): readonly string[] {
  return [
    document.kind,
    document.language,
    String(pages),
    (bytes / 1000).toFixed(0),
    renderMs.toFixed(1),
    ...KEYS.map((_, index) => sealMs[index]?.toFixed(2) ?? ""),
    inspectMs?.toFixed(2) ?? "",
  ];
}
