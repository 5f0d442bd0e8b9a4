import { createHash, sign, X509Certificate } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import {
  BasicOCSPResponse,
  type CertID,
  CertStatus,
  id_pkix_ocsp_basic,
  KeyHash,
  OCSPRequest,
  OCSPResponse,
  OCSPResponseStatus,
  ResponderID,
  ResponseBytes,
  ResponseData,
  RevokedInfo,
  SingleResponse,
} from "@peculiar/asn1-ocsp";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import {
  AlgorithmIdentifier,
  Certificate,
  CertificateList,
  RevokedCertificate,
  TBSCertList,
  Time,
  Version,
} from "@peculiar/asn1-x509";
import type { TestCertificate } from "./test-authority.ts";

export type RevocationFault =
  | "forged"
  | "stale"
  | "other_certificate"
  | "garbage"
  | "garbled"
  | "endless"
  | "redirects"
  | "slow"
  | "down";

/** What the service answers with; changed between requests. */
export interface RevocationAnswers {
  /** The authority, a P-256 one, whose certificates it knows. */
  readonly issuer: TestCertificate;
  readonly now: Date;
  /** When this certificate was revoked; none was, when left out. */
  readonly revoked?: { readonly certificate: TestCertificate; readonly at: Date };
  /** Who signs the answers in the authority's place, and sends its certificate along. */
  readonly responder?: TestCertificate;
  readonly ocspFault?: RevocationFault;
  readonly crlFault?: RevocationFault;
}

export interface TestRevocationService {
  readonly ocspUrl: string;
  readonly crlUrl: string;
  /** Paths in the order in which they were asked for. */
  readonly asked: readonly string[];
  answers: RevocationAnswers | null;
  close(): Promise<void>;
}

/** An OCSP responder and a CRL on loopback HTTP; its addresses go into certificates before it knows whose they are. */
export async function startTestRevocationService(): Promise<TestRevocationService> {
  const asked: string[] = [];
  let answers: RevocationAnswers | null = null;
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    asked.push(request.url ?? "");
    const isOcsp = request.url === "/ocsp";
    const fault = isOcsp ? answers?.ocspFault : answers?.crlFault;
    if (fault === "slow") return;
    if (fault === "redirects") response.writeHead(302, { location: "/elsewhere" }).end();
    else if (fault === "down" || answers === null) response.writeHead(503).end();
    else if (fault === "garbage") response.end("not ASN.1");
    else if (fault === "endless") response.end(Buffer.alloc(4_000_000));
    else {
      const answer = isOcsp ? ocspResponse(body, answers) : makeCrl(answers);
      response.end(fault === "garbled" ? garbled(answer) : answer);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("Expected a TCP address");
  return {
    ocspUrl: `http://127.0.0.1:${address.port}/ocsp`,
    crlUrl: `http://127.0.0.1:${address.port}/crl`,
    asked,
    get answers() {
      return answers;
    },
    set answers(next) {
      answers = next;
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

/** A time in place of each country in its names: the parser takes that, and stumbles when it writes the name again. */
function garbled(answer: Buffer): Buffer {
  const country = Buffer.from("060355040613", "hex");
  for (let at = answer.indexOf(country); at >= 0; at = answer.indexOf(country, at + 1)) answer[at + 5] = 0x17;
  return answer;
}

const ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
const DAY_MS = 86_400_000;

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function times({ now }: RevocationAnswers, fault: RevocationFault | undefined) {
  const thisUpdate = new Date(now.getTime() - (fault === "stale" ? 20 * DAY_MS : 60_000));
  return { thisUpdate, nextUpdate: new Date(thisUpdate.getTime() + 7 * DAY_MS) };
}

function signed(tbs: ArrayBuffer, by: TestCertificate, fault: RevocationFault | undefined): ArrayBuffer {
  const signature = sign("sha256", new Uint8Array(tbs), by.privateKeyPem);
  if (fault === "forged") signature.writeUInt8(signature.readUInt8(signature.length - 1) ^ 1, signature.length - 1);
  return Uint8Array.from(signature).buffer;
}

function ocspResponse(request: Buffer, answers: RevocationAnswers): Buffer {
  const { responder, ocspFault: fault } = answers;
  const [asked] = AsnConvert.parse(request, OCSPRequest).tbsRequest.requestList;
  if (asked === undefined) throw new Error("Expected an OCSP request for one certificate");
  const certID = asked.reqCert;
  if (fault === "other_certificate") certID.serialNumber = Uint8Array.of(42).buffer;
  const issuer = AsnConvert.parse(answers.issuer.certificateDer, Certificate).tbsCertificate;
  const keyHash = createHash("sha1").update(new Uint8Array(issuer.subjectPublicKeyInfo.subjectPublicKey)).digest();
  const tbsResponseData = new ResponseData({
    responderID: new ResponderID({ byKey: new KeyHash(keyHash) }),
    producedAt: answers.now,
    responses: [new SingleResponse({ certID, certStatus: statusOf(certID, answers), ...times(answers, fault) })],
  });
  const basic = new BasicOCSPResponse({
    tbsResponseData,
    signatureAlgorithm: new AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 }),
    signature: signed(AsnConvert.serialize(tbsResponseData), responder ?? answers.issuer, fault),
    ...(responder === undefined ? {} : { certs: [AsnConvert.parse(responder.certificateDer, Certificate)] }),
  });
  const responseBytes = new ResponseBytes({
    responseType: id_pkix_ocsp_basic,
    response: new OctetString(AsnConvert.serialize(basic)),
  });
  return Buffer.from(
    AsnConvert.serialize(new OCSPResponse({ responseStatus: OCSPResponseStatus.successful, responseBytes })),
  );
}

function statusOf({ serialNumber }: CertID, { revoked }: RevocationAnswers): CertStatus {
  if (revoked === undefined || serialNumberOf(revoked.certificate) !== hexOf(serialNumber)) {
    return new CertStatus({ good: null });
  }
  return new CertStatus({ revoked: new RevokedInfo({ revocationTime: revoked.at }) });
}

function makeCrl(answers: RevocationAnswers): Buffer {
  const fault = answers.crlFault;
  const { revoked } = answers;
  const { thisUpdate, nextUpdate } = times(answers, fault);
  const signatureAlgorithm = new AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 });
  const tbsCertList = new TBSCertList({
    version: Version.v2,
    signature: signatureAlgorithm,
    issuer: AsnConvert.parse(answers.issuer.certificateDer, Certificate).tbsCertificate.subject,
    thisUpdate: new Time(thisUpdate),
    nextUpdate: new Time(nextUpdate),
  });
  if (revoked !== undefined) {
    const { serialNumber } = AsnConvert.parse(revoked.certificate.certificateDer, Certificate).tbsCertificate;
    tbsCertList.revokedCertificates = [
      new RevokedCertificate({ userCertificate: serialNumber, revocationDate: new Time(revoked.at) }),
    ];
  }
  const signature = signed(AsnConvert.serialize(tbsCertList), answers.issuer, fault);
  return Buffer.from(AsnConvert.serialize(new CertificateList({ tbsCertList, signatureAlgorithm, signature })));
}

function serialNumberOf({ certificateDer }: TestCertificate): string {
  return new X509Certificate(certificateDer).serialNumber.toLowerCase();
}

function hexOf(bytes: ArrayBuffer): string {
  return Buffer.from(bytes).toString("hex");
}
