import { X509Certificate } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
  AuthorityInfoAccessSyntax,
  Certificate,
  CRLDistributionPoints,
  type GeneralName,
  id_ce_cRLDistributionPoints,
  id_pe_authorityInfoAccess,
} from "@peculiar/asn1-x509";
import type { ValidationData } from "./archive-objects.ts";
import { readCrl } from "./crl.ts";
import { encodeOcspRequest, readOcspResponse } from "./ocsp.ts";
import { askRevocationService, type RevocationAnswer } from "./revocation-exchange.ts";
import { type IssuedCertificate, type RevocationStatus, unusable } from "./revocation-status.ts";

export type GatherOutcome =
  | { readonly ok: true; readonly data: ValidationData }
  | {
      readonly ok: false;
      /**
       * `revoked`: the signature must not be trusted any more. `no_source`: the certificate names nobody to ask, or its
       * issuer is not known here; asking again is of no use. `unavailable`: nobody gave a usable answer today.
       */
      readonly reason: "revoked" | "no_source" | "unavailable";
      /** For the operator's log, in English. */
      readonly detail: string;
    };

export interface GatherOptions {
  /** Whose signatures will have to be judged later. */
  readonly signers: readonly X509Certificate[];
  /** Certificates among which issuers are looked for: those that travel with the signatures. */
  readonly certificates: readonly X509Certificate[];
  /** DER; where these vouch for a certificate nobody needs to be asked about them. */
  readonly roots: readonly Uint8Array[];
  readonly at: Date;
  /** For each exchange. */
  readonly timeoutMs: number;
}

// An answer holds one status and a certificate; a list of a public authority may have tens of thousands of entries.
const LARGEST_OCSP_BYTES = 65_536;
const LARGEST_CRL_BYTES = 2 * 1024 * 1024;

/**
 * Asks, for every certificate between a signer and its root, whether it was revoked: the issuer's OCSP responder first,
 * its revocation list otherwise (ETSI EN 319 142-1, 5.4.2; RFC 5280, 4.2.2.1 and 4.2.1.13). Only answers that were
 * checked are handed out, each once.
 */
export async function gatherValidationData(options: GatherOptions): Promise<GatherOutcome> {
  const roots = options.roots.map((der) => new X509Certificate(der));
  const pool = distinct([...options.certificates, ...roots]);
  const paths: IssuedCertificate[] = [];
  for (const signer of options.signers) {
    const path = pathToRoot(signer, roots, pool);
    if (!path.ok) return path;
    paths.push(...path.path);
  }
  const asked = new Set<string>();
  const gathered = { certificates: new Map<string, X509Certificate>(), crls: new Map<string, Uint8Array>() };
  const ocsps: Uint8Array[] = [];
  for (const { certificate, issuer } of paths) {
    gathered.certificates.set(certificate.fingerprint256, certificate).set(issuer.fingerprint256, issuer);
    if (asked.has(certificate.fingerprint256)) continue;
    asked.add(certificate.fingerprint256);
    const found = await findStatus({ certificate, issuer }, options, gathered.crls);
    if (!found.ok) return found;
    if (found.ocsp !== null) ocsps.push(found.ocsp);
  }
  const certificates = [...gathered.certificates.values()].map(({ raw }) => raw);
  return { ok: true, data: { certificates, crls: [...gathered.crls.values()], ocsps } };
}

/**
 * Every certificate that somebody has to be asked about. Complete before anybody is: the addresses stand in the
 * certificates, and one that no root vouches for, such as a timestamp authority may send along, could name any.
 */
function pathToRoot(
  signer: X509Certificate,
  roots: readonly X509Certificate[],
  pool: readonly X509Certificate[],
): { readonly ok: true; readonly path: readonly IssuedCertificate[] } | Extract<GatherOutcome, { ok: false }> {
  const path: IssuedCertificate[] = [];
  for (let certificate = signer; !isAmong(roots, certificate); ) {
    const subject = certificate;
    const issuer = pool.find((each) => subject.checkIssued(each) && subject.verify(each.publicKey));
    const isUnknown = issuer === undefined || isAmong([subject, ...path.map((step) => step.certificate)], issuer);
    // Authorities may vouch for each other in a circle.
    if (isUnknown) return failure("no_source", `the issuer of ${oneLine(subject)} is not among the trusted roots`);
    path.push({ certificate: subject, issuer });
    certificate = issuer;
  }
  return { ok: true, path };
}

type Found =
  | { readonly ok: true /** Null where a list told. */; readonly ocsp: Uint8Array | null }
  | Extract<GatherOutcome, { ok: false }>;

