import { NodeCompiler, type NodeTypstDocument } from "@myriaddreamin/typst-ts-node-compiler";
import type { SealPlacement } from "../application/ports.ts";
import { type Sheet, sheetOf, TEMPLATES } from "./document-sheet.ts";
import { fontPaths, sealFontPaths } from "./fonts.ts";
import type { DrawnPages, RenderTask } from "./rendered-document.ts";
import { openSealArtist } from "./seal-artist.ts";

const A4_HEIGHT_PT = 841.8898;

/**
 * Typst writes one standard at a time. Contracts are drawn as PDF/A-3a, and the sealing update adds what PDF/UA-1 wants;
 * drawn as "ua-1", Typst itself judges headings, titles and descriptions (ISO 14289-1).
 */
type PdfStandard = "a-3a" | "ua-1";

export interface DocumentRenderer {
  /** Blocks until the document is drawn; throws an Error with Typst's own words where it cannot be. */
  draw(task: RenderTask): DrawnPages;
}

interface RendererOptions {
  /** Gets what Typst says of a template that it draws all the same: an unknown font, a layout that does not settle. */
  readonly onWarning?: (sentence: string) => void;
  /** "a-3a" where it is left out. */
  readonly standard?: PdfStandard;
}

/**
 * Loads the fonts once and draws documents as PDF/A-3a, a contract with the snapshot's canonical JSON attached.
 * Same task, same bytes: the only date in the document is that of the snapshot or checklist.
 */
export function openDocumentRenderer(options: RendererOptions = {}): DocumentRenderer {
  // Families of the system are known to the compiler too, but among equal faces the first one wins, and ours come first.
  const compiler = NodeCompiler.create({ workspace: TEMPLATES, fontArgs: [{ fontPaths: [...fontPaths()] }] });
  const artist = openSealArtist(sealFontPaths());
  return {
    draw(task) {
      try {
        return draw(compiler, sheetOf(task, artist), task, options);
      } catch (error) {
        throw new Error(`${nameOf(task)} cannot be drawn: ${reasonOf(error)}`, { cause: error });
      } finally {
        // Without this, and a turn of the event loop after it, each document keeps 1.6 to 4.5 MB.
        compiler.evictCache(0);
      }
    },
  };
}

function draw(compiler: NodeCompiler, sheet: Sheet, task: RenderTask, options: RendererOptions): DrawnPages {
  const { onWarning = () => undefined, standard = "a-3a" } = options;
  const document = compile(compiler, sheet, onWarning);
  const pdf = compiler.pdf(document, { pdfStandard: standard });
  const seal = task.kind === "contract" ? sealPlace(compiler, document) : null;
  return { pdf, pages: document.numOfPages, seal };
}

function compile(
  compiler: NodeCompiler,
  { template, inputs }: Sheet,
  onWarning: (sentence: string) => void,
): NodeTypstDocument {
  const compiled = compiler.compile({ mainFilePath: template, inputs });
  const document = compiled.result;
  if (document !== null && !compiled.hasError()) {
    for (const { message } of warningsOf(compiled.takeWarnings()?.shortDiagnostics)) onWarning(message);
    return document;
  }
  throw new Error(JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? "no diagnostics"));
}

function warningsOf(diagnostics: unknown): readonly { readonly message: string }[] {
  return Array.isArray(diagnostics) ? diagnostics.filter((one) => typeof one?.message === "string") : [];
}

function nameOf(task: RenderTask): string {
  if (task.kind === "checklist") return `the checklist of order ${task.checklist.order.id}`;
  if (task.kind === "contract") return `contract ${task.snapshot.number}`;
  const { order, bill, buyerAccount } = task.snapshot;
  return `the preview of ${order === null ? `bill ${bill?.cycle} of account ${buyerAccount}` : `order ${order.id}`}`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Typst counts from the top left, PDF from the bottom left. */
function sealPlace(compiler: NodeCompiler, document: NodeTypstDocument): SealPlacement {
  const [place] = placesOf(compiler, document, "<seal>");
  if (place === undefined) throw new Error("the template names no place for the seal");
  const pictures = placesOf(compiler, document, "<picture>").map(rectangleOf);
  return { page: place.page, rect: rectangleOf(place), pictures };
}

function placesOf(compiler: NodeCompiler, document: NodeTypstDocument, selector: string): readonly Place[] {
  const found: unknown = compiler.query(document, { selector, field: "value" });
  if (Array.isArray(found) && found.every(isPlace)) return found;
  throw new Error(`the template marks no places as ${selector}: ${JSON.stringify(found)}`);
}

function rectangleOf({ x, y, size }: Place): SealPlacement["rect"] {
  const top = A4_HEIGHT_PT - y;
  return [x, top - size, x + size, top];
}

interface Place {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

function isPlace(value: unknown): value is Place {
  if (typeof value !== "object" || value === null) return false;
  return ["page", "x", "y", "size"].every((key) => typeof (value as Record<string, unknown>)[key] === "number");
}
