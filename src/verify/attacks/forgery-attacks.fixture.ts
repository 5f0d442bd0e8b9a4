import { createHash } from "node:crypto";
import { makeParty } from "../certificates.fixture.ts";
import { type CmsOptions, makeCms } from "../cms.fixture.ts";
import { type AttackFamily, attacks } from "./attack.fixture.ts";
import { sealByStranger } from "./attacked-contracts.fixture.ts";
import { inPlace, type Patient, revise } from "./pdf-surgery.fixture.ts";

/** In the place of the range; the dictionary keeps its length, so that nothing else moves. */
const range = (text: string) => (patient: Patient) => inPlace(patient.pdf, patient.byteRange, text);
/** In the place of the signature's value. */
const value = (text: string | ((value: string) => string)) => (patient: Patient) =>
  inPlace(patient.pdf, patient.value, typeof text === "string" ? text : text(patient.value));
const key = (from: string, to: string) => (patient: Patient) => inPlace(patient.pdf, from, to);
const numbers = ({ byteRange }: Patient): string[] => byteRange.match(/\d+/g) ?? [];

const mallory = makeParty({ name: "深圳市示例云计算有限公司" });

/** Somebody else's signature over what the seal is over. */
const signedBy = (options: Partial<CmsOptions>) => (patient: Patient) => {
  const [start, end] = patient.hole;
  const digest = createHash("sha256").update(patient.pdf.subarray(0, start)).update(patient.pdf.subarray(end)).digest();
  const hex = makeCms(digest, { signer: mallory, ...options }).toString("hex");
  return inPlace(patient.pdf, patient.value, `<${hex.padEnd(patient.value.length - 2, "0")}>`);
};

