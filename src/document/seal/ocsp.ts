import { createHash, X509Certificate } from "node:crypto";
import {
  BasicOCSPResponse,
  CertID,
  id_kp_OCSPSigning,
  id_pkix_ocsp_basic,
  OCSPRequest,
  OCSPResponse,
  OCSPResponseStatus,
  Request,
  TBSRequest,
} from "@peculiar/asn1-ocsp";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import { AlgorithmIdentifier, Certificate } from "@peculiar/asn1-x509";
import {
  type IssuedCertificate,
  isSignedWith,
  type RevocationStatus,
  staleness,
  unusable,
} from "./revocation-status.ts";

/** An OCSP request for one certificate, without a nonce: answers made beforehand are as good (RFC 5019, 2.1.1). */
export function encodeOcspRequest(issued: IssuedCertificate): Uint8Array {
  const tbsRequest = new TBSRequest({ requestList: [new Request({ reqCert: certificateId(issued) })] });
  return new Uint8Array(AsnConvert.serialize(new OCSPRequest({ tbsRequest })));
}

/**
 * What this OCSPResponse says of the certificate, after RFC 6960, 3.2: it names that certificate, is signed by its
 * issuer or by whom the issuer named for it, and is of today.
 */
export function readOcspResponse(response: Uint8Array, issued: IssuedCertificate, at: Date): RevocationStatus {
  let basic: BasicOCSPResponse;
  try {
    const outer = AsnConvert.parse(response, OCSPResponse);
    if (outer.responseStatus !== OCSPResponseStatus.successful || outer.responseBytes === undefined) {
      return unusable(`the responder refused with status ${outer.responseStatus}`);
    }
    if (outer.responseBytes.responseType !== id_pkix_ocsp_basic) return unusable("the answer is not a basic one");
    basic = AsnConvert.parse(outer.responseBytes.response, BasicOCSPResponse);
  } catch {
    return unusable("the answer is not an OCSP response");
  }
  if (!isSignedByResponder(basic, issued, at)) return unusable("the answer is not signed by whom it should be");
  const wanted = Buffer.from(AsnConvert.serialize(certificateId(issued)));
  const single = basic.tbsResponseData.responses.find(({ certID }) =>
    // Responders write the algorithm's parameters as NULL or leave them out; the hashes and the number must be equal.
    Buffer.from(AsnConvert.serialize(withPlainAlgorithm(certID))).equals(wanted),
  );
  if (single === undefined) return unusable("the answer is about another certificate");
  const { thisUpdate, nextUpdate, certStatus } = single;
  const stale = staleness(thisUpdate, nextUpdate, at);
  if (stale !== null) return unusable(stale);
  if (certStatus.revoked !== undefined) return { status: "revoked", at: certStatus.revoked.revocationTime };
  return certStatus.good === undefined ? unusable("the responder does not know the certificate") : { status: "good" };
}

const ID_SHA1 = "1.3.14.3.2.26";

/** RFC 5019, 2.1.1: SHA-1, which names here and proves nothing. */
function certificateId({ certificate, issuer }: IssuedCertificate): CertID {
  const { subject, subjectPublicKeyInfo } = AsnConvert.parse(issuer.raw, Certificate).tbsCertificate;
  return new CertID({
    hashAlgorithm: new AlgorithmIdentifier({ algorithm: ID_SHA1 }),
    issuerNameHash: new OctetString(sha1(AsnConvert.serialize(subject))),
    issuerKeyHash: new OctetString(sha1(subjectPublicKeyInfo.subjectPublicKey)),
    serialNumber: AsnConvert.parse(certificate.raw, Certificate).tbsCertificate.serialNumber,
  });
}

function withPlainAlgorithm({ hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber }: CertID): CertID {
  const { algorithm } = hashAlgorithm;
  return new CertID({
    hashAlgorithm: new AlgorithmIdentifier({ algorithm }),
    issuerNameHash,
    issuerKeyHash,
    serialNumber,
  });
}

/** The issuer itself, or a certificate of its making, sent along, with the purpose of signing answers (4.2.2.2). */
function isSignedByResponder(basic: BasicOCSPResponse, { issuer }: IssuedCertificate, at: Date): boolean {
  const { signatureAlgorithm, tbsResponseDataRaw, signature, certs = [] } = basic;
  const delegates = certs
    .map((each) => new X509Certificate(Buffer.from(AsnConvert.serialize(each))))
    .filter(
      (each) =>
        each.keyUsage?.includes(id_kp_OCSPSigning) === true &&
        each.checkIssued(issuer) &&
        each.verify(issuer.publicKey) &&
        Date.parse(each.validFrom) <= at.getTime() &&
        at.getTime() <= Date.parse(each.validTo),
    );
  return [issuer, ...delegates].some(({ publicKey }) =>
    isSignedWith(publicKey, signatureAlgorithm.algorithm, tbsResponseDataRaw, signature),
  );
}

function sha1(bytes: ArrayBuffer): Buffer {
  return createHash("sha1").update(new Uint8Array(bytes)).digest();
}
