import { type KeyObject, X509Certificate } from "node:crypto";
import { digestOf, publicKey, signatureAlgorithm, signatureHolds } from "./accepted-algorithms.ts";
import {
  booleanValue,
  childrenOf,
  type DerNode,
  derTag,
  fieldsOf,
  objectIdentifier,
  readOnly,
  smallInteger,
  timeValue,
} from "./der.ts";
import { refuse, type SignerIdentity } from "./verdict.ts";

/** What the path rules of RFC 5280 §6.1 need of a certificate. Names are compared as their DER bytes. */
export interface Certificate {
  readonly raw: Buffer;
  readonly serialNumber: Buffer;
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** The SubjectPublicKeyInfo. */
  readonly spki: Buffer;
  /** Loaded when first asked for (0.2 ms): most roots given are on no path. */
  key(): KeyObject;
  /** Its SubjectPublicKeyInfo, as it stands. */
  readonly publicKeyInfo: Buffer;
  readonly subjectKeyIdentifier: Buffer | null;
  readonly isAuthority: boolean;
  /** How many further authorities may follow below; null means no limit. */
  readonly pathLength: number | null;
  /** null when the extension is absent. */
  readonly keyUsage: ReadonlySet<KeyUsage> | null;
  readonly extendedKeyUsage: { readonly purposes: ReadonlySet<string>; readonly critical: boolean } | null;
  readonly hasUnknownCriticalExtension: boolean;
  /** Remembers its answers: with 0.15 ms each, signatures are most of the cost of a verification. */
  isSignedBy(issuer: Certificate): boolean;
}

type KeyUsage = "digitalSignature" | "nonRepudiation" | "keyCertSign" | "cRLSign";
/** Positions in the BIT STRING; RFC 5280 §4.2.1.3. */
const keyUsageBits: readonly (readonly [number, KeyUsage])[] = [
  [0x80, "digitalSignature"],
  [0x40, "nonRepudiation"],
  [0x04, "keyCertSign"],
  [0x02, "cRLSign"],
];

const extensionIds = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  basicConstraints: "2.5.29.19",
  extendedKeyUsage: "2.5.29.37",
} as const;
/** Critical ones that need no processing here: alternative names add identities, policies are not asked for. */
const harmlessWhenCritical: ReadonlySet<string> = new Set([...Object.values(extensionIds), "2.5.29.17", "2.5.29.32"]);

interface Extension {
  readonly value: Buffer;
  readonly critical: boolean;
}

/** The same few certificates are in one contract after another; what was read of them holds for the same bytes again. */
const known = new Map<string, Certificate>();
const MOST_KNOWN = 64;
const LONGEST_KNOWN_BYTES = 8192;

/**
 * Reads a version 3 (or extension-less) X.509 certificate; RFC 5280 §4.1. Ends with a finding when it is unsound. The
 * certificates that were read last are remembered, by all of their bytes: that saves two thirds of a verification.
 */
export function readCertificate(raw: Buffer): Certificate {
  if (raw.length > LONGEST_KNOWN_BYTES) return parseCertificate(raw);
  const bytes = raw.toString("latin1");
  // A copy of its own: a few bytes of a file must not keep the whole of it in memory.
  const certificate = known.get(bytes) ?? parseCertificate(Buffer.from(raw));
  known.delete(bytes);
  known.set(bytes, certificate);
  const [oldest] = known.keys();
  if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  return certificate;
}

