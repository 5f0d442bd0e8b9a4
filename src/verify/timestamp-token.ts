import { digestOf, hashAlgorithm } from "./accepted-algorithms.ts";
import type { Certificate } from "./certificate.ts";
import { allLeadToRoots, judgePath } from "./certificate-path.ts";
import { checkSigner } from "./cms-signature.ts";
import { cmsOid, readSignedData } from "./cms-signed-data.ts";
import { type DerNode, derTag, fieldsOf, readOnly, smallInteger, timeValue } from "./der.ts";
import { Finding, refuse } from "./verdict.ts";

/** A sound token: the time it states and whether one of the given roots vouches for its authority at that time. */
export interface Timestamp {
  readonly time: Date;
  readonly trusted: boolean;
  readonly authority: Certificate;
  /** The certificates that the token carries. */
  readonly carried: readonly Certificate[];
}

const timeStampingPurpose = "1.3.6.1.5.5.7.3.8";
/** Clocks of honest parties differ a little; a stamp from further ahead than this was not made before the check. */
const clockToleranceMs = 5 * 60 * 1000;

/**
 * Checks an RFC 3161 token over `stamped` (the signature value, RFC 5126 §6.1.1, or for a document timestamp the two
 * stretches of the file that it covers, ISO 32000-2 §12.8.5): imprint, signature, and that its
 * certificate is for time-stamping alone (§2.3). The authority is judged at the time it states, so that a stamp
 * outlives its certificate. Every fault is `timestamp_invalid`; an unknown authority is not a fault but `trusted: false`.
 */
export function checkTimestamp(
  token: DerNode,
  stamped: readonly Buffer[],
  options: { readonly roots: readonly Certificate[]; readonly at: Date },
): Timestamp {
  try {
    return examine(token, stamped, options);
  } catch (error) {
    if (!(error instanceof Finding)) throw error;
    return refuse("timestamp_invalid", `The time stamp does not hold: ${error.message}`);
  }
}

function examine(
  token: DerNode,
  stamped: readonly Buffer[],
  { roots, at }: { readonly roots: readonly Certificate[]; readonly at: Date },
): Timestamp {
  const signed = readSignedData(token.raw);
  const { content } = signed;
  if (!content) return refuse("timestamp_invalid", "It states nothing.");
  const authority = checkSigner(signed, {
    contentType: cmsOid.timeStampInfo,
    digest: (hash) => digestOf(hash, content),
    acceptsFirstCertificateAttribute: true,
  });
  const purposes = authority.extendedKeyUsage;
  if (!purposes?.critical || purposes.purposes.size !== 1 || !purposes.purposes.has(timeStampingPurpose)) {
    refuse("timestamp_invalid", "Its certificate is not for time-stamping alone.");
  }
  if (signed.carriesRevocationData || signed.signer.unsignedAttributes.length > 0) {
    refuse("timestamp_invalid", "It carries data that nobody signed.");
  }
  const time = readStatedTime(content, stamped);
  if (time.getTime() > at.getTime() + clockToleranceMs)
    refuse("timestamp_invalid", "It is later than the time of this check.");
  const trusted = judgePath(authority, signed.certificates, roots, time) === "trusted";
  if (trusted && !allLeadToRoots(signed.certificates, [], roots)) {
    refuse("timestamp_invalid", "It carries a certificate that nobody vouches for.");
  }
  return { time, trusted, authority, carried: signed.certificates };
}

/** TSTInfo (RFC 3161 §2.4.2): version, policy, imprint, serial number, time; the signed rest is not needed here. */
export function readStatedTime(content: Buffer, stamped: readonly Buffer[]): Date {
  const info = fieldsOf(readOnly(content));
  if (smallInteger(info.take(derTag.integer)) !== 1) refuse("timestamp_invalid", "It has an unknown version.");
  info.take(derTag.objectIdentifier);
  const imprint = fieldsOf(info.take(derTag.sequence));
  const hash = hashAlgorithm(imprint.take(derTag.sequence));
  const stampedDigest = imprint.take(derTag.octetString).content;
  imprint.end();
  if (!stampedDigest.equals(digestOf(hash, ...stamped)))
    refuse("timestamp_invalid", "It was made for another signature.");
  info.take(derTag.integer);
  return timeValue(info.take(derTag.generalizedTime));
}
