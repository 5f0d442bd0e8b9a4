import { createHash, sign } from "node:crypto";
import { type Party, signatureIdentifier } from "./certificates.fixture.ts";
import { bits, explicit, generalizedTime, integer, octets, oid, sequence, tlv } from "./der.fixture.ts";

export interface StatementOptions {
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date;
  readonly revoked?: { readonly party: Party; readonly at: Date };
  /** Who signs, when not the authority. */
  readonly signer?: Party;
  readonly extensions?: readonly Buffer[];
}

const usualUpdate = new Date("2026-02-28T00:00:00Z");
const usualNext = new Date("2026-03-07T00:00:00Z");

/** A complete revocation list of this authority, sound unless the options say otherwise. */
export function revocationList(authority: Party, options: StatementOptions = {}): Buffer {
  const { revoked, signer = authority } = options;
  const algorithm = signatureIdentifier(authority.kind);
  const toBeSigned = sequence(
    integer(1),
    algorithm,
    authority.name,
    generalizedTime(options.thisUpdate ?? usualUpdate),
    generalizedTime(options.nextUpdate ?? usualNext),
    ...(revoked ? [sequence(sequence(revoked.party.serialNumber, generalizedTime(revoked.at)))] : []),
    ...(options.extensions ? [explicit(0, sequence(...options.extensions))] : []),
  );
  return sequence(toBeSigned, algorithm, bits(sign("sha256", toBeSigned, signer.key)));
}

/** An OCSPResponse of this authority about one certificate, sound unless the options say otherwise. */
export function ocspResponse(authority: Party, about: Party, options: StatementOptions = {}): Buffer {
  const { revoked, signer = authority } = options;
  const sha1 = (bytes: Buffer): Buffer => createHash("sha1").update(bytes).digest();
  const id = sequence(
    sequence(oid("1.3.14.3.2.26")),
    octets(sha1(authority.name)),
    octets(sha1(publicKeyBits(authority))),
    about.serialNumber,
  );
  const status = revoked ? explicit(1, generalizedTime(revoked.at)) : tlv(0x80);
  const data = sequence(
    explicit(1, authority.name),
    generalizedTime(options.thisUpdate ?? usualUpdate),
    sequence(
      sequence(
        id,
        status,
        generalizedTime(options.thisUpdate ?? usualUpdate),
        explicit(0, generalizedTime(options.nextUpdate ?? usualNext)),
      ),
    ),
  );
  const basic = sequence(
    data,
    signatureIdentifier(signer.kind),
    bits(sign("sha256", data, signer.key)),
    ...(options.signer ? [explicit(0, sequence(signer.certificate))] : []),
  );
  return sequence(tlv(0x0a, Buffer.from([0])), explicit(0, sequence(oid("1.3.6.1.5.5.7.48.1.1"), octets(basic))));
}

/** The last 65 bytes of a P-256 key's SubjectPublicKeyInfo are the point itself. */
function publicKeyBits({ certificate, key }: Party): Buffer {
  const spki = certificate.subarray(certificate.indexOf(Buffer.from("3059301306072a8648ce3d0201", "hex")));
  if (key.asymmetricKeyType !== "ec") throw new Error("Expected a P-256 authority");
  return spki.subarray(91 - 65, 91);
}
