import { manyLines, snapshotFixture } from "../../src/document/contract-snapshot.fixture.ts";
import {
  type DocumentVariant,
  documentVariants,
  LANGUAGE_SUFFIX,
} from "../../src/document/document-variants.fixture.ts";
import type { RenderTask } from "../../src/document/rendered-document.ts";
import { CONTRACT_LANGUAGES, type ContractLanguage } from "../../src/domain/localized.ts";

/** One kind of document in one language that there are reference images of. */
export interface VariantDocument {
  /** File names begin with it: "order-unpaid.both". */
  readonly name: string;
  /** The name without the language: "order-unpaid". */
  readonly kind: string;
  readonly language: ContractLanguage;
  readonly task: RenderTask;
  /** Which of so many pages are kept as images; all where it is left out. */
  readonly pages?: (count: number) => readonly number[];
}

export const LONG_ORDER = "order-400-lines";

const firstMiddleLast = (count: number): readonly number[] => [1, Math.ceil(count / 2), count];

/** Every kind of document in every language, and an order of four hundred lines. */
export function variantDocuments(): readonly VariantDocument[] {
  return [
    ...documentVariants().map(variantDocumentOf),
    ...CONTRACT_LANGUAGES.map((language) => {
      const task = { kind: "contract", snapshot: snapshotFixture({ language, ...manyLines(400) }) } as const;
      const name = `${LONG_ORDER}.${LANGUAGE_SUFFIX[language]}`;
      return { ...variantDocumentOf({ name, ...task }), pages: firstMiddleLast };
    }),
  ];
}

function variantDocumentOf({ name, ...task }: DocumentVariant): VariantDocument {
  const { language } = task.kind === "checklist" ? task.checklist : task.snapshot;
  return { name, kind: name.slice(0, name.lastIndexOf(".")), language, task };
}

/** The one of this name; throws where there is none. */
export function variantDocument(name: string): VariantDocument {
  const found = variantDocuments().find((one) => one.name === name);
  if (!found) throw new Error(`there is no variant document ${name}`);
  return found;
}
