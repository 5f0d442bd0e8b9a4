import { AsnConvert } from "@peculiar/asn1-schema";
import { Certificate, CertificateList, id_ce_keyUsage, KeyUsage, KeyUsageFlags } from "@peculiar/asn1-x509";
import {
  type IssuedCertificate,
  isSignedWith,
  type RevocationStatus,
  staleness,
  unusable,
} from "./revocation-status.ts";

/** Extensions that a list may call critical without holding back any certificate of ours (RFC 5280, 5.2). */
const ID_CRL_NUMBER = "2.5.29.20";
const ID_AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";

/**
 * What this certificate revocation list says of the certificate (RFC 5280, 6.3.3): it is the issuer's own, signed by
 * it, complete (no delta list, none for some certificates or reasons only), and of today.
 */
export function readCrl(crl: Uint8Array, { certificate, issuer }: IssuedCertificate, at: Date): RevocationStatus {
  let list: CertificateList;
  try {
    list = AsnConvert.parse(crl, CertificateList);
  } catch {
    return unusable("what was sent is not a revocation list");
  }
  const { tbsCertList, tbsCertListRaw, signatureAlgorithm, signature } = list;
  const authority = AsnConvert.parse(issuer.raw, Certificate).tbsCertificate;
  if (!sameDer(tbsCertList.issuer, authority.subject)) return unusable("the list is another authority's");
  const usage = authority.extensions?.find(({ extnID }) => extnID === id_ce_keyUsage);
  if (usage && (AsnConvert.parse(usage.extnValue, KeyUsage).toNumber() & KeyUsageFlags.cRLSign) === 0) {
    return unusable("the issuer may not sign revocation lists");
  }
  if (!isSignedWith(issuer.publicKey, signatureAlgorithm.algorithm, tbsCertListRaw, signature)) {
    return unusable("the list is not signed by the issuer");
  }
  const unknown = tbsCertList.crlExtensions?.find(
    ({ critical, extnID }) => critical && extnID !== ID_CRL_NUMBER && extnID !== ID_AUTHORITY_KEY_IDENTIFIER,
  );
  if (unknown) return unusable(`the list is a partial one (extension ${unknown.extnID})`);
  const stale = staleness(timeOf(tbsCertList.thisUpdate), tbsCertList.nextUpdate && timeOf(tbsCertList.nextUpdate), at);
  if (stale !== null) return unusable(stale);
  const wanted = Buffer.from(AsnConvert.parse(certificate.raw, Certificate).tbsCertificate.serialNumber);
  const entry = tbsCertList.revokedCertificates?.find(({ userCertificate }) =>
    Buffer.from(userCertificate).equals(wanted),
  );
  return entry === undefined ? { status: "good" } : { status: "revoked", at: timeOf(entry.revocationDate) };
}

function timeOf(time: { readonly utcTime?: Date; readonly generalTime?: Date; getTime(): Date }): Date {
  return time.getTime();
}

function sameDer(left: object, right: object): boolean {
  return Buffer.from(AsnConvert.serialize(left)).equals(Buffer.from(AsnConvert.serialize(right)));
}