export const UNIVERSAL_FORGERY: AttackFamily = {
  name: "universal signature forgery",
  source: "Mladenov, Mainka, Meyer zu Selhausen, Grothe, Schwenk: 1 Trillion Dollar Refund (CCS 2019)",
  attacks: attacks([
    ["byte_range_invalid", "no /ByteRange", range("")],
    ["byte_range_invalid", "/ByteRange is null", range("/ByteRange null")],
    ["byte_range_invalid", "/ByteRange is empty", range("/ByteRange []")],
    ["byte_range_invalid", "/ByteRange is a name", range("/ByteRange /All")],
    ["byte_range_invalid", "/ByteRange is a number", range("/ByteRange 0")],
    ["byte_range_invalid", "/ByteRange is a string", range("/ByteRange (0 1 2 3)")],
    ["byte_range_invalid", "/ByteRange is a dictionary", range("/ByteRange <</A 0>>")],
    ["byte_range_invalid", "/ByteRange is an object that is not there", range("/ByteRange 9999 0 R")],
    ["byte_range_invalid", "/ByteRange of zeros", range("/ByteRange [0 0 0 0]")],
    [
      "byte_range_invalid",
      "/ByteRange of three numbers",
      (p) => range(`/ByteRange [${numbers(p).slice(0, 3).join(" ")}]`)(p),
    ],
    ["byte_range_invalid", "/ByteRange of six numbers", (p) => range(`/ByteRange [${numbers(p).join(" ")} 9 9]`)(p)],
    ["byte_range_invalid", "/ByteRange with a negative offset", range("/ByteRange [0 -1 1 10]")],
    ["byte_range_invalid", "/ByteRange with a negative length", range("/ByteRange [0 10 20 -10]")],
    ["byte_range_invalid", "/ByteRange that begins below zero", range("/ByteRange [-1 10 20 10]")],
    ["byte_range_invalid", "/ByteRange that leaves out the head", range("/ByteRange [9 100 200 300]")],
    [
      "byte_range_invalid",
      "/ByteRange with huge numbers",
      (p) => range(`/ByteRange [0 ${numbers(p)[1]} 99999999999999999999 1]`)(p),
    ],
    [
      "byte_range_invalid",
      "/ByteRange with fractions",
      (p) => range(`/ByteRange [0 ${numbers(p)[1]}.5 ${numbers(p)[2]} 9]`)(p),
    ],
    ["byte_range_invalid", "/ByteRange of strings", range("/ByteRange [(0) (1) (2) (3)]")],
    [
      "byte_range_invalid",
      "/ByteRange without a hole",
      (p) => range(`/ByteRange [0 ${p.pdf.length} ${p.pdf.length} 0]`)(p),
    ],
    [
      "byte_range_invalid",
      "/ByteRange that runs backwards",
      (p) => range(`/ByteRange [0 ${numbers(p)[2]} ${numbers(p)[1]} 9]`)(p),
    ],
    ["malformed_structure", "two /ByteRange", range("/ByteRange [0 0 0 0]/ByteRange [0 1 1 0]")],
    ["malformed_structure", "no /Contents", key("/Contents <", "/Kontents <")],
    ["malformed_structure", "/Contents is null", value("null")],
    ["malformed_structure", "/Contents is a name", value("/Valid")],
    ["malformed_structure", "/Contents is a number", value("0")],
    ["malformed_structure", "/Contents is an array", value((hex) => `[${hex.slice(0, -4)}>]`)],
    ["malformed_structure", "/Contents is a literal string", value("()")],
    ["malformed_structure", "/Contents is an object that is not there", value("9999 0 R")],
    ["byte_range_invalid", "/Contents is empty", value("<>")],
    ["byte_range_invalid", "/Contents is a zero byte", value("<00>")],
    ["malformed_signature", "/Contents is nothing but zeros", value((hex) => `<${"0".repeat(hex.length - 2)}>`)],
    ["byte_range_invalid", "/Contents has an odd number of digits", value((hex) => `${hex.slice(0, -2)}>`)],
    [
      "malformed_signature",
      "/Contents in digits of both cases",
      value((hex) => hex.replace(/[a-f]/, (digit) => digit.toUpperCase())),
    ],
    [
      "malformed_signature",
      "/Contents with white space between digits",
      value((hex) => `${hex.slice(0, 9)} ${hex.slice(9, -2)}>`),
    ],
    ["malformed_signature", "something in the space after the signature", value((hex) => `${hex.slice(0, -3)}ff>`)],
    ["malformed_signature", "a signature value without its frame", value((hex) => `<3000${hex.slice(5)}`)],
    [
      "byte_range_invalid",
      "the dictionary is of another type and has no range",
      (p) => inPlace(range("")(p), "/Type /Sig /Filter", "/Type /Fog /Filter"),
    ],
    ["algorithm_not_accepted", "/SubFilter of bare RSA", key("/ETSI.CAdES.detached", "/adbe.x509.rsa_sha1")],
    ["algorithm_not_accepted", "/SubFilter of SHA-1 inside", key("/ETSI.CAdES.detached", "/adbe.pkcs7.sha1")],
    ["signature_format_not_supported", "no /SubFilter", key("/SubFilter /ETSI.CAdES.detached", "")],
    ["digest_mismatch", "another /Filter", key("/Adobe.PPKLite", "/Nobody")],
    ["more_than_one_signer", "a signature of nobody", signedBy({ signers: 0 })],
    ["more_than_one_signer", "a signature of two", signedBy({ signers: 2 })],
    ["signed_attributes_missing", "a signature without signed attributes", signedBy({ signedAttributes: () => null })],
    [
      "malformed_signature",
      "a signature that brings its own content",
      signedBy({ content: Buffer.from("all is well") }),
    ],
    ["chain_untrusted", "a sound signature by somebody of the same name", signedBy({})],
    [
      "digest_mismatch",
      "a signature over nothing at all",
      (p) => {
        const hex = makeCms(createHash("sha256").digest(), { signer: mallory }).toString("hex");
        return inPlace(p.pdf, p.value, `<${hex.padEnd(p.value.length - 2, "0")}>`);
      },
    ],
    [
      "chain_untrusted",
      "sealed anew under another root",
      async (p) => sealByStranger(p.pdf.subarray(0, p.text.indexOf("%%EOF\n", p.text.indexOf("startxref")) + 6)),
    ],
    [
      "malformed_structure",
      "a later signature object that is no dictionary",
      (p) => revise(p.pdf, { [p.signature]: "true" }),
    ],
    [
      "malformed_structure",
      "a later signature without value and range",
      (p) => revise(p.pdf, { [p.signature]: "<</Type /Sig /SubFilter /ETSI.CAdES.detached>>" }),
    ],
  ]),
};

export const SWAPPED_VALUES: AttackFamily = {
  name: "values that belong to other files",
  source: "transplanted signatures",
  attacks: attacks([
    [
      "digest_mismatch",
      "the value of the same seller's other contract",
      (p, { order }) => {
        const [start, end] = holeOf(order.pdf);
        const hex = order.pdf.toString("latin1", start, end);
        return inPlace(p.pdf, p.value, hex.length === p.value.length ? hex : `${hex.slice(0, p.value.length - 1)}>`);
      },
    ],
    [
      "digest_mismatch",
      "the value of a contract sealed with another kind of key",
      (p, { rsa }) => {
        const [start, end] = holeOf(rsa.pdf);
        const hex = rsa.pdf.toString("latin1", start, end).replace(/0*>$/, "");
        return inPlace(p.pdf, p.value, `${hex.padEnd(p.value.length - 1, "0")}>`);
      },
    ],
  ]),
};

function holeOf(pdf: Buffer): readonly [number, number] {
  const start = pdf.lastIndexOf("/Contents <") + 10;
  return [start, pdf.indexOf(">", start) + 1];
}
