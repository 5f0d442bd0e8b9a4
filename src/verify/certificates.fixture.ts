import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import {
  bits,
  explicit,
  generalizedTime,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  set,
  tlv,
  yes,
} from "./der.fixture.ts";

/** Somebody with a key and a certificate. */
export interface Party {
  readonly name: Buffer;
  readonly issuer: Buffer;
  readonly serialNumber: Buffer;
  readonly certificate: Buffer;
  readonly key: KeyObject;
  readonly kind: KeyKind;
}
export type KeyKind = "p256" | "p384" | "p521" | "rsa2048" | "rsa1024" | "rsaPss";
export type SigningHash = "sha1" | "sha256" | "sha384" | "sha512";

export interface PartyOptions {
  readonly name: string;
  readonly issuer?: Party;
  readonly kind?: KeyKind;
  /** An authority by default when there is no issuer. */
  readonly authority?: boolean;
  readonly pathLength?: number;
  /** First byte of the KeyUsage bits; null leaves the extension out. */
  readonly keyUsage?: number | null;
  readonly purposes?: readonly string[];
  readonly extensions?: readonly Buffer[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

let lastSerialNumber = 1000;

export function makeParty(options: PartyOptions): Party {
  const { issuer, kind = "p256", authority = !options.issuer, purposes } = options;
  const { privateKey, publicKey } = generateKey(kind);
  const name = sequence(set(sequence(oid("2.5.4.3"), tlv(0x0c, Buffer.from(options.name)))));
  const serialNumber = integer(++lastSerialNumber);
  const keyUsage = options.keyUsage === undefined ? (authority ? 0x04 : 0xc0) : options.keyUsage;
  const constraints = sequence(
    ...(authority ? [yes] : []),
    ...(options.pathLength === undefined ? [] : [integer(options.pathLength)]),
  );
  const extensions = [
    sequence(oid("2.5.29.19"), yes, octets(constraints)),
    ...(keyUsage === null ? [] : [sequence(oid("2.5.29.15"), yes, octets(bits(Buffer.from([keyUsage]))))]),
    ...(purposes ? [sequence(oid("2.5.29.37"), yes, octets(sequence(...purposes.map(oid))))] : []),
    ...(options.extensions ?? []),
  ];
  const signingKey = issuer?.key ?? privateKey;
  const algorithm = signatureIdentifier(issuer?.kind ?? kind);
  const toBeSigned = sequence(
    explicit(0, integer(2)),
    serialNumber,
    algorithm,
    issuer?.name ?? name,
    sequence(
      generalizedTime(options.notBefore ?? new Date("2025-01-01T00:00:00Z")),
      generalizedTime(options.notAfter ?? new Date("2055-01-01T00:00:00Z")),
    ),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    explicit(3, sequence(...extensions)),
  );
  const certificate = sequence(toBeSigned, algorithm, bits(sign("sha256", toBeSigned, signingKey)));
  return { name, issuer: issuer?.name ?? name, serialNumber, certificate, key: privateKey, kind };
}

function generateKey(kind: KeyKind): { privateKey: KeyObject; publicKey: KeyObject } {
  if (kind === "rsaPss") return generateKeyPairSync("rsa-pss", { modulusLength: 2048 });
  if (kind === "rsa2048" || kind === "rsa1024")
    return generateKeyPairSync("rsa", { modulusLength: Number(kind.slice(3)) });
  const namedCurve = { p256: "P-256", p384: "P-384", p521: "P-521" }[kind];
  return generateKeyPairSync("ec", { namedCurve });
}

const lastArcs = { sha1: [1, 5], sha256: [2, 11], sha384: [3, 12], sha512: [4, 13] } as const;

export function signatureIdentifier(kind: KeyKind, hash: SigningHash = "sha256"): Buffer {
  const [ofEc, ofRsa] = lastArcs[hash];
  if (kind.startsWith("rsa")) return sequence(oid(`1.2.840.113549.1.1.${ofRsa}`), nothing);
  return sequence(oid(hash === "sha1" ? "1.2.840.10045.4.1" : `1.2.840.10045.4.3.${ofEc}`));
}

export function digestIdentifier(hash: SigningHash): Buffer {
  const numbers = { sha256: 1, sha384: 2, sha512: 3 };
  return sequence(oid(hash === "sha1" ? "1.3.14.3.2.26" : `2.16.840.1.101.3.4.2.${numbers[hash]}`));
}
