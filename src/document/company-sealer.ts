import { readFile } from "node:fs/promises";
import type { RenderedDocument, Sealer } from "../application/ports.ts";
import type { ContractSnapshot } from "../domain/contract-snapshot.ts";
import type { SellerId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";
import type { KeyRing } from "./key-ring.ts";
import { drawSealArt, type SealArt } from "./seal/seal-art.ts";
import { sealPdf } from "./seal/seal-pdf.ts";
import type { TimestampClient } from "./seal/timestamp-client.ts";

export interface CompanySealerOptions {
  readonly keys: KeyRing;
  /** A bold font that has the characters of every seller's name. */
  readonly fontPath: string;
  /** When given, every seal carries a timestamp of this authority, or there is no seal. */
  readonly timestamp: TimestampClient | null;
}

/** Seals with the seller's own key, under the seller's own round seal, certifying that nothing may change after it. */
export function openCompanySealer(options: CompanySealerOptions): Sealer {
  const drawn = new Map<string, SealArt>();
  let font: Promise<Uint8Array> | null = null;
  const artOf = async (snapshot: ContractSnapshot): Promise<SealArt> => {
    const legalName = snapshot.seller.nameZh;
    const known = drawn.get(legalName);
    if (known) return known;
    font ??= readFile(options.fontPath);
    const caption = snapshot.demo ? "演示 DEMO" : "合同专用章";
    const art = drawSealArt({ legalName, caption, font: await font });
    drawn.set(legalName, art);
    return art;
  };
  return {
    seal: async (rendered, snapshot, seller, at) =>
      seal(options, rendered, snapshot, seller, at, await artOf(snapshot)),
  };
}

async function seal(
  { keys, timestamp }: CompanySealerOptions,
  { pdf, seal: placement }: RenderedDocument,
  snapshot: ContractSnapshot,
  seller: SellerId,
  at: Instant,
  art: SealArt,
): Promise<Uint8Array> {
  const outcome = await sealPdf({
    pdf,
    key: await keys.key(seller),
    placement,
    art,
    fieldName: "SellerSeal",
    accessibleName: `${snapshot.seller.nameZh}电子签章 / Electronic seal of ${snapshot.seller.nameEn}`,
    reason: `合同 ${snapshot.number} 签章 / Seal of contract ${snapshot.number}`,
    location: snapshot.timeZone,
    sealedAt: new Date(at),
    ...(timestamp ? { timestamp } : {}),
  });
  if (!outcome.ok) throw new Error(`no seal without a timestamp: ${JSON.stringify(outcome.failure)}`);
  return outcome.pdf;
}
