import type { ArchiveOutcome, Archivist } from "../application/archive-contract.ts";
import { instantOf } from "../domain/time.ts";
import type { KeyRing } from "./key-ring.ts";
import { archivePdf } from "./seal/archive-pdf.ts";
import { readPdfStructure } from "./seal/pdf-structure.ts";
import { readSignatures } from "./seal/sealed-signatures.ts";
import type { TimestampClient } from "./seal/timestamp-client.ts";
import { gatherValidationData } from "./seal/validation-data.ts";

export interface CompanyArchivistOptions {
  readonly keys: Pick<KeyRing, "roots">;
  readonly timestamp: TimestampClient;
  /** For each question to a revocation service. */
  readonly timeoutMs: number;
}

/**
 * Archives our own sealed files. The first time it asks about everybody the seal rests on; at a renewal about the
 * newest timestamp alone, since what was known of the others is under that one already.
 */
export function openCompanyArchivist({ keys, timestamp, timeoutMs }: CompanyArchivistOptions): Archivist {
  return {
    async archive(pdf, at): Promise<ArchiveOutcome> {
      const newest = readSignatures(readPdfStructure(pdf)).at(-1);
      if (newest === undefined) throw new Error("Expected a sealed file");
      const { signers, certificates } = newest;
      const roots = await keys.roots();
      const gathered = await gatherValidationData({ signers, certificates, roots, at: new Date(at), timeoutMs });
      if (!gathered.ok) {
        const { reason, detail } = gathered;
        return { ok: false, trouble: reason === "unavailable" ? "revocation_unavailable" : reason, detail };
      }
      const made = await archivePdf({ pdf, data: gathered.data, timestamp });
      if (!made.ok) {
        const { reason, detail } = made.failure;
        return { ok: false, trouble: "timestamp_unavailable", detail: `${reason}: ${detail}` };
      }
      return { ok: true, pdf: made.pdf, renewBefore: instantOf(made.timestampExpires.getTime()) };
    },
  };
}
