import { fileURLToPath } from "node:url";
import { NodeCompiler, type NodeTypstDocument } from "@myriaddreamin/typst-ts-node-compiler";
import type { SealPlacement } from "../application/ports.ts";
import { canonicalJson } from "../domain/canonical-json.ts";
import type { ContractSnapshot } from "../domain/contract-snapshot.ts";
import { contractViewOf } from "./contract-view.ts";
import { fontPaths } from "./fonts.ts";
import { qrCodeSvg } from "./qr-code.ts";
import type { DrawnDocument, RenderPurpose } from "./rendered-document.ts";

const TEMPLATES = fileURLToPath(new URL("./templates/", import.meta.url));
const ORDER_TEMPLATE = fileURLToPath(new URL("./templates/order.typ", import.meta.url));
const A4_HEIGHT_PT = 841.8898;

export interface ContractRenderer {
  /** Blocks until the document is drawn; throws an Error with Typst's own words where it cannot be. */
  render(snapshot: ContractSnapshot, purpose: RenderPurpose): DrawnDocument;
}

/**
 * Loads the fonts once and draws contracts as PDF/A-3a with the snapshot's canonical JSON attached.
 * Same snapshot, same bytes: the only date in the document is the snapshot's own.
 */
export function openContractRenderer(): ContractRenderer {
  // Families of the system are known to the compiler too, but among equal faces the first one wins, and ours come first.
  const compiler = NodeCompiler.create({ workspace: TEMPLATES, fontArgs: [{ fontPaths: [...fontPaths()] }] });
  return {
    render(snapshot, purpose) {
      try {
        return draw(compiler, snapshot, purpose);
      } catch (error) {
        throw new Error(`contract ${snapshot.number} cannot be drawn: ${reasonOf(error)}`, { cause: error });
      } finally {
        // Without this, and a turn of the event loop after it, each document keeps 1.6 to 4.5 MB.
        compiler.evictCache(0);
      }
    },
  };
}

function draw(compiler: NodeCompiler, snapshot: ContractSnapshot, purpose: RenderPurpose): DrawnDocument {
  const document = compile(compiler, snapshot, purpose);
  const pdf = compiler.pdf(document, { pdfStandard: "a-3a" });
  return { pdf, pages: document.numOfPages, seal: sealPlace(compiler, document) };
}

function compile(compiler: NodeCompiler, snapshot: ContractSnapshot, purpose: RenderPurpose): NodeTypstDocument {
  const inputs = {
    view: JSON.stringify(contractViewOf(snapshot)),
    snapshot: canonicalJson(snapshot),
    qr: qrCodeSvg(snapshot.verificationUrl),
    mark: purpose === "preview" ? "preview" : snapshot.demo ? "demo" : "none",
  };
  const compiled = compiler.compile({ mainFilePath: ORDER_TEMPLATE, inputs });
  const document = compiled.result;
  if (document !== null && !compiled.hasError()) return document;
  throw new Error(JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? "no diagnostics"));
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
