import { type Verification, verifyContract } from "../application/verify-contract.ts";
import type { Localized } from "../domain/localized.ts";
import { standingText } from "../domain/refusal-text.ts";
import { instantOf, isoOf } from "../domain/time.ts";
import { reasonSentence, signatureSentence } from "../domain/verification-text.ts";
import { type Command, positional, readArguments } from "./command.ts";
import { givenFile } from "./given-file.ts";
import type { Installation } from "./installation.ts";
import { type CheckedProofs, checkProofs, proofLines, readGivenProofs } from "./offline-proofs.ts";
import { EXIT, type Terminal, WrongUse } from "./terminal.ts";

/** Offline nobody can be asked whether the file was issued here, nor what it is worth now. */
type Answer = Omit<Verification, "issuedHere"> & { readonly issuedHere: boolean | null };

/** `orderseal verify <file.pdf>`: exit 0 only when the seal is sound. */
export const verifyCommand: Command = {
  name: "verify",
  usage: "verify <file.pdf> [--offline] [--trust root.pem] [--log-key KEY [--proof FILE] [--status FILE]] [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      {
        offline: { type: "boolean", default: false },
        trust: { type: "string" },
        "log-key": { type: "string" },
        proof: { type: "string" },
        status: { type: "string" },
      },
      { least: 1, most: 1 },
    );
    const pdf = await givenFile(positional(positionals, 0));
    const trust = values.trust === undefined ? null : (await givenFile(values.trust)).toString("utf8");
    if (trust !== null && !trust.includes("BEGIN CERTIFICATE")) {
      throw new WrongUse(`--trust needs a PEM file with a certificate, which "${values.trust}" is not.`);
    }
    const given = await readGivenProofs(values);
    const answer = await ask(installation, pdf, trust, values.offline || trust !== null);
    const proofs = given && checkProofs(given, pdf, instantOf(Date.now()));
    if (values.json) terminal.out(`${JSON.stringify({ ...answer, ...(proofs && proofsJson(answer, proofs)) })}\n`);
    else terminal.out(sentences(answer, proofs, terminal));
    return answer.verdict === "passed" && !proofs?.faults.length ? EXIT.done : EXIT.refused;
  },
};

async function ask(
  installation: Installation,
  pdf: Uint8Array,
  trust: string | null,
  offline: boolean,
): Promise<Answer> {
  if (!offline) return installation.use((open) => verifyContract(open, pdf));
  return { ...(await installation.checkSeal(pdf, trust)), issuedHere: null, number: null, standing: null };
}

/** Online the books know best; offline what was signed tells number and standing. */
function proofsJson({ number, standing }: Answer, { logged, status, isCurrent, faults }: CheckedProofs) {
  const proven = logged && { ...logged.statement, at: isoOf(logged.statement.at), index: logged.index, ...logged.head };
  return {
    number: number ?? logged?.statement.number ?? status?.number ?? null,
    standing: standing ?? (isCurrent ? (status?.standing ?? null) : null),
    logged: proven && { ...proven, root: Buffer.from(proven.root).toString("hex") },
    status: status && { ...status, asOf: isoOf(status.asOf), nextUpdate: isoOf(status.nextUpdate), isCurrent },
    faults: faults.map(({ en }) => en),
  };
}

/** Two answers, kept apart: is the file what was sealed, and what is the contract worth? */
function sentences(answer: Answer, proofs: CheckedProofs | null, { language }: Terminal): string {
  const { verdict, reason, signature, issuedHere, standing } = answer;
  const isUploaded = reason === "uploaded_not_sealed_here";
  const lines = [
    `${verdict} (${reason}): ${(isUploaded ? uploadedText(answer.number) : reasonSentence(reason))[language]}`,
  ];
  if (verdict !== "passed" && !isUploaded && signature !== "none") lines.push(signatureSentence(signature)[language]);
  const signer = signerText(answer);
  if (signer) lines.push(signer[language]);
  if (answer.signer?.includes("DEMO 演示")) lines.push(WORDS.demo[language]);
  if (issuedHere !== null && !isUploaded) lines.push(WORDS[issuedHere ? "issuedHere" : "notIssuedHere"][language]);
  if (proofs) lines.push(...proofLines(proofs).map((line) => line[language]));
  else if (issuedHere === null) lines.push(WORDS.offline[language]);
  if (standing) lines.push(`${WORDS.standing[language]}${standing} (${standingText(standing)[language]})`);
  return `${lines.join("\n")}\n`;
}

const WORDS = {
  demo: { "zh-CN": "演示签章，不具有法律效力", en: "a demonstration seal: no legal effect" },
  issuedHere: { "zh-CN": "由本系统出具", en: "issued by this system" },
  notIssuedHere: { "zh-CN": "并非由本系统出具", en: "not issued by this system" },
  offline: {
    "zh-CN": "离线核验不查询是否由本系统出具，也不查询合同当前状态",
    en: "checked offline: whether it was issued by this system, and what it is worth now, was not asked",
  },
  standing: { "zh-CN": "合同状态：", en: "standing: " },
} as const satisfies Record<string, Localized>;

/** A certificate that nobody here vouches for may name anybody. */
function signerText({ verdict, reason, signer, sealedAt }: Answer): Localized | null {
  if (signer === null) return null;
  if (verdict === "passed" || reason === "not_issued_here") {
    return {
      "zh-CN": `签章方：${signer}${sealedAt ? `，签章时间：${sealedAt}` : ""}`,
      en: `sealed by ${signer}${sealedAt ? ` at ${sealedAt}` : ""}`,
    };
  }
  return {
    "zh-CN": `签名证书上的名称：${signer}（由证书自行载明，本系统未作核实）${sealedAt ? `，所称签名时间：${sealedAt}` : ""}`,
    en: `signed by whom its certificate calls ${signer}, for which nobody here vouches${sealedAt ? `, at ${sealedAt} as it says` : ""}`,
  };
}

/** R20: the very file that the desk uploaded, so that it is the order's contract, though no seal of ours is on it. */
function uploadedText(number: string | null): Localized {
  return {
    "zh-CN": `该文件是卖方合同专员为订单上传的线下合同 ${number ?? ""}，内容与上传时一致，并非由本系统签章。`,
    en: `the file is the order's uploaded contract ${number ?? ""}, as the seller's contract desk uploaded it; this system did not seal it.`,
  };
}
