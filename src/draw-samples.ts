import { setImmediate } from "node:timers/promises";
import { faultOfDraft } from "./application/draft-fault.ts";
import type { DrawnSample } from "./cli/installation.ts";
import { openDocumentRenderer } from "./document/document-renderer.ts";
import { loadGlyphCoverage } from "./document/glyph-coverage.ts";
import type { DrawnPages, RenderTask } from "./document/rendered-document.ts";
import { openSampleSealer } from "./document/sample-sealer.ts";
import { WARM_UP_SNAPSHOT } from "./document/warm-up-snapshot.ts";
import type { ContractLanguage, Localized } from "./domain/localized.ts";
import { instantOf } from "./domain/time.ts";
import { type SampleDraft, sampleDrafts } from "./sample-orders.ts";

interface Sample {
  readonly name: string;
  readonly template: string;
  readonly language: ContractLanguage;
  readonly task: RenderTask;
}

/**
 * Draws the sample orders of these languages in every template that is wanted, and seals the contracts with a key that
 * nobody trusts, so that they look as their buyers will see them. One after the other, in this process.
 */
export async function* drawSamples(
  languages: readonly ContractLanguage[],
  isWanted: (template: string) => boolean,
): AsyncGenerator<DrawnSample> {
  const samples = languages.flatMap(samplesIn).filter(({ template }) => isWanted(template));
  if (samples.length === 0) return;
  const warnings: string[] = [];
  const renderer = openDocumentRenderer({ onWarning: (sentence) => warnings.push(sentence) });
  const glyphs = await loadGlyphCoverage();
  const { seal: sealSample } = openSampleSealer({ keyType: "p256", now: new Date() });
  const finish = async ({ pdf, seal }: DrawnPages, task: RenderTask): Promise<Uint8Array> => {
    if (task.kind !== "contract" || seal === null) return pdf;
    return sealSample({ pdf, seal }, task.snapshot, instantOf(Date.now()));
  };
  renderer.draw({ kind: "contract", snapshot: WARM_UP_SNAPSHOT });
  for (const { task, ...head } of samples) {
    // The renderer gives memory back at a turn of the event loop.
    await setImmediate();
    const missing = faultOfDraft(glyphs, task.kind === "checklist" ? task.checklist : task.snapshot);
    const start = performance.now();
    const drawn = missing ?? attempt(() => renderer.draw(task));
    const ms = performance.now() - start;
    const said = [...new Set(warnings.splice(0))];
    if ("pdf" in drawn) yield { ...head, kind: "drawn", ms, pdf: await finish(drawn, task), warnings: said };
    else yield { ...head, kind: "faulty", fault: drawn.message };
  }
}

/** A template that does not compile is what this is for, so that its error is a finding like any other. */
function attempt(draw: () => DrawnPages): DrawnPages | { readonly message: Localized } {
  try {
    return draw();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { message: { "zh-CN": error.message, en: error.message } };
  }
}

/** One preview of each template is enough: it is the contract with a watermark and without a number (R21). */
function samplesIn(language: ContractLanguage): readonly Sample[] {
  const previewed = new Set<string>();
  return sampleDrafts(language)
    .flatMap(samplesOf)
    .filter(({ task, template }) => task.kind !== "preview" || (!previewed.has(template) && previewed.add(template)));
}

function samplesOf(draft: SampleDraft, index: number): readonly Sample[] {
  if (draft.kind === "checklist") {
    const { name, checklist } = draft;
    return [
      {
        name: `checklist-${name}`,
        template: "checklist",
        language: checklist.language,
        task: { kind: "checklist", checklist },
      },
    ];
  }
  const { name, snapshot: preview } = draft;
  const number = `DEMO-202611-${String(index + 1).padStart(6, "0")}-K`;
  const snapshot = { ...preview, number, verificationUrl: `https://verify.seller.example/c/${number}` };
  const { template, language } = preview;
  return [
    { name, template, language, task: { kind: "contract", snapshot } },
    { name: `preview-${name}`, template, language, task: { kind: "preview", snapshot: preview } },
  ];
}
