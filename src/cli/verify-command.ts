import { type Verification, verifyContract } from "../application/verify-contract.ts";
import type { Localized } from "../domain/localized.ts";
import { standingText } from "../domain/refusal-text.ts";
import { type Command, positional, readArguments } from "./command.ts";
import { givenFile } from "./given-file.ts";
import type { Installation } from "./installation.ts";
import { EXIT, type Terminal, WrongUse } from "./terminal.ts";

/** Offline nobody can be asked whether the file was issued here, nor what it is worth now. */
type Answer = Omit<Verification, "issuedHere"> & { readonly issuedHere: boolean | null };

/** `orderseal verify <file.pdf>`: exit 0 only when the seal is sound. */
export const verifyCommand: Command = {
  name: "verify",
  usage: "verify <file.pdf> [--offline] [--trust root.pem] [--json]",
  summary: "is this PDF genuine, unaltered, and in force?",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { offline: { type: "boolean", default: false }, trust: { type: "string" } },
      { least: 1, most: 1 },
    );
    const pdf = await givenFile(positional(positionals, 0));
    const trust = values.trust === undefined ? null : (await givenFile(values.trust)).toString("utf8");
    if (trust !== null && !trust.includes("BEGIN CERTIFICATE")) {
      throw new WrongUse(`--trust needs a PEM file with a certificate, which "${values.trust}" is not.`);
    }
    const answer = await ask(installation, pdf, trust, values.offline || trust !== null);
    if (values.json) terminal.out(`${JSON.stringify(answer)}\n`);
    else terminal.out(sentences(answer, terminal));
    return answer.verdict === "passed" ? EXIT.done : EXIT.refused;
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

function sentences(answer: Answer, terminal: Terminal): string {
  const { verdict, reason, signer, sealedAt, issuedHere, standing } = answer;
  const uploaded = reason === "uploaded_not_sealed_here" ? uploadedText(answer.number)[terminal.language] : null;
  const lines = [`${verdict} (${reason}): ${uploaded ?? answer.detail}`];
  if (signer) lines.push(`${uploaded ? "signed" : "sealed"} by ${signer}${sealedAt ? ` at ${sealedAt}` : ""}`);
  if (signer?.includes("DEMO 演示")) lines.push("a demonstration seal: no legal effect");
  if (issuedHere !== null && !uploaded) lines.push(issuedHere ? "issued by this system" : "not issued by this system");
  if (standing) lines.push(`standing: ${standing} (${standingText(standing)[terminal.language]})`);
  return `${lines.join("\n")}\n`;
}

/** R20: the very file that the desk uploaded, so that it is the order's contract, though no seal of ours is on it. */
function uploadedText(number: string | null): Localized {
  return {
    "zh-CN": `该文件是卖方合同专员为订单上传的线下合同 ${number ?? ""}，内容与上传时一致，并非由本系统签章。`,
    en: `the file is the order's uploaded contract ${number ?? ""}, as the seller's contract desk uploaded it; this system did not seal it.`,
  };
}
