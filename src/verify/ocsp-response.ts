import { createHash } from "node:crypto";
import { digestOf, hashAlgorithm, signatureAlgorithm, signatureHolds } from "./accepted-algorithms.ts";
import { type Certificate, readCertificate } from "./certificate.ts";
import {
  childrenOf,
  type DerNode,
  derTag,
  fieldsOf,
  objectIdentifier,
  readOnly,
  timeValue,
  wholeBytes,
} from "./der.ts";
import { type RevocationStatement, tellsOf } from "./revocation-statement.ts";
import { refuse } from "./verdict.ts";

const basicResponse = "1.3.6.1.5.5.7.48.1.1";
const ocspSigning = "1.3.6.1.5.5.7.3.9";
const sha1 = "1.3.14.3.2.26";

/**
 * Reads a successful OCSPResponse (RFC 6960 §4.2.1) that one of `authorities` has signed, or a certificate of its making
 * with the purpose of signing such answers (§4.2.2.2). Ends with `archive_data_invalid` otherwise.
 */
export function readOcspResponse(bytes: Buffer, authorities: readonly Certificate[]): RevocationStatement {
  const outer = fieldsOf(readOnly(bytes, derTag.sequence));
  const status = outer.take(derTag.enumerated).content;
  const wrapper = fieldsOf(readOnly(outer.take(0xa0).content));
  outer.end();
  const type = objectIdentifier(wrapper.take(derTag.objectIdentifier));
  const basic = fieldsOf(readOnly(wrapper.take(derTag.octetString).content, derTag.sequence));
  wrapper.end();
  if (status[0] !== 0 || type !== basicResponse) refuse("archive_data_invalid", "An OCSP response says nothing.");
  const data = basic.take(derTag.sequence);
  const algorithm = signatureAlgorithm(basic.take(derTag.sequence));
  const signature = wholeBytes(basic.take(derTag.bitString));
  const carried = basic.optional(0xa0);
  basic.end();
  const { producedAt, answers } = readData(data);
  const delegates = carried ? childrenOf(readOnly(carried.content)).map((node) => readCertificate(node.raw)) : [];
  const { hash } = algorithm;
  const signed = (one: Certificate): boolean =>
    hash !== null && signatureHolds(algorithm, hash, data.raw, one.key(), signature);
  const authority = authorities.find(
    (one) =>
      one.isAuthority && (signed(one) || delegates.some((each) => speaksFor(each, one, producedAt) && signed(each))),
  );
  if (!authority) return refuse("archive_data_invalid", "An OCSP response was not signed by whom it should be.");
  return {
    statusOf(certificate, issuer, used) {
      if (!issuer.raw.equals(authority.raw)) return null;
      const answer = answers.find(({ id }) => names(id, certificate, issuer));
      if (!answer) return null;
      if (answer.revokedAt) return { revokedAt: answer.revokedAt };
      return answer.isGood && tellsOf(used, answer, certificate) ? "good" : null;
    },
  };
}

interface Answer {
  readonly id: DerNode;
  readonly isGood: boolean;
  readonly revokedAt: Date | null;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
}

function readData(node: DerNode): { readonly producedAt: Date; readonly answers: readonly Answer[] } {
  const fields = fieldsOf(node);
  fields.optional(0xa0);
  // ResponderID, by name [1] or by key [2]: whoever signed is found by the signature.
  fields.takeAny();
  const producedAt = timeValue(fields.take(derTag.generalizedTime));
  const answers = childrenOf(fields.take(derTag.sequence)).map(readAnswer);
  fields.optional(0xa1);
  fields.end();
  return { producedAt, answers };
}

function readAnswer(node: DerNode): Answer {
  const fields = fieldsOf(node);
  const id = fields.take(derTag.sequence);
  const status = fields.takeAny();
  const thisUpdate = timeValue(fields.take(derTag.generalizedTime));
  const next = fields.optional(0xa0);
  fields.optional(0xa1);
  fields.end();
  const revoked = status.tag === 0xa1 ? childrenOf(status)[0] : undefined;
  return {
    id,
    isGood: status.tag === 0x80,
    revokedAt: revoked ? timeValue(revoked) : null,
    thisUpdate,
    nextUpdate: next && timeValue(readOnly(next.content)),
  };
}

function speaksFor(delegate: Certificate, authority: Certificate, at: Date): boolean {
  return (
    delegate.issuer.equals(authority.subject) &&
    delegate.extendedKeyUsage?.purposes.has(ocspSigning) === true &&
    delegate.notBefore <= at &&
    at <= delegate.notAfter &&
    delegate.isSignedBy(authority)
  );
}

/** CertID (§4.1.1): hashes of the issuer's name and key, and the serial number. SHA-1 names here and proves nothing. */
function names(id: DerNode, certificate: Certificate, issuer: Certificate): boolean {
  const fields = fieldsOf(id);
  const algorithm = fields.take(derTag.sequence);
  const nameHash = fields.take(derTag.octetString).content;
  const keyHash = fields.take(derTag.octetString).content;
  const serialNumber = fields.take(derTag.integer).content;
  fields.end();
  const [, bits] = childrenOf(readOnly(issuer.publicKeyInfo));
  return (
    serialNumber.equals(certificate.serialNumber) &&
    nameHash.equals(hashed(algorithm, certificate.issuer)) &&
    bits !== undefined &&
    keyHash.equals(hashed(algorithm, wholeBytes(bits)))
  );
}

function hashed(algorithm: DerNode, bytes: Buffer): Buffer {
  const [oid] = childrenOf(algorithm);
  if (oid && objectIdentifier(oid) === sha1) return createHash("sha1").update(bytes).digest();
  return digestOf(hashAlgorithm(algorithm), bytes);
}
