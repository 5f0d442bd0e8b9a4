import { describe, expect, test } from "vitest";
import { makeParty, type Party } from "./certificates.fixture.ts";
import { timestampAttribute } from "./cms.fixture.ts";
import { certification, type SealOptions, sealedPdf } from "./sealed-pdf.fixture.ts";
import { type DocumentVerdict, type VerdictReason, verdictOfReason } from "./verdict.ts";
import { type VerifyOptions, verifyDocument } from "./verify-document.ts";

/** The people of the tests: a seller under a root, a time-stamping authority under another, and a stranger. */
const at = new Date("2026-03-01T00:00:00Z");
export const stampedAt = new Date("2026-02-28T01:30:05Z");
export const timeStamping = { purposes: ["1.3.6.1.5.5.7.3.8"], keyUsage: 0x80 };
export const root = makeParty({ name: "Root" });
export const seal = makeParty({ name: "卖方", issuer: root });
export const otherRoot = makeParty({ name: "Other root" });
export const tsaRoot = makeParty({ name: "TSA root" });
export const tsa = makeParty({ name: "TSA", issuer: tsaRoot, ...timeStamping });
export const stamp = timestampAttribute(tsa, { time: stampedAt });

export const sealed = (options: Partial<SealOptions> = {}): Buffer => sealedPdf({ cms: { signer: seal }, ...options });
export const sealedBy = (cms: Partial<SealOptions["cms"]>): Buffer => sealed({ cms: { signer: seal, ...cms } });

/** A signer under this authority, carrying both certificates. */
export function under(authority: Party): { signer: Party; certificates: Buffer[] } {
  const signer = makeParty({ name: "Below", issuer: authority });
  return { signer, certificates: [signer.certificate, authority.certificate] };
}

export function judge(pdf: Uint8Array, options: Partial<VerifyOptions> = {}): DocumentVerdict {
  return verifyDocument(pdf, { roots: [root.certificate], at, ...options });
}

export const dictionary = (format: string, reference = certification): string =>
  `/Type/Sig/Filter/Adobe.PPKLite/SubFilter/${format}${reference}`;

/** The same with a certification that permits so much; 1 is nothing. */
export const certified = (permits: number): string =>
  `${dictionary("ETSI.CAdES.detached", certification.replace("/P 1", `/P ${permits}`))}/M(D:20260228093000+08'00')`;

export type StructureReason =
  | "too_large"
  | "not_a_pdf"
  | "covers_not_whole_file"
  | "malformed_structure"
  | "structure_not_supported"
  | "not_signed"
  | "more_than_one_signature"
  | "later_revision_changes_content"
  | "later_revision_unexplained"
  | "byte_range_invalid"
  | "signature_format_not_supported"
  | "not_certified";
/** Of the data behind the seal; archive.test.ts has its files. */
type ArchiveReason = "archive_data_invalid" | "certificate_revoked";
export type SignatureReason = Exclude<
  VerdictReason,
  StructureReason | ArchiveReason | "too_complex" | "verifier_fault"
>;

export type Case = readonly [name: string, make: () => Uint8Array, options?: Partial<VerifyOptions>];

/** One test per file: the examination ends on the rung it is listed under. */
export function walkLadder(ladder: Readonly<Record<string, readonly Case[]>>): void {
  for (const [reason, cases] of Object.entries(ladder)) {
    describe(reason, () => {
      for (const [name, make, options] of cases) {
        test(name, () => {
          const verdict = judge(make(), options);
          expect(verdict.reason, verdict.detail).toBe(reason);
          expect(verdict.verdict).toBe(verdictOfReason[verdict.reason]);
          expect(verdict.detail).toMatch(/^[A-Z].*\.$/);
        });
      }
    });
  }
}
