import type { AttackedContracts } from "../../src/verify/attacks/attacked-contracts.fixture.ts";
import { below, oneOf, type Random } from "./random-revision.ts";

const TOKENS = [
  "9999999999",
  "-1",
  "0",
  "4294967295",
  "1e9",
  "null",
  "true",
  "<<",
  ">>",
  "[",
  "]",
  "(",
  ")",
  "<",
  ">",
  "%",
  "stream\n",
  "endstream",
  "endobj",
  "1 0 obj",
  "1 0 R",
  "9999 0 R",
  "/Type/Sig",
  "/ByteRange[0 1 2 3]",
  "/Length 99999999",
  "/Filter/FlateDecode",
  "/Type/ObjStm/N 9/First 9",
  "xref\n0 1\n",
  "trailer<</Size 9>>",
  "startxref\n0\n%%EOF\n",
  "/Prev 9",
  "/Encrypt 1 0 R",
  "/XRefStm 9",
  "\0",
  "\r",
  "#00",
  "/Kids[1 0 R]",
  "/Contents<00>",
  "[".repeat(70),
];

type Mutation = (file: Buffer, random: Random, contracts: AttackedContracts) => Buffer;

const somewhere = (file: Buffer, random: Random): number => below(random, file.length + 1);
const spliced = (file: Buffer, at: number, removed: number, added: Buffer): Buffer =>
  Buffer.concat([file.subarray(0, at), added, file.subarray(at + removed)]);

const MUTATIONS: readonly Mutation[] = [
  (file, random) => {
    const changed = Buffer.from(file);
    for (let times = 1 + below(random, 32); times > 0 && changed.length > 0; times -= 1)
      changed.writeUInt8(below(random, 256), below(random, changed.length));
    return changed;
  },
  (file, random) => spliced(file, somewhere(file, random), 1 + below(random, 400), Buffer.alloc(0)),
  (file, random) => spliced(file, somewhere(file, random), 0, Buffer.from(oneOf(TOKENS, random), "latin1")),
  (file, random) => {
    const token = Buffer.from(oneOf(TOKENS, random), "latin1");
    return spliced(file, somewhere(file, random), token.length, token);
  },
  (file, random) => {
    const from = somewhere(file, random);
    return spliced(file, somewhere(file, random), 0, file.subarray(from, from + below(random, 4000)));
  },
  (file, random, contracts) => {
    const { pdf } = oneOf(Object.values(contracts), random);
    const from = somewhere(pdf, random);
    return spliced(file, somewhere(file, random), below(random, 2000), pdf.subarray(from, from + below(random, 4000)));
  },
  (file, random, contracts) =>
    Buffer.concat([
      file.subarray(0, somewhere(file, random)),
      oneOf(Object.values(contracts), random).pdf.subarray(below(random, 5000)),
    ]),
  replacedNumber,
  replacedNumber,
];

/** One of the file's numbers, mostly of its structure near the end, is another one. */
function replacedNumber(file: Buffer, random: Random): Buffer {
  const text = file.toString("latin1");
  const from = random() < 0.5 ? somewhere(file, random) : Math.max(0, file.length - below(random, 3000));
  const found = /\d+/.exec(text.slice(from));
  if (!found) return file;
  const number = Number(found[0]);
  const other = oneOf(
    ["0", "-1", "99999999999999999999", String(number + 1), String(number - 1), String(number * 2), "0.5"],
    random,
  );
  return spliced(file, from + found.index, found[0].length, Buffer.from(other));
}

/** A contract with one to five such changes. */
export function fuzzedFile(contracts: AttackedContracts, random: Random): Buffer {
  let file = oneOf(Object.values(contracts), random).pdf;
  for (let times = 1 + below(random, 5); times > 0; times -= 1)
    file = oneOf(MUTATIONS, random)(file, random, contracts);
  return file;
}
