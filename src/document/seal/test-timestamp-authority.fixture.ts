import { createHash, sign } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import {
  Attribute,
  CertificateChoices,
  CertificateSet,
  CMSVersion,
  DigestAlgorithmIdentifier,
  DigestAlgorithmIdentifiers,
  EncapsulatedContent,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  id_signedData,
  SignatureAlgorithmIdentifier,
  SignedData,
  SignerIdentifier,
  SignerInfo,
  SignerInfos,
} from "@peculiar/asn1-cms";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import {
  id_ct_tstInfo,
  MessageImprint,
  PKIStatus,
  PKIStatusInfo,
  TimeStampReq,
  TimeStampResp,
  TimeStampToken,
  TSTInfo,
  TSTInfoVersion,
} from "@peculiar/asn1-tsp";
import { AlgorithmIdentifier, Certificate } from "@peculiar/asn1-x509";
import { DER_OCTET_STRING, DER_SEQUENCE, DER_SET, derElement, derObjectIdentifier, derSetOf } from "./der.ts";
import type { TestCertificate } from "./test-authority.ts";

/** The ways in which this authority can be wrong. */
export type TimestampFault =
  | "wrong_imprint"
  | "wrong_nonce"
  | "wrong_signature"
  | "other_certificate_named"
  | "rejects"
  | "garbage"
  | "endless"
  | "slow";

export interface TestTimestampAuthority {
  readonly url: string;
  close(): Promise<void>;
}

/** A minimal RFC 3161 authority on loopback HTTP, for P-256 certificates. */
export async function startTestTimestampAuthority(options: {
  readonly signer: TestCertificate;
  readonly genTime: Date;
  readonly fault?: TimestampFault;
  /** By default one that is free. */
  readonly port?: number;
}): Promise<TestTimestampAuthority> {
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    // Far beyond the client's patience in the tests; close() ends it.
    if (options.fault === "slow") return;
    response.setHeader("content-type", "application/timestamp-reply");
    if (options.fault === "garbage") response.end("not ASN.1");
    else if (options.fault === "endless") response.end(Buffer.alloc(1_000_000));
    else response.end(answer(AsnConvert.parse(body, TimeStampReq), options));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("Expected a TCP address");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

const SHA256 = "2.16.840.1.101.3.4.2.1";

type Answering = Parameters<typeof startTestTimestampAuthority>[0];

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function answer(request: TimeStampReq, answering: Answering): Buffer {
  if (answering.fault === "rejects") {
    return serialize(new TimeStampResp({ status: new PKIStatusInfo({ status: PKIStatus.rejection }) }));
  }
  const content = serialize(timestampInfo(request, answering));
  const signedData = AsnConvert.serialize(signTimestamp(content, answering));
  const timeStampToken = new TimeStampToken({ contentType: id_signedData, content: signedData });
  return serialize(new TimeStampResp({ status: new PKIStatusInfo({ status: PKIStatus.granted }), timeStampToken }));
}

function timestampInfo(request: TimeStampReq, { fault, genTime }: Answering): TSTInfo {
  const imprint = new MessageImprint({
    hashAlgorithm: new AlgorithmIdentifier({ algorithm: SHA256 }),
    hashedMessage: new OctetString(createHash("sha256").update("other bytes").digest()),
  });
  const nonce = fault === "wrong_nonce" ? Uint8Array.of(42).buffer : request.nonce;
  return new TSTInfo({
    version: TSTInfoVersion.v1,
    policy: "1.3.6.1.4.1.99999.1",
    messageImprint: fault === "wrong_imprint" ? imprint : request.messageImprint,
    serialNumber: Uint8Array.of(7).buffer,
    genTime,
    ...(nonce === undefined ? {} : { nonce }),
  });
}

function signTimestamp(content: Buffer, { signer, fault }: Answering): SignedData {
  const certificate = AsnConvert.parse(signer.certificateDer, Certificate);
  const { issuer, serialNumber } = certificate.tbsCertificate;
  const named = fault === "other_certificate_named" ? Buffer.from("another") : signer.certificateDer;
  const attributes = [
    attribute("1.2.840.113549.1.9.3", derObjectIdentifier(id_ct_tstInfo)),
    attribute("1.2.840.113549.1.9.4", derElement(DER_OCTET_STRING, sha256(content))),
    attribute("1.2.840.113549.1.9.16.2.47", signingCertificate(named)),
  ].toSorted((left, right) => Buffer.compare(serialize(left), serialize(right)));
  const signature = sign("sha256", derSetOf(DER_SET, attributes.map(serialize)), signer.privateKeyPem);
  // The last byte belongs to the number s: still a DER signature, but of something else.
  if (fault === "wrong_signature")
    signature.writeUInt8(signature.readUInt8(signature.length - 1) ^ 1, signature.length - 1);
  const digestAlgorithm = new DigestAlgorithmIdentifier({ algorithm: SHA256 });
  return new SignedData({
    version: CMSVersion.v3,
    digestAlgorithms: new DigestAlgorithmIdentifiers([digestAlgorithm]),
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: id_ct_tstInfo,
      eContent: new EncapsulatedContent({ single: new OctetString(content) }),
    }),
    certificates: new CertificateSet([new CertificateChoices({ certificate })]),
    signerInfos: new SignerInfos([
      new SignerInfo({
        version: CMSVersion.v1,
        sid: new SignerIdentifier({ issuerAndSerialNumber: new IssuerAndSerialNumber({ issuer, serialNumber }) }),
        digestAlgorithm,
        signedAttrs: attributes,
        signatureAlgorithm: new SignatureAlgorithmIdentifier({ algorithm: "1.2.840.10045.4.3.2" }),
        signature: new OctetString(signature),
      }),
    ]),
  });
}

/** SigningCertificateV2 with a hash alone (RFC 5035, 3). */
function signingCertificate(certificate: Uint8Array): Buffer {
  const hash = derElement(DER_OCTET_STRING, sha256(certificate));
  return derElement(DER_SEQUENCE, derElement(DER_SEQUENCE, derElement(DER_SEQUENCE, hash)));
}

function attribute(attrType: string, value: Buffer): Attribute {
  return new Attribute({ attrType, attrValues: [Uint8Array.from(value).buffer] });
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}

function serialize(value: object): Buffer {
  return Buffer.from(AsnConvert.serialize(value));
}
