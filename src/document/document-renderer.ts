import { fileURLToPath } from "node:url";
import { NodeCompiler, type NodeTypstDocument } from "@myriaddreamin/typst-ts-node-compiler";
import type { SealPlacement } from "../application/ports.ts";
import { canonicalJson } from "../domain/canonical-json.ts";
import type { ContractSnapshot } from "../domain/contract-snapshot.ts";
import { checklistViewOf } from "./checklist-view.ts";
import { contractViewOf } from "./contract-view.ts";
import { fontPaths } from "./fonts.ts";
import { qrCodeSvg } from "./qr-code.ts";
import type { DrawnPages, RenderTask } from "./rendered-document.ts";

const TEMPLATES = fileURLToPath(new URL("./templates/", import.meta.url));
const CONTRACT_TEMPLATES = {
  "order/1": "order.typ",
  "bill/1": "bill.typ",
} as const satisfies Record<ContractSnapshot["template"], string>;
const CHECKLIST_TEMPLATE = "checklist.typ";
const A4_HEIGHT_PT = 841.8898;

export interface DocumentRenderer {
  /** Blocks until the document is drawn; throws an Error with Typst's own words where it cannot be. */
  draw(task: RenderTask): DrawnPages;
}

/**
 * Loads the fonts once and draws documents as PDF/A-3a, a contract with the snapshot's canonical JSON attached.
 * Same task, same bytes: the only date in the document is that of the snapshot or checklist.
 */
export function openDocumentRenderer(): DocumentRenderer {
  // Families of the system are known to the compiler too, but among equal faces the first one wins, and ours come first.
  const compiler = NodeCompiler.create({ workspace: TEMPLATES, fontArgs: [{ fontPaths: [...fontPaths()] }] });
  return {
    draw(task) {
      try {
        return draw(compiler, task);
      } catch (error) {
        throw new Error(`${nameOf(task)} cannot be drawn: ${reasonOf(error)}`, { cause: error });
      } finally {
        // Without this, and a turn of the event loop after it, each document keeps 1.6 to 4.5 MB.
        compiler.evictCache(0);
      }
    },
  };
}

function draw(compiler: NodeCompiler, task: RenderTask): DrawnPages {
  const document = compile(compiler, task);
  const pdf = compiler.pdf(document, { pdfStandard: "a-3a" });
  const seal = task.kind === "contract" ? sealPlace(compiler, document) : null;
  return { pdf, pages: document.numOfPages, seal };
}

function compile(compiler: NodeCompiler, task: RenderTask): NodeTypstDocument {
  const { template, inputs } = sheetOf(task);
  const compiled = compiler.compile({ mainFilePath: TEMPLATES + template, inputs });
  const document = compiled.result;
  if (document !== null && !compiled.hasError()) return document;
  throw new Error(JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? "no diagnostics"));
}

interface Sheet {
  readonly template: string;
  readonly inputs: Record<string, string>;
}

/** Only a contract carries its data and its QR code: a preview has no number, and a checklist is none (R15, R21). */
function sheetOf(task: RenderTask): Sheet {
  if (task.kind === "checklist") {
    const { checklist } = task;
    const inputs = { view: JSON.stringify(checklistViewOf(checklist)), mark: checklist.demo ? "demo" : "none" };
    return { template: CHECKLIST_TEMPLATE, inputs };
  }
  const { snapshot } = task;
  const template = CONTRACT_TEMPLATES[snapshot.template];
  const view = JSON.stringify(contractViewOf(snapshot));
  if (task.kind === "preview") return { template, inputs: { view, mark: "preview" } };
  const inputs = {
    view,
    snapshot: canonicalJson(snapshot),
    qr: qrCodeSvg(snapshot.verificationUrl),
    mark: snapshot.demo ? "demo" : "none",
  };
  return { template, inputs };
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
  const found: unknown = compiler.query(document, { selector: "<seal>", field: "value" });
  const place = Array.isArray(found) ? (found as readonly unknown[])[0] : undefined;
  if (!isPlace(place)) throw new Error(`the template names no place for the seal: ${JSON.stringify(found)}`);
  const top = A4_HEIGHT_PT - place.y;
  return { page: place.page, rect: [place.x, top - place.size, place.x + place.size, top] };
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
