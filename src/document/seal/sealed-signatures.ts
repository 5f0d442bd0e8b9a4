import { X509Certificate } from "node:crypto";
import { ContentInfo, SignedData } from "@peculiar/asn1-cms";
import { AsnConvert } from "@peculiar/asn1-schema";
import { type PdfObject, type PdfStructure, readDictionary, referenceEntry, resolve } from "./pdf-structure.ts";
import { type PdfDictionary, pdfArray } from "./pdf-values.ts";

export interface FormField {
  readonly field: PdfObject;
  readonly value: PdfDictionary;
}

/** The signature fields of a file that we sealed, in their order: the seal first, document timestamps after it. */
export function readFormFields(structure: PdfStructure): readonly FormField[] {
  const form = readDictionary(structure, referenceEntry(structure.catalog.value, "AcroForm", "catalog"));
  const fields = resolve(structure, form.value.entries.get("Fields") ?? pdfArray());
  if (fields.kind !== "array") throw new Error("Expected an array as /Fields of the form");
  return fields.items.map((item) => {
    if (item.kind !== "reference") throw new Error("Expected references only in /Fields");
    const field = readDictionary(structure, item);
    return { field, value: readDictionary(structure, referenceEntry(field.value, "V", "signature field")).value };
  });
}

export interface FileSignature {
  /** /Contents as it stands in the file, fill included. */
  readonly contents: Uint8Array;
  /** The certificates that travel with the signature and with the timestamp on it. */
  readonly certificates: readonly X509Certificate[];
  /** Whoever signed: the seal's certificate and that of its timestamp, or a document timestamp's alone. */
  readonly signers: readonly X509Certificate[];
}

/** The signatures of a file that we sealed; throws when one of them is not as we write it. */
export function readSignatures(structure: PdfStructure): readonly FileSignature[] {
  return readFormFields(structure).map(({ value }) => {
    const source = value.entries.get("Contents");
    if (source?.kind !== "string" || !source.source.startsWith("<")) throw new Error("Expected hexadecimal /Contents");
    const contents = Buffer.from(source.source.slice(1, -1), "hex");
    const own = readSigned(contents);
    const stamp = own.timestampToken === null ? null : readSigned(own.timestampToken);
    return {
      contents,
      certificates: [...own.certificates, ...(stamp?.certificates ?? [])],
      signers: [own.signer, ...(stamp === null ? [] : [stamp.signer])],
    };
  });
}

/** The certificate that signed this timestamp token; throws when it is not in there. */
export function timestampSigner(token: Uint8Array): X509Certificate {
  return readSigned(token).signer;
}

const ID_TIMESTAMP_TOKEN = "1.2.840.113549.1.9.16.2.14";

interface Signed {
  readonly certificates: readonly X509Certificate[];
  readonly signer: X509Certificate;
  readonly timestampToken: Uint8Array | null;
}

function readSigned(cms: Uint8Array): Signed {
  const signedData = AsnConvert.parse(AsnConvert.parse(cms, ContentInfo).content, SignedData);
  const [info] = signedData.signerInfos;
  const named = info?.sid.issuerAndSerialNumber;
  if (info === undefined || named === undefined) throw new Error("Expected a signer named by issuer and serial number");
  const certificates = [...(signedData.certificates ?? [])]
    .flatMap((choice) => choice.certificate ?? [])
    .map((each) => ({ each, read: new X509Certificate(Buffer.from(AsnConvert.serialize(each))) }));
  const issuer = Buffer.from(AsnConvert.serialize(named.issuer));
  const signer = certificates.find(
    ({ each: { tbsCertificate } }) =>
      Buffer.from(tbsCertificate.serialNumber).equals(Buffer.from(named.serialNumber)) &&
      Buffer.from(AsnConvert.serialize(tbsCertificate.issuer)).equals(issuer),
  );
  if (signer === undefined) throw new Error("Expected the signer's certificate in the signature");
  const token = info.unsignedAttrs?.find(({ attrType }) => attrType === ID_TIMESTAMP_TOKEN)?.attrValues[0];
  return {
    certificates: certificates.map(({ read }) => read),
    signer: signer.read,
    timestampToken: token === undefined ? null : new Uint8Array(token),
  };
}
