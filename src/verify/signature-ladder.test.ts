import { makeParty } from "./certificates.fixture.ts";
import { attribute, timestampAttribute } from "./cms.fixture.ts";
import { nothing, octets, oid, sequence, tlv } from "./der.fixture.ts";
import {
  type Case,
  otherRoot,
  root,
  type SignatureReason,
  seal,
  sealed,
  sealedBy,
  stamp,
  stampedAt,
  timeStamping,
  tsa,
  tsaRoot,
  under,
  walkLadder,
} from "./ladder.fixture.ts";

/** The lower rungs of `verdictOfReason`: the signature, its time and who vouches for it. */
walkLadder({
  malformed_signature: [
    ["bytes after the signature", () => sealed({ fill: (hex, length) => `${hex}01`.padEnd(length, "0") })],
    ["letters of both cases", () => sealed({ fill: (hex, length) => hex.replace("a", "A").padEnd(length, "0") })],
    ["white space in the value", () => sealed({ fill: (hex, length) => hex.padEnd(length - 2, "0").padEnd(length) })],
    [
      "an indefinite length",
      () => sealed({ fill: (hex, length) => hex.replace(/^3082..../, "3080").padEnd(length, "0") }),
    ],
    ["content of its own", () => sealedBy({ content: Buffer.from("other") })],
    ["an attribute twice", () => sealedBy({ signedAttributes: (usual) => [...usual, ...usual.slice(0, 1)] })],
    [
      "two message digests",
      () =>
        sealedBy({
          signedAttributes: ([a, , c]) =>
            [a, attribute("1.2.840.113549.1.9.4", octets(Buffer.alloc(32)), octets(Buffer.alloc(32, 1))), c].flatMap(
              (x) => x ?? [],
            ),
        }),
    ],
    ["nothing", () => sealed({ fill: (_, length) => "0".repeat(length) })],
  ],
  more_than_one_signer: [
    ["two signers", () => sealedBy({ signers: 2 })],
    ["no signer", () => sealedBy({ signers: 0 })],
  ],
  signed_attributes_missing: [
    ["none", () => sealedBy({ signedAttributes: () => null })],
    ["no content type", () => sealedBy({ signedAttributes: (usual) => usual.slice(1) })],
    ["no message digest", () => sealedBy({ signedAttributes: ([a, , c]) => [a, c].flatMap((x) => x ?? []) })],
    ["no certificate reference", () => sealedBy({ signedAttributes: (usual) => usual.slice(0, 2) })],
  ],
  algorithm_not_accepted: [
    ["SHA-1", () => sealedBy({ digestIdentifier: sequence(oid("1.3.14.3.2.26"), nothing) })],
    ["RSA of 1024 bits", () => sealedBy({ signer: makeParty({ name: "Short", issuer: root, kind: "rsa1024" }) })],
    [
      "a curve that is not accepted",
      () => sealedBy({ signer: makeParty({ name: "Long", issuer: root, kind: "p521" }) }),
    ],
    ["ECDSA with SHA-1", () => sealedBy({ signatureIdentifier: sequence(oid("1.2.840.10045.4.1")) })],
  ],
  digest_mismatch: [
    [
      "content changed after sealing",
      () => Buffer.from(sealed().toString("latin1").replace("One contract", "Two contract"), "latin1"),
    ],
  ],
  signing_certificate_mismatch: [
    [
      "a reference to another certificate",
      () =>
        sealedBy({
          signedAttributes: (usual) => [
            ...usual.slice(0, 2),
            attribute("1.2.840.113549.1.9.16.2.47", sequence(sequence(sequence(octets(Buffer.alloc(32)))))),
          ],
        }),
    ],
    ["a certificate that is not carried", () => sealedBy({ certificates: [root.certificate] })],
  ],
  signature_invalid: [
    ["another key", () => sealedBy({ signer: { ...seal, key: otherRoot.key } })],
    [
      "an algorithm that is not the key's",
      () => sealedBy({ signatureIdentifier: sequence(oid("1.2.840.113549.1.1.11"), nothing) }),
    ],
    [
      "a digest that is not the signature's",
      () => sealedBy({ signatureIdentifier: sequence(oid("1.2.840.10045.4.3.3")) }),
    ],
  ],
  unsigned_content: [
    ["an unknown unsigned attribute", () => sealedBy({ unsignedAttributes: () => [attribute("1.2.3.4", nothing)] })],
    ["revocation data", () => sealedBy({ revocationData: sequence() })],
    ["a certificate that nobody here signed", () => sealedBy({ certificates: [seal.certificate, tsa.certificate] })],
    [
      "certificates that sign themselves and each other",
      () => sealedBy({ certificates: [seal.certificate, tsaRoot.certificate, tsa.certificate] }),
    ],
  ],
  timestamp_invalid: [
    [
      "a stamp over another signature",
      () => sealedBy({ unsignedAttributes: timestampAttribute(tsa, { time: stampedAt, over: Buffer.from("x") }) }),
    ],
    [
      "a stamp by a certificate for sealing",
      () => sealedBy({ unsignedAttributes: timestampAttribute(seal, { time: stampedAt }) }),
    ],
    [
      "a stamp with another key",
      () => sealedBy({ unsignedAttributes: timestampAttribute({ ...tsa, key: seal.key }, { time: stampedAt }) }),
    ],
    [
      "a stamp from the future",
      () => sealedBy({ unsignedAttributes: timestampAttribute(tsa, { time: new Date("2026-03-02T00:00:00Z") }) }),
    ],
    [
      "a stamp that is not one",
      () => sealedBy({ unsignedAttributes: () => [attribute("1.2.840.113549.1.9.16.2.14", nothing)] }),
    ],
  ],
  chain_untrusted: [
    ["another root", () => sealed(), { roots: [otherRoot.certificate] }],
    ["no root", () => sealed(), { roots: [] }],
    ["a root of the same name", () => sealed(), { roots: [makeParty({ name: "Root" }).certificate] }],
    ["an issuer that is no authority", () => sealedBy(under(makeParty({ name: "Clerk", issuer: root })))],
    [
      "an issuer that may not sign certificates",
      () => sealedBy(under(makeParty({ name: "CA", issuer: root, authority: true, keyUsage: 0x80 }))),
    ],
    [
      "an authority below a path length of 0",
      () => {
        const short = makeParty({ name: "Short", issuer: root, authority: true, pathLength: 0 });
        const below = makeParty({ name: "Below", issuer: short, authority: true });
        const { signer, certificates } = under(below);
        return sealedBy({ signer, certificates: [...certificates, short.certificate] });
      },
    ],
    [
      "a critical extension that nobody knows",
      () =>
        sealedBy({
          signer: makeParty({
            name: "Odd",
            issuer: root,
            extensions: [sequence(oid("1.2.3.4"), tlv(1, Buffer.from([0xff])), octets(nothing))],
          }),
        }),
    ],
  ],
  certificate_not_for_sealing: [
    [
      "a time-stamping certificate",
      () => sealedBy({ signer: makeParty({ name: "TSA", issuer: root, ...timeStamping }) }),
    ],
    [
      "a web server's certificate",
      () => sealedBy({ signer: makeParty({ name: "www", issuer: root, purposes: ["1.3.6.1.5.5.7.3.1"] }) }),
    ],
    [
      "a certificate without key usage",
      () => sealedBy({ signer: makeParty({ name: "Any", issuer: root, keyUsage: null }) }),
    ],
  ],
  certificate_expired_before_signing: [
    [
      "a stamp after the certificate ended",
      () =>
        sealedBy({
          signer: makeParty({ name: "Old", issuer: root, notAfter: new Date("2026-02-01T00:00:00Z") }),
          unsignedAttributes: stamp,
        }),
      { timestampRoots: [tsaRoot.certificate] },
    ],
  ],
  certificate_expired_without_timestamp: [
    [
      "an expired certificate without a stamp",
      () => sealedBy({ signer: makeParty({ name: "Old", issuer: root, notAfter: new Date("2026-02-28T23:59:59Z") }) }),
    ],
  ],
  certificate_not_yet_valid: [
    [
      "a certificate of tomorrow",
      () => sealedBy({ signer: makeParty({ name: "New", issuer: root, notBefore: new Date("2026-03-02T00:00:00Z") }) }),
    ],
    [
      "a stamp before the certificate began",
      () =>
        sealedBy({
          signer: makeParty({ name: "New", issuer: root, notBefore: new Date("2026-02-28T12:00:00Z") }),
          unsignedAttributes: stamp,
        }),
      { timestampRoots: [tsaRoot.certificate] },
    ],
  ],
  timestamp_untrusted: [
    [
      "a stamp of an authority that is not the named one",
      () => sealedBy({ unsignedAttributes: stamp }),
      { timestampRoots: [otherRoot.certificate] },
    ],
  ],
  intact: [
    ["the plainest seal", () => sealed()],
    ["upper-case letters in the value", () => sealed({ fill: (hex, length) => hex.toUpperCase().padEnd(length, "0") })],
    ["P-384", () => sealedBy({ signer: makeParty({ name: "P-384", issuer: root, kind: "p384" }) })],
    ["RSA of 2048 bits", () => sealedBy({ signer: makeParty({ name: "RSA", issuer: root, kind: "rsa2048" }) })],
    ["an authority in between", () => sealedBy(under(makeParty({ name: "CA", issuer: root, authority: true })))],
    ["the root carried along", () => sealedBy({ certificates: [seal.certificate, root.certificate] })],
    [
      "a certificate for documents only",
      () => sealedBy({ signer: makeParty({ name: "Doc", issuer: root, purposes: ["1.3.6.1.5.5.7.3.36"] }) }),
    ],
  ],
} satisfies Record<SignatureReason, readonly Case[]>);
