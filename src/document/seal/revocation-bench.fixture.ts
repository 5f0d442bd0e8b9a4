import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { id_kp_OCSPSigning } from "@peculiar/asn1-ocsp";
import { ExtendedKeyUsage, id_ce_extKeyUsage } from "@peculiar/asn1-x509";
import { SELLER } from "./sealed-sample.fixture.ts";
import {
  createTestAuthority,
  type RevocationSources,
  ROOT_SUBJECT,
  type TestAuthority,
  type TestCertificate,
} from "./test-authority.ts";
import { extension, issueCertificate } from "./test-certificate.ts";
import { startTestRevocationService, type TestRevocationService } from "./test-revocation-service.fixture.ts";
import { type GatherOptions, type GatherOutcome, gatherValidationData } from "./validation-data.ts";

export const ARCHIVED_AT = new Date("2026-03-02T05:00:00Z");
const ISSUED_AT = new Date("2026-01-01T00:00:00Z");

/** An authority whose certificates name a revocation service that runs. */
export interface RevocationBench {
  readonly authority: TestAuthority;
  readonly seal: TestCertificate;
  readonly stamp: TestCertificate;
  readonly revocation: TestRevocationService;
  /** Asks about the seal's and the timestamp's certificate, or about those given. */
  gather(about?: Partial<Pick<GatherOptions, "signers" | "certificates" | "timeoutMs">>): Promise<GatherOutcome>;
}

export async function setUpRevocationBench(
  sourcesOf: (running: TestRevocationService) => RevocationSources = ({ ocspUrl, crlUrl }) => ({ ocspUrl, crlUrl }),
): Promise<RevocationBench> {
  const revocation = await startTestRevocationService();
  const authority = createTestAuthority({ keyType: "p256", now: ISSUED_AT, revocation: sourcesOf(revocation) });
  revocation.answers = { issuer: authority.root, now: ARCHIVED_AT };
  const seal = authority.issueSealCertificate({ legalName: SELLER, countryCode: "CN" });
  const stamp = authority.issueTimestampCertificate({ validDays: 365 });
  const signers = [seal, stamp].map(({ certificateDer }) => new X509Certificate(certificateDer));
  const gather: RevocationBench["gather"] = (about) => {
    const roots = [authority.root.certificateDer];
    return gatherValidationData({ signers, certificates: [], timeoutMs: 5_000, ...about, roots, at: ARCHIVED_AT });
  };
  return { authority, seal, stamp, revocation, gather };
}

/** A certificate that this issuer, meant as the authority, made for this purpose alone; for answers when left out. */
export function issueResponder(issuer: TestCertificate, purpose: string = id_kp_OCSPSigning): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const issuerKey = createPrivateKey(issuer.privateKeyPem);
  const certificateDer = issueCertificate({
    issuer: { subject: ROOT_SUBJECT, publicKey: createPublicKey(issuerKey), privateKey: issuerKey },
    subject: { ...ROOT_SUBJECT, commonName: "Orderseal DEMO OCSP 演示" },
    publicKey,
    serialNumber: Uint8Array.of(0x51),
    notBefore: ISSUED_AT,
    notAfter: new Date("2027-01-01T00:00:00Z"),
    isAuthority: false,
    extensions: [extension(id_ce_extKeyUsage, false, new ExtendedKeyUsage([purpose]))],
  });
  return {
    certificateDer,
    certificatePem: new X509Certificate(certificateDer).toString(),
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}
