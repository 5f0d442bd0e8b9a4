import { createHash } from "node:crypto";
import type { Archive } from "./archive-revisions.ts";
import { type Certificate, readCertificate } from "./certificate.ts";
import { readOcspResponse } from "./ocsp-response.ts";
import type { PdfDocument } from "./pdf-document.ts";
import type { PdfString } from "./pdf-lexer.ts";
import { readRevocationList } from "./revocation-list.ts";
import type { RevocationStatement } from "./revocation-statement.ts";
import type { SignatureDictionary } from "./signature-field.ts";
import { Finding, refuse } from "./verdict.ts";

/** What the store of an archive proves, once every entry of it was found to be signed by whom it should be. */
export interface Evidence {
  readonly certificates: readonly Certificate[];
  readonly statements: readonly RevocationStatement[];
}

export const noEvidence: Evidence = { certificates: [], statements: [] };

const mostCertificates = 48;

/**
 * Reads the store: every list and answer by the authority it speaks for, every entry of /VRI named after a signature of
 * the file (ETSI EN 319 142-1 §5.4.2.3). Each fault is `archive_data_invalid`: nobody may put anything there that looks
 * like proof and is none. Who vouches for its certificates is the caller's to ask.
 */
export function readEvidence(
  { sealed, timestamps, store }: Archive,
  seal: SignatureDictionary,
  carried: readonly Certificate[],
  roots: readonly Certificate[],
): Evidence {
  const signatures = new Set([
    nameOf(sealed, seal.contents),
    ...timestamps.map(({ document, signature }) => nameOf(document, signature.contents)),
  ]);
  if (!store.signatures.every((name) => signatures.has(name))) {
    refuse("archive_data_invalid", "The archive data names a signature that is not in the file.");
  }
  try {
    const certificates = distinct(store.certificates).map(readCertificate);
    if (certificates.length > mostCertificates) refuse("too_large", "The archive data holds too many certificates.");
    const authorities = [...roots, ...certificates, ...carried].filter(({ isAuthority }) => isAuthority);
    const statements = [
      ...distinct(store.crls).map((bytes) => readRevocationList(bytes, authorities)),
      ...distinct(store.ocsps).map((bytes) => readOcspResponse(bytes, authorities)),
    ];
    return { certificates, statements };
  } catch (error) {
    if (!(error instanceof Finding) || error.reason === "too_large") throw error;
    return refuse("archive_data_invalid", `The archive data does not hold: ${error.message}`);
  }
}

function nameOf({ bytes }: PdfDocument, contents: PdfString): string {
  const hex = bytes.toString("latin1", contents.start + 1, contents.end - 1);
  return createHash("sha1").update(Buffer.from(hex, "hex")).digest("hex").toUpperCase();
}

function distinct(files: readonly Buffer[]): readonly Buffer[] {
  return [...new Map(files.map((bytes) => [bytes.toString("latin1"), bytes])).values()];
}

export type Coverage = "complete" | "incomplete";

/**
 * Asks the evidence for every certificate from the signer up to a root. Ends with `certificate_revoked` when one was
 * revoked by the time of its use; `incomplete` when the evidence does not know one of them.
 */
export function checkRevocation(
  signer: Certificate,
  used: Date,
  { certificates, statements }: Evidence,
  carried: readonly Certificate[],
  roots: readonly Certificate[],
): Coverage {
  const pool = [...roots, ...carried, ...certificates];
  let coverage: Coverage = "complete";
  const seen = new Set<Certificate>();
  for (let one = signer; !roots.some(({ raw }) => raw.equals(one.raw)); ) {
    const subject = one;
    const issuer = pool.find((by) => by.isAuthority && by.subject.equals(subject.issuer) && subject.isSignedBy(by));
    if (!issuer || seen.has(issuer)) return "incomplete";
    seen.add(issuer);
    const answers = statements.map((statement) => statement.statusOf(subject, issuer, used));
    for (const answer of answers) {
      if (answer !== null && answer !== "good" && answer.revokedAt <= used) {
        refuse("certificate_revoked", "A certificate was revoked before the time that is proven for its signature.");
      }
    }
    if (answers.every((answer) => answer === null)) coverage = "incomplete";
    one = issuer;
  }
  return coverage;
}
