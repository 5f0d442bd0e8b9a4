import { fileURLToPath } from "node:url";
import { canonicalJson } from "../domain/canonical-json.ts";
import type { ContractSnapshot } from "../domain/contract-snapshot.ts";
import { checklistViewOf } from "./checklist-view.ts";
import { contractViewOf } from "./contract-view.ts";
import { qrCodeSvg } from "./qr-code.ts";
import type { RenderTask } from "./rendered-document.ts";
import { type RidingArt, ridingArtOf } from "./seal/riding-art.ts";
import type { SealArtist } from "./seal-artist.ts";
import { CHECKLIST_TEMPLATE, CONTRACT_TEMPLATES } from "./template-manifest.ts";

/** The directory that all templates and their libraries lie in. */
export const TEMPLATES = fileURLToPath(new URL("./templates/", import.meta.url));

/** A document before it is drawn: the template, and all that it is told. */
export interface Sheet {
  /** Absolute path. */
  readonly template: string;
  readonly inputs: Record<string, string>;
}

/**
 * Only a contract carries its data, its QR code and a riding seal: a preview has no number, and a checklist is none
 * (R15, R21).
 */
export function sheetOf(task: RenderTask, artist: SealArtist): Sheet {
  if (task.kind === "checklist") {
    const { checklist } = task;
    const inputs = { view: JSON.stringify(checklistViewOf(checklist)), mark: checklist.demo ? "demo" : "none" };
    return { template: TEMPLATES + CHECKLIST_TEMPLATE.entry, inputs };
  }
  const { snapshot } = task;
  const template = TEMPLATES + CONTRACT_TEMPLATES[snapshot.template].entry;
  const view = JSON.stringify(contractViewOf(snapshot));
  if (task.kind === "preview") return { template, inputs: { view, mark: "preview", riding: "null" } };
  const inputs = {
    view,
    snapshot: canonicalJson(snapshot),
    qr: qrCodeSvg(snapshot.verificationUrl),
    mark: snapshot.demo ? "demo" : "none",
    riding: JSON.stringify(ridingArt(snapshot, artist)),
  };
  return { template, inputs };
}

function ridingArt({ seal, seller, demo }: ContractSnapshot, artist: SealArtist): RidingArt | null {
  return seal.riding ? ridingArtOf(artist.artOf(seller.nameZh, seal, demo)) : null;
}
