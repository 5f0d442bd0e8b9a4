import { createHash, sign, verify } from "node:crypto";
import type { LogKeys } from "../application/transparency-log.ts";
import { ed25519OfSeed, type KeyPair } from "./ed25519-of-seed.ts";
import type { MasterKey } from "./master-key.ts";

/** Signature type of plain Ed25519 in C2SP signed-note. */
const ED25519 = 1;
const PUBLIC_BYTES = 32;

/** Derived from the master key and from each former one that is still given. */
export function openLogKeys(master: MasterKey): LogKeys {
  const pairs = [...master.derive("transparency log").values()].map(ed25519OfSeed);
  return {
    sign: (name, text) => `${text}\n${pairs.map((pair) => signatureLine(pair, name, text)).join("")}`,
    verifierKeys: (name) => pairs.map((pair) => verifierKey(pair, name)),
    verify: (name, note) => isSignedBy(pairs, name, note),
  };
}

function signatureLine({ privateKey, publicKey }: KeyPair, name: string, text: string): string {
  const signature = Buffer.concat([keyId(name, rawKey(publicKey)), sign(null, Buffer.from(text), privateKey)]);
  return `— ${name} ${signature.toString("base64")}\n`;
}

function verifierKey({ publicKey }: KeyPair, name: string): string {
  const raw = rawKey(publicKey);
  return `${name}+${keyId(name, raw).toString("hex")}+${Buffer.concat([Buffer.of(ED25519), raw]).toString("base64")}`;
}

function keyId(name: string, raw: Buffer): Buffer {
  return createHash("sha256").update(`${name}\n`).update(Buffer.of(ED25519)).update(raw).digest().subarray(0, 4);
}

/** The end of its SubjectPublicKeyInfo (RFC 8410, section 4). */
function rawKey(publicKey: KeyPair["publicKey"]): Buffer {
  return publicKey.export({ format: "der", type: "spki" }).subarray(-PUBLIC_BYTES);
}

/** Ed25519 signs the same text always alike (RFC 8032), but a key that is no longer given cannot be asked to. */
function isSignedBy(pairs: readonly KeyPair[], name: string, note: string): boolean {
  const end = note.lastIndexOf("\n\n");
  const [text, lines] = [
    note.slice(0, end + 1),
    note
      .slice(end + 2)
      .split("\n")
      .slice(0, -1),
  ];
  if (end < 0) return false;
  const known = new Map(pairs.map((pair) => [keyId(name, rawKey(pair.publicKey)).toString("hex"), pair]));
  const verdicts = lines.flatMap((line) => {
    const [dash, signer, base64 = ""] = line.split(" ");
    const bytes = Buffer.from(base64, "base64");
    const pair = known.get(bytes.subarray(0, 4).toString("hex"));
    if (dash !== "—" || signer !== name || !pair) return [];
    return [verify(null, Buffer.from(text), pair.publicKey, bytes.subarray(4))];
  });
  return verdicts.length > 0 && verdicts.every(Boolean);
}
