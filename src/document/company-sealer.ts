import type { RenderedDocument, Sealer } from "../application/ports.ts";
import type { SealOutcome } from "../application/timestamp-gate.ts";
import type { ContractSnapshot } from "../domain/contract-snapshot.ts";
import type { SellerId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";
import type { KeyRing } from "./key-ring.ts";
import type { SealArt } from "./seal/seal-art.ts";
import { sealPdf } from "./seal/seal-pdf.ts";
import type { TimestampClient } from "./seal/timestamp-client.ts";
import type { SealArtist } from "./seal-artist.ts";

export interface CompanySealerOptions {
  readonly keys: Pick<KeyRing, "key">;
  readonly artist: SealArtist;
  /** When given, every seal carries a timestamp of this authority, or there is no seal. */
  readonly timestamp: TimestampClient | null;
}

/** Seals with the seller's own key, under the seller's own round seal, certifying that nothing may change after it. */
export function openCompanySealer(options: CompanySealerOptions): Sealer {
  return {
    seal: async (rendered, snapshot, seller, at) => {
      const art = options.artist.artOf(snapshot.seller.nameZh, snapshot.seal, snapshot.demo);
      return seal(options, rendered, snapshot, seller, at, art);
    },
  };
}

async function seal(
  { keys, timestamp }: CompanySealerOptions,
  { pdf, seal: placement }: RenderedDocument,
  snapshot: ContractSnapshot,
  seller: SellerId,
  at: Instant,
  art: SealArt,
): Promise<SealOutcome> {
  const outcome = await sealPdf({
    pdf,
    key: await keys.key(seller, at),
    placement,
    art,
    fieldName: "SellerSeal",
    ...accessibleName(snapshot),
    reason: `合同 ${snapshot.number} 签章 / Seal of contract ${snapshot.number}`,
    location: snapshot.timeZone,
    sealedAt: new Date(at),
    ...(timestamp ? { timestamp } : {}),
  });
  return outcome.ok ? { kind: "sealed", pdf: outcome.pdf } : { kind: "no_timestamp", failure: outcome.failure };
}

/** In the language or languages of the document; where there are two, the Chinese one comes first and counts. */
function accessibleName({ language, seller }: ContractSnapshot): {
  readonly accessibleName: string;
  readonly accessibleNameLanguage: string;
} {
  const chinese = `${seller.nameZh}电子签章`;
  const english = `Electronic seal of ${seller.nameEn}`;
  if (language === "en") return { accessibleName: english, accessibleNameLanguage: "en-GB" };
  const name = language === "zh-CN" ? chinese : `${chinese} / ${english}`;
  return { accessibleName: name, accessibleNameLanguage: "zh-CN" };
}
