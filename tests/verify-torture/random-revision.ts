import {
  type Objects,
  objectStream,
  Patient,
  type RevisionParts,
  revise,
  reviseByStream,
  stream,
} from "../../src/verify/attacks/pdf-surgery.fixture.ts";

export type Random = () => number;

const patients = new WeakMap<Buffer, Patient>();

/** The contract with one to three updates of chance behind it: most look as real ones do, some are nothing but bytes. */
export function randomRevision(pdf: Buffer, random: Random): Buffer {
  let file = pdf;
  const rounds = random() < 0.8 ? 1 : 1 + below(random, 3);
  for (let round = 0; round < rounds; round += 1) file = oneMore(file, random);
  return file.length > pdf.length ? file : Buffer.concat([file, Buffer.from([below(random, 256)])]);
}

function oneMore(pdf: Buffer, random: Random): Buffer {
  const patient = patientOf(pdf);
  if (!patient || random() < 0.1) return Buffer.concat([pdf, randomBytes(random)]);
  const objects = chosenObjects(patient, random);
  if (random() < 0.15) {
    const compressed = Object.fromEntries(Object.entries(objects).filter(([, text]) => !text.includes("stream\n")));
    const plain = Object.fromEntries(Object.entries(objects).filter(([, text]) => text.includes("stream\n")));
    return reviseByStream(pdf, { compressed, plain });
  }
  return revise(pdf, objects, randomParts(patient, random));
}

/** Null for a file that an update before has spoilt so far that nothing can be found in it. */
function patientOf(pdf: Buffer): Patient | null {
  try {
    const patient = patients.get(pdf) ?? new Patient(pdf);
    patients.set(pdf, patient);
    return patient;
  } catch {
    return null;
  }
}

const ENDS = ["no table", "no trailer", "no startxref", "old startxref", "no EOF", "none"] as const;

function randomParts(p: Patient, random: Random): RevisionParts {
  const chance = (probability: number): boolean => random() < probability;
  return {
    end: chance(0.15) ? oneOf(ENDS, random) : "usual",
    ...(chance(0.05) ? { size: p.size + below(random, 9) - 4 } : {}),
    ...(chance(0.05) ? { root: below(random, p.size + 3) } : {}),
    ...(chance(0.05)
      ? {
          prev: oneOf(
            [null, 0, p.pdf.length, below(random, p.pdf.length), Number(/\/Prev (\d+)/.exec(p.text)?.[1] ?? 0)],
            random,
          ),
        }
      : {}),
    ...(chance(0.1)
      ? { rows: { [below(random, p.size)]: p.text.lastIndexOf(" 0 obj", below(random, p.pdf.length)) - 1 } }
      : {}),
    ...(chance(0.08)
      ? { before: oneOf(["% a comment\n", "\n\n", "%PDF-1.7\n", "9 0 obj\nnull\nendobj\n"], random) }
      : {}),
    ...(chance(0.05) ? { between: oneOf(["% a comment\n", "8 0 obj\nnull\nendobj\n"], random) } : {}),
    ...(chance(0.05) ? { behind: oneOf(["\n", "% a comment\n", "%%EOF\n", "\0"], random) } : {}),
  };
}

/** One to four objects of the contract, or new ones, with other contents. */
function chosenObjects(p: Patient, random: Random): Objects {
  const objects: Record<number, string> = {};
  const important = [p.catalog, p.form, p.widget, p.page, p.content, p.signature, p.size];
  for (let count = 1 + below(random, 4); count > 0; count -= 1) {
    const number = random() < 0.7 ? oneOf(important, random) : below(random, p.size + 4);
    objects[number] = number === 0 ? "null" : replacement(p, number, random);
  }
  return objects;
}

type Replacement = (p: Patient, number: number, random: Random) => string;

const NAMES = [
  "Type",
  "DSS",
  "Certs",
  "AP",
  "V",
  "Annots",
  "Contents",
  "OpenAction",
  "Names",
  "Perms",
  "Rect",
  "F",
  "TU",
  "AA",
];
const VALUES = [
  "null",
  "true",
  "0",
  "1",
  "[]",
  "<<>>",
  "(x)",
  "<00>",
  "/Name",
  "1 0 R",
  "[1 0 R]",
  "9999 0 R",
  "[0 0 595 842]",
  "[0 0 0 0]",
];

/** What looks most like an update that is permitted stands first: archive data, timestamps, the same once more. */
const REPLACEMENTS: readonly Replacement[] = [
  (p, number) => bodyOr(p, number),
  (p, number, random) => bodyOr(p, number).replace(/>>$/, `/DSS ${p.size + below(random, 2)} 0 R>>`),
  (p, _, random) =>
    `<</Type/DSS/${oneOf(["Certs", "CRLs", "OCSPs", "VRI"], random)}[${p.size + 1 + below(random, 2)} 0 R]>>`,
  (_, __, random) => stream(randomBytes(random).toString("latin1")),
  (p, number, random) => bodyOr(p, number).replace(/>>$/, `/${oneOf(NAMES, random)} ${oneOf(VALUES, random)}>>`),
  (p, number, random) => {
    const body = bodyOr(p, number);
    const names = [...body.matchAll(/\/[A-Za-z]+ /g)];
    const name = names[below(random, Math.max(1, names.length))];
    return name
      ? `${body.slice(0, name.index)}/X${name[0].slice(1)}${body.slice(name.index + name[0].length)}`
      : "null";
  },
  (p, number, random) => bodyOr(p, number).replace(/\b\d{1,6} 0 R/, `${below(random, p.size + 2)} 0 R`),
  (p, number, random) => bodyOr(p, number).replace(/\[([^\]]*)\]/, `[$1 ${below(random, p.size + 2)} 0 R]`),
  (p) => `<</Type/Annot/Subtype/Widget/FT/Sig/T(S)/F 132/Rect[0 0 0 0]/P ${p.page} 0 R/V ${p.size + 1} 0 R>>`,
  (p) =>
    p
      .body(p.signature)
      .replace(/\/Type \/Sig/, "/Type /DocTimeStamp")
      .replace(/ETSI\.CAdES\.detached/, "ETSI.RFC3161"),
  (p) => p.body(p.signature),
  (p) => `<</Type/Annot/Subtype/FreeText/Contents(PAY MALLORY)/Rect[0 0 595 842]/P ${p.page} 0 R>>`,
  () => stream("BT /f0 40 Tf 60 400 Td (PAY MALLORY) Tj ET"),
  (p) => objectStream({ [p.page]: "<</Type/Page>>" }),
  (_, __, random) => oneOf(VALUES, random),
  () => "<</Type/Catalog/Pages 1 0 R>>",
];

function replacement(p: Patient, number: number, random: Random): string {
  return oneOf(REPLACEMENTS, random)(p, number, random);
}

function bodyOr(p: Patient, number: number): string {
  return p.text.includes(`\n${number} 0 obj`) ? p.body(number) : "<<>>";
}

function randomBytes(random: Random): Buffer {
  return Buffer.from(Array.from({ length: 1 + below(random, 200) }, () => below(random, 256)));
}

export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

export function oneOf<Value>(values: readonly Value[], random: Random): Value {
  const value = values[below(random, values.length)];
  if (value === undefined) throw new Error("nothing to choose from");
  return value;
}