function parseCertificate(raw: Buffer): Certificate {
  const outer = fieldsOf(readOnly(raw, derTag.sequence));
  const toBeSigned = outer.take(derTag.sequence);
  const algorithmNode = outer.take(derTag.sequence);
  const signature = bitStringBytes(outer.take(derTag.bitString));
  outer.end();
  const fields = fieldsOf(toBeSigned);
  fields.optional(0xa0);
  const serialNumber = fields.take(derTag.integer).content;
  const innerAlgorithm = fields.take(derTag.sequence);
  const issuer = fields.take(derTag.sequence).raw;
  const validity = fieldsOf(fields.take(derTag.sequence));
  const subject = fields.take(derTag.sequence).raw;
  const spki = fields.take(derTag.sequence).raw;
  fields.optional(0x81);
  fields.optional(0x82);
  const extensions = readExtensions(fields.optional(0xa3));
  fields.end();
  // The outer identifier is not signed; RFC 5280 §4.1.1.2 wants it equal to the signed one.
  if (!algorithmNode.raw.equals(innerAlgorithm.raw)) {
    refuse("malformed_signature", "A certificate names two signature algorithms.");
  }
  let key: KeyObject | null = null;
  const answers = new WeakMap<Certificate, boolean>();
  const verifySignature = (authority: Certificate): boolean => {
    const algorithm = signatureAlgorithm(algorithmNode);
    if (algorithm.hash === null) return false;
    return signatureHolds(algorithm, algorithm.hash, toBeSigned.raw, authority.key(), signature);
  };
  return {
    raw,
    serialNumber,
    issuer,
    subject,
    spki,
    notBefore: timeValue(validity.takeAny()),
    notAfter: timeValue(validity.takeAny()),
    key: () => {
      key ??= publicKey(spki);
      return key;
    },
    publicKeyInfo: spki,
    ...readConstraints(extensions),
    isSignedBy(authority) {
      const answer = answers.get(authority) ?? verifySignature(authority);
      answers.set(authority, answer);
      return answer;
    },
  };
}

function readExtensions(wrapper: DerNode | null): ReadonlyMap<string, Extension> {
  const extensions = new Map<string, Extension>();
  if (!wrapper) return extensions;
  for (const node of childrenOf(readOnly(wrapper.content), derTag.sequence)) {
    const fields = fieldsOf(node);
    const id = objectIdentifier(fields.take(derTag.objectIdentifier));
    const flag = fields.optional(derTag.boolean);
    const value = fields.take(derTag.octetString).content;
    fields.end();
    if (extensions.has(id)) refuse("malformed_signature", "A certificate has the same extension twice.");
    extensions.set(id, { value, critical: flag !== null && booleanValue(flag) });
  }
  return extensions;
}

function readConstraints(extensions: ReadonlyMap<string, Extension>) {
  const find = (name: keyof typeof extensionIds) => extensions.get(extensionIds[name]);
  const basic = find("basicConstraints");
  const usage = find("keyUsage");
  const purposes = find("extendedKeyUsage");
  const identifier = find("subjectKeyIdentifier");
  return {
    ...readBasicConstraints(basic),
    keyUsage: usage ? readKeyUsage(usage.value) : null,
    extendedKeyUsage: purposes
      ? {
          purposes: new Set(childrenOf(readOnly(purposes.value), derTag.sequence).map(objectIdentifier)),
          critical: purposes.critical,
        }
      : null,
    subjectKeyIdentifier: identifier ? readOnly(identifier.value, derTag.octetString).content : null,
    hasUnknownCriticalExtension: [...extensions].some(
      ([id, { critical }]) => critical && !harmlessWhenCritical.has(id),
    ),
  };
}

function readBasicConstraints(extension: Extension | undefined): Pick<Certificate, "isAuthority" | "pathLength"> {
  if (!extension) return { isAuthority: false, pathLength: null };
  const fields = fieldsOf(readOnly(extension.value));
  const flag = fields.optional(derTag.boolean);
  const length = fields.optional(derTag.integer);
  fields.end();
  return { isAuthority: flag !== null && booleanValue(flag), pathLength: length ? smallInteger(length) : null };
}

function readKeyUsage(value: Buffer): ReadonlySet<KeyUsage> {
  const [, first = 0] = readOnly(value, derTag.bitString).content;
  return new Set(keyUsageBits.filter(([bit]) => (first & bit) !== 0).map(([, usage]) => usage));
}

function bitStringBytes(node: DerNode): Buffer {
  if (node.content[0] !== 0) refuse("malformed_signature", "A certificate's signature is not a whole number of bytes.");
  return node.content.subarray(1);
}

const identities = new WeakMap<Certificate, SignerIdentity>();

/** The name for people, and the fingerprint that machines compare. */
export function identityOf(certificate: Certificate): SignerIdentity {
  const identity = identities.get(certificate) ?? {
    subject: subjectText(certificate.raw),
    certificateSha256: digestOf("sha256", certificate.raw).toString("hex"),
  };
  identities.set(certificate, identity);
  return identity;
}

function subjectText(raw: Buffer): string {
  try {
    return new X509Certificate(raw).subject.split("\n").reverse().join(", ");
  } catch {
    return refuse("malformed_signature", "The signer's certificate cannot be read.");
  }
}
