import {
  type Evidence,
  type EvidenceFormat,
  type EvidenceId,
  type EvidenceKind,
  formatOfFile,
  LARGEST_EVIDENCE,
  MOST_EVIDENCE,
} from "../domain/evidence.ts";
import type { AccountId } from "../domain/identifiers.ts";
import { type AccountKeyId, KeysUnavailable } from "./account-keys.ts";
import { findFault } from "./answer-ticket.ts";
import { auditEvidence } from "./evidence-audit.ts";
import { type EvidenceFacts, textOfFacts } from "./evidence-facts.ts";
import { lockEvidence } from "./evidence-lock.ts";
import { type AccountKeyPorts, openOrMakeAccountKey, type Unopened } from "./open-account-key.ts";
import type { Actor } from "./ports.ts";
import type { UploadChecker } from "./verify-contract.ts";

export interface GiveEvidencePorts extends AccountKeyPorts {
  readonly uploads: UploadChecker;
}

/** A file as it was uploaded, or facts that another system has established. */
export type GivenEvidence = { readonly kind: EvidenceKind } & (
  | { readonly file: Uint8Array; readonly calledItself: EvidenceFormat | null }
  | { readonly facts: EvidenceFacts }
);

export type EvidenceFault = "not_evidence" | "too_large" | "too_much" | "too_busy";
type Refused = { readonly kind: "faulty"; readonly fault: EvidenceFault } | { readonly kind: "not_found" };

/** Evidence that was looked at, with the key to lock it; small enough to be held in memory, and for a moment only. */
export interface PreparedEvidence {
  readonly kind: "ready";
  readonly account: AccountId;
  readonly of: EvidenceKind;
  readonly format: EvidenceFormat;
  readonly content: Uint8Array;
  readonly keyId: AccountKeyId;
  readonly key: Uint8Array;
}

/**
 * Looks at what was given as at a hostile file, and has the account's key opened, or made where it has none: before the
 * one transaction that enters it, since a key service is asked over a network. Throws `KeysUnavailable`.
 */
export async function prepareEvidence(
  ports: GiveEvidencePorts,
  actor: Actor,
  account: AccountId,
  given: GivenEvidence,
): Promise<PreparedEvidence | Refused | Unopened> {
  const looked = "facts" in given ? lookedAtFacts(given.facts) : await lookAtFile(ports, given);
  if ("fault" in looked) return { kind: "faulty", fault: looked.fault };
  const opened = await openOrMakeAccountKey(ports, actor, account, ports.clock.now());
  if (opened.kind !== "opened") return opened;
  return { kind: "ready", account, of: given.kind, ...looked, keyId: opened.id, key: opened.key };
}

export type GiveEvidenceOutcome = { readonly kind: "given"; readonly evidence: Evidence } | Refused;

/** Enters prepared evidence, encrypted under the key of its account and bound to it. */
export async function giveEvidence(
  { ledger, clock, identifiers }: Pick<GiveEvidencePorts, "ledger" | "clock" | "identifiers">,
  actor: Actor,
  { account, of, format, content, keyId, key }: PreparedEvidence,
): Promise<GiveEvidenceOutcome> {
  const id = identifiers.newId() as EvidenceId;
  const locked = lockEvidence(key, { account, id, kind: of, format }, content);
  return ledger.transaction(async (transaction): Promise<GiveEvidenceOutcome> => {
    if (!(await transaction.lockAccount(account))) return { kind: "not_found" };
    if ((await transaction.currentKey(account))?.id !== keyId) {
      throw new KeysUnavailable("the account's key was erased while evidence was on its way");
    }
    if ((await transaction.countEvidence(account)) >= MOST_EVIDENCE) return { kind: "faulty", fault: "too_much" };
    const evidence: Evidence = { account, id, kind: of, format, bytes: content.length, givenAt: clock.now() };
    await transaction.insertEvidence(evidence, keyId, locked);
    await auditEvidence(transaction, actor, "evidence.given", evidence, evidence.givenAt);
    return { kind: "given", evidence };
  });
}

type Looked = { readonly format: EvidenceFormat; readonly content: Uint8Array } | { readonly fault: EvidenceFault };

function lookedAtFacts(facts: EvidenceFacts): Looked {
  return { format: "application/json", content: Buffer.from(textOfFacts(facts)) };
}

async function lookAtFile(
  ports: GiveEvidencePorts,
  { file, calledItself }: Extract<GivenEvidence, { file: unknown }>,
): Promise<Looked> {
  if (file.length > LARGEST_EVIDENCE) return { fault: "too_large" };
  const format = formatOfFile(file);
  if (format === null || (calledItself !== null && calledItself !== format)) return { fault: "not_evidence" };
  if (format !== "application/pdf") return { format, content: file };
  const fault = await findFault(ports, file);
  if (fault === null) return { format, content: file };
  return { fault: fault === "too_busy" || fault === "too_large" ? fault : "not_evidence" };
}
