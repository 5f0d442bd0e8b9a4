import type { RenderedDocument, Sealer } from "../application/ports.ts";
import type { ContractSnapshot } from "../domain/contract-snapshot.ts";
import type { SellerId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";
import type { KeyRing } from "./key-ring.ts";
import type { SealArt } from "./seal/seal-art.ts";
import { sealPdf } from "./seal/seal-pdf.ts";
import type { TimestampClient } from "./seal/timestamp-client.ts";
import type { SealArtist } from "./seal-artist.ts";

export interface CompanySealerOptions {
  readonly keys: KeyRing;
  readonly artist: SealArtist;
  /** When given, every seal carries a timestamp of this authority, or there is no seal. */
  readonly timestamp: TimestampClient | null;
}

/** Seals with the seller's own key, under the seller's own round seal, certifying that nothing may change after it. */
export function openCompanySealer(options: CompanySealerOptions): Sealer {
  return {
    seal: async (rendered, snapshot, seller, at) => {
      const art = await options.artist.artOf(snapshot.seller.nameZh, snapshot.demo);
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
