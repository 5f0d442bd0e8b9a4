import { createHash } from "node:crypto";
import { countPages, drawPages } from "../../src/document/pages/page-image.ts";
import type { DrawnPages, RenderTask } from "../../src/document/rendered-document.ts";
import { openSampleSealer } from "../../src/document/sample-sealer.ts";
import { instantOf } from "../../src/domain/time.ts";
import { REFERENCE_PIXELS_PER_INCH, type ReferenceImage, referenceOf } from "./reference-image.ts";
import type { VariantDocument } from "./variants.ts";

type Unsealed = Pick<DrawnPages, "pdf" | "seal">;

/** Draws unsealed documents, here or in another process. */
export type Draw = (task: RenderTask) => Unsealed | Promise<Unsealed>;

const SEALED_AT = new Date("2026-11-23T02:02:17Z");
const sample = openSampleSealer({ keyType: "p256", now: SEALED_AT });

/** As its reader gets it: a contract with its seal on, everything else as it is drawn. */
export async function finishedPdf(drawn: Unsealed, task: RenderTask): Promise<Uint8Array> {
  const { pdf, seal } = drawn;
  if (task.kind !== "contract" || seal === null) return pdf;
  return sample.seal({ pdf, seal }, task.snapshot, instantOf(SEALED_AT.getTime()));
}

export interface DrawnVariant {
  /** SHA-256 of the unsealed bytes, hexadecimal. */
  readonly unsealed: string;
  /** By file name: "order.both.1.png". */
  readonly images: ReadonlyMap<string, ReferenceImage>;
}

export async function drawVariant({ name, task, pages: wanted }: VariantDocument, draw: Draw): Promise<DrawnVariant> {
  const drawn = await draw(task);
  const pages = wanted?.(await countPages(drawn.pdf));
  const images = await drawPages(await finishedPdf(drawn, task), {
    pixelsPerInch: REFERENCE_PIXELS_PER_INCH,
    colour: false,
    ...(pages ? { pages } : {}),
  });
  return {
    unsealed: sha256(drawn.pdf),
    images: new Map([...images].map(([page, image]) => [`${name}.${page}.png`, referenceOf(image)])),
  };
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
