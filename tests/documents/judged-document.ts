import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ContentInfo, SignedData } from "@peculiar/asn1-cms";
import { AsnConvert } from "@peculiar/asn1-schema";
import { extractSignature } from "../../src/document/seal/signature-extraction.fixture.ts";
import { type Judge, judgeAtOnce } from "../judges.ts";

/** A sealed document and the parts of its signature, each in a file, as command-line judges want them. */
export interface JudgedDocument {
  readonly name: string;
  readonly pdf: string;
  readonly cms: string;
  readonly content: string;
  readonly sealRoot: string;
  /** Null at level B-B. */
  readonly timestamp: { readonly token: string; readonly signature: string; readonly root: string } | null;
}

const ID_TIMESTAMP_TOKEN = "1.2.840.113549.1.9.16.2.14";

export interface Roots {
  readonly sealRoot: string;
  readonly timestampRoot: string | null;
}

/** Writes everything that the judges need into a folder of its own under `directory`. */
export async function layBeforeJudges(
  directory: string,
  name: string,
  sealed: Uint8Array,
  { sealRoot, timestampRoot }: Roots,
): Promise<JudgedDocument> {
  const folder = join(directory, name);
  await mkdir(folder, { recursive: true });
  const lay = async (file: string, bytes: Uint8Array): Promise<string> => {
    await writeFile(join(folder, file), bytes);
    return join(folder, file);
  };
  const { cms, content } = extractSignature(Buffer.from(sealed));
  const timestamp = timestampRoot === null ? null : timestampIn(cms);
  return {
    name,
    pdf: await lay("sealed.pdf", sealed),
    cms: await lay("cms.der", cms),
    content: await lay("content", content),
    sealRoot,
    timestamp:
      timestamp && timestampRoot !== null
        ? {
            token: await lay("token.der", timestamp.token),
            signature: await lay("signature", timestamp.signature),
            root: timestampRoot,
          }
        : null,
  };
}

/** Throws where there is none: a document of level B-T without a token is no such document. */
function timestampIn(cms: Uint8Array): { readonly token: Uint8Array; readonly signature: Uint8Array } {
  const [signer] = AsnConvert.parse(AsnConvert.parse(cms, ContentInfo).content, SignedData).signerInfos;
  const token = signer?.unsignedAttrs?.find(({ attrType }) => attrType === ID_TIMESTAMP_TOKEN)?.attrValues[0];
  if (!signer || !token) throw new Error("the signature carries no timestamp");
  return { token: new Uint8Array(token), signature: new Uint8Array(signer.signature.buffer) };
}

/** The same with one byte changed in everything that was signed. */
export async function changedCopy(document: JudgedDocument): Promise<JudgedDocument> {
  const changed = async (path: string): Promise<string> => {
    const bytes = await readFile(path);
    const at = Math.floor(bytes.length / 3);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    await writeFile(`${path}.changed`, bytes);
    return `${path}.changed`;
  };
  const { pdf, content, timestamp } = document;
  return {
    ...document,
    pdf: await changed(pdf),
    content: await changed(content),
    timestamp: timestamp && { ...timestamp, signature: await changed(timestamp.signature) },
  };
}

interface Question {
  readonly judge: Judge;
  /** Null where the judge has nothing to say of the document. */
  commandLine(document: JudgedDocument): readonly string[] | null;
  readonly says: readonly string[];
}

/** What is asked of tools that we did not write, and what they must say besides ending well. */
export const QUESTIONS: Readonly<Record<string, Question>> = {
  "pdfsig: valid, total document signed": {
    judge: "pdfsig",
    commandLine: ({ pdf }) => ["-nocert", pdf],
    says: ["Signature Validation: Signature is Valid.", "Total document signed"],
  },
  "qpdf --check": {
    judge: "qpdf",
    commandLine: ({ pdf }) => ["--check", pdf],
    says: ["No syntax or stream encoding errors"],
  },
  "openssl cms -verify -cades": {
    judge: "openssl",
    commandLine: ({ cms, content, sealRoot }) => [
      ..."cms -verify -cades -binary -inform DER -purpose any -out /dev/null".split(" "),
      ...["-in", cms, "-content", content, "-CAfile", sealRoot],
    ],
    says: ["CAdES Verification successful"],
  },
  "openssl ts -verify": {
    judge: "openssl",
    commandLine: ({ timestamp }) =>
      timestamp && [
        ...["ts", "-verify", "-token_in", "-in", timestamp.token],
        ...["-data", timestamp.signature, "-CAfile", timestamp.root],
      ],
    says: ["Verification: OK"],
  },
  "mutool sign -v": {
    judge: "mutool",
    commandLine: ({ pdf }) => ["sign", "-v", pdf],
    says: ["unchanged since signing"],
  },
};

export type Verdict = "accepted" | "not asked" | { readonly refused: string };

export async function ask(question: string, document: JudgedDocument): Promise<Verdict> {
  const { judge, commandLine, says } = QUESTIONS[question] ?? unknownQuestion(question);
  const [run, words] = [judgeAtOnce(judge), commandLine(document)];
  if (run === null || words === null) return "not asked";
  const { exitCode, output } = await run(...words);
  return exitCode === 0 && says.every((sentence) => output.includes(sentence)) ? "accepted" : { refused: output };
}

function unknownQuestion(question: string): never {
  throw new Error(`nobody is asked "${question}"`);
}