async function findStatus(
  issued: IssuedCertificate,
  { at, timeoutMs }: GatherOptions,
  crls: Map<string, Uint8Array>,
): Promise<Found> {
  const { ocsp, crl } = revocationSources(issued.certificate);
  const name = oneLine(issued.certificate);
  if (ocsp.length + crl.length === 0) return failure("no_source", `${name} names no OCSP responder and no CRL`);
  const troubles: string[] = [];
  /** Null: that answer was of no use, and why is among the troubles. */
  const judge = (url: string, status: RevocationStatus, answer: Uint8Array | null): Found | null => {
    if (status.status === "good") return { ok: true, ocsp: answer };
    if (status.status === "revoked") {
      return failure("revoked", `${name} was revoked at ${status.at.toISOString()}, says ${url}`);
    }
    troubles.push(`${url}: ${status.detail}`);
    return null;
  };
  for (const url of ocsp) {
    const ocspRequest = encodeOcspRequest(issued);
    const answer = await askRevocationService({ url, ocspRequest, largestBytes: LARGEST_OCSP_BYTES, timeoutMs });
    const found = judge(
      url,
      statusIn(answer, (body) => readOcspResponse(body, issued, at)),
      bodyOf(answer),
    );
    if (found) return found;
  }
  for (const url of crl) {
    const known = crls.get(url);
    const answer: RevocationAnswer =
      known === undefined
        ? await askRevocationService({ url, largestBytes: LARGEST_CRL_BYTES, timeoutMs })
        : { ok: true, body: known };
    const found = judge(
      url,
      statusIn(answer, (body) => readCrl(body, issued, at)),
      null,
    );
    if (found?.ok && answer.ok) crls.set(url, answer.body);
    if (found) return found;
  }
  return failure("unavailable", `whether ${name} was revoked: ${troubles.join("; ")}`);
}

function statusIn(answer: RevocationAnswer, read: (body: Uint8Array) => RevocationStatus): RevocationStatus {
  if (!answer.ok) return unusable(answer.detail);
  try {
    return read(answer.body);
  } catch (error) {
    // What lies deeper in an answer is read only when it is needed, and the parsers throw on what they do not like.
    return unusable(`the answer cannot be read to its end: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function bodyOf(answer: RevocationAnswer): Uint8Array | null {
  return answer.ok ? answer.body : null;
}

const ID_AD_OCSP = "1.3.6.1.5.5.7.48.1";

/** The web addresses that the certificate itself names; other schemes are not followed. */
function revocationSources(certificate: X509Certificate): { readonly ocsp: string[]; readonly crl: string[] } {
  const { extensions } = AsnConvert.parse(certificate.raw, Certificate).tbsCertificate;
  const value = (id: string) => extensions?.find(({ extnID }) => extnID === id)?.extnValue;
  const access = value(id_pe_authorityInfoAccess);
  const points = value(id_ce_cRLDistributionPoints);
  const responders = access === undefined ? [] : [...AsnConvert.parse(access, AuthorityInfoAccessSyntax)];
  const lists = points === undefined ? [] : [...AsnConvert.parse(points, CRLDistributionPoints)];
  return {
    ocsp: responders
      .filter(({ accessMethod }) => accessMethod === ID_AD_OCSP)
      .flatMap(({ accessLocation }) => webAddress(accessLocation)),
    crl: lists
      // One for some reasons only, or of another issuer, does not tell whether the certificate is good.
      .filter(({ reasons, cRLIssuer }) => reasons === undefined && cRLIssuer === undefined)
      .flatMap(({ distributionPoint }) => distributionPoint?.fullName ?? [])
      .flatMap(webAddress),
  };
}

function webAddress({ uniformResourceIdentifier: uri = "" }: GeneralName): string[] {
  return /^https?:\/\//.test(uri) && URL.canParse(uri) ? [uri] : [];
}

function failure(reason: Extract<GatherOutcome, { ok: false }>["reason"], detail: string) {
  return { ok: false, reason, detail } as const;
}

function isAmong(certificates: readonly X509Certificate[], wanted: X509Certificate): boolean {
  return certificates.some(({ raw }) => raw.equals(wanted.raw));
}

function distinct(certificates: readonly X509Certificate[]): readonly X509Certificate[] {
  return [...new Map(certificates.map((each) => [each.fingerprint256, each])).values()];
}

function oneLine({ subject }: X509Certificate): string {
  return subject.replaceAll("\n", ", ");
}
