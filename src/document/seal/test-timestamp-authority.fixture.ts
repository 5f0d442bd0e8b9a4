import { createHash, sign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
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
  Accuracy,
  id_ct_tstInfo,
  MessageImprint,
  PKIFailureInfo,
  PKIFailureInfoFlags,
  PKIFreeText,
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
  | "missing_nonce"
  | "wrong_signature"
  | "other_certificate_named"
  | "unsigned_data"
  | "rejects"
  | "rejects_policy"
  | "http_error"
  | "redirects"
  | "garbage"
  | "endless"
  | "slow"
  | "slow_body";

export interface TestTimestampAuthority {
  readonly url: string;
  /** Requests that were answered, well or not. */
  readonly asked: number;
  /** Behaves otherwise from the next request on. */
  become(changes: Partial<Behaviour>): void;
  close(): Promise<void>;
}

export interface Behaviour {
  readonly signer: TestCertificate;
  /** What it states; "now" for an honest one, or what its own clock says. */
  readonly genTime: Date | "now" | (() => Date);
  readonly fault?: TimestampFault | null;
  /** What it states as its accuracy. */
  readonly accuracySeconds?: number;
  /** Before it answers at all. */
  readonly delayMs?: number;
}

/** A minimal RFC 3161 authority on loopback HTTP, for P-256 certificates. */
export async function startTestTimestampAuthority({
  port = 0,
  ...behaviour
}: Behaviour & {
  /** By default one that is free. */
  readonly port?: number;
}): Promise<TestTimestampAuthority> {
  let now: Behaviour = behaviour;
  let asked = 0;
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    asked++;
    const { delayMs = 0 } = now;
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    await reply(response, AsnConvert.parse(body, TimeStampReq), now);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("Expected a TCP address");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    get asked() {
      return asked;
    },
    become: (changes) => {
      now = { ...now, ...changes };
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

const SHA256 = "2.16.840.1.101.3.4.2.1";

async function reply(response: ServerResponse, request: TimeStampReq, behaviour: Behaviour): Promise<void> {
  const good = answer(request, behaviour);
  response.setHeader("content-type", "application/timestamp-reply");
  switch (behaviour.fault) {
    // Far beyond the client's patience in the tests; close() ends both.
    case "slow":
      return;
    case "slow_body":
      response.write(good.subarray(0, 20));
      return;
    case "endless":
      while (response.writable && !response.destroyed) {
        response.write(Buffer.alloc(8_192));
        await new Promise((resolve) => setImmediate(resolve));
      }
      return;
    case "redirects":
      response.writeHead(302, { location: "/elsewhere" }).end();
      return;
    case "http_error":
      response.writeHead(500).end(good);
      return;
    case "garbage":
      response.end("not ASN.1");
      return;
    default:
      response.end(good);
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function answer(request: TimeStampReq, answering: Behaviour): Buffer {
  if (answering.fault === "rejects") {
    return serialize(new TimeStampResp({ status: new PKIStatusInfo({ status: PKIStatus.rejection }) }));
  }
  if (answering.fault === "rejects_policy") return serialize(new TimeStampResp({ status: policyRejected() }));
  const content = serialize(timestampInfo(request, answering));
  const signedData = AsnConvert.serialize(signTimestamp(content, answering));
  const timeStampToken = new TimeStampToken({ contentType: id_signedData, content: signedData });
  return serialize(new TimeStampResp({ status: new PKIStatusInfo({ status: PKIStatus.granted }), timeStampToken }));
}

function policyRejected(): PKIStatusInfo {
  return new PKIStatusInfo({
    status: PKIStatus.rejection,
    statusString: new PKIFreeText(["no such policy"]),
    failInfo: new PKIFailureInfo(PKIFailureInfoFlags.unacceptedPolicy),
  });
}

function statedTime(genTime: Behaviour["genTime"]): Date {
  if (genTime === "now") return new Date();
  return genTime instanceof Date ? genTime : genTime();
}

function timestampInfo(request: TimeStampReq, { fault, genTime, accuracySeconds }: Behaviour): TSTInfo {
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
    genTime: statedTime(genTime),
    ...(accuracySeconds === undefined ? {} : { accuracy: new Accuracy({ seconds: accuracySeconds }) }),
    ...(nonce === undefined || fault === "missing_nonce" ? {} : { nonce }),
  });
}

function signTimestamp(content: Buffer, { signer, fault }: Behaviour): SignedData {
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
        ...(fault === "unsigned_data" ? { unsignedAttrs: [attribute("1.2.3.4", Buffer.of(5, 0))] } : {}),
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
