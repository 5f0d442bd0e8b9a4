import type { ShownContract } from "../application/show-contract.ts";
import { type Contract, cycleOf, orderOf, waitingOf } from "../domain/contract.ts";
import { endText } from "../domain/instant-text.ts";
import type { Language } from "../domain/localized.ts";
import { standingText, voidedText, warningText } from "../domain/refusal-text.ts";
import type { Voided } from "../domain/standing.ts";
import { isoOf } from "../domain/time.ts";
import { timestampPendingText } from "../domain/timestamp-fault.ts";
import type { ContractJson } from "./schemas.ts";

export function contractJson(
  { contract, standing, voided, refundedAt, warnings, timeZone, archive }: ShownContract,
  language: Language,
): ContractJson {
  const issued = contract.state === "issued" ? contract : null;
  const holdUntil = contract.holdUntil === null ? { "zh-CN": "", en: "" } : endText(contract.holdUntil, timeZone);
  return {
    number: contract.number,
    order: orderOf(contract),
    bill: cycleOf(contract),
    account: contract.account,
    seller: contract.seller,
    form: issued?.form ?? "sealed",
    state: contract.state,
    waitingFor: waitingJson(contract, language),
    standing,
    standingText: standingText(standing)[language],
    timeZone,
    requestedAt: isoOf(contract.requestedAt),
    issuedAt: issued && isoOf(issued.issuedAt),
    holdUntil: contract.holdUntil === null ? null : isoOf(contract.holdUntil),
    policyVersion: contract.policyVersion,
    warnings: warnings.map((code) => ({ code, text: warningText(code, holdUntil)[language] })),
    voided: voidedJson(voided, language),
    refundedAt: refundedAt === null ? null : isoOf(refundedAt),
    replaces: contract.replaces,
    sha256: issued?.document ?? null,
    archive: archive && { level: archive.level, sha256: archive.document, madeAt: isoOf(archive.madeAt) },
  };
}

/** What keeps it from being issued; null while nothing does but the sealing itself. */
export function waitingJson(contract: Contract, language: Language): ContractJson["waitingFor"] {
  const waiting = waitingOf(contract);
  if (!waiting) return null;
  const { what, since, reason } = waiting;
  return { what, since: isoOf(since), reason, sentence: timestampPendingText(reason)[language] };
}

/** Since when and why it is void; null while it is not. */
export function voidedJson(voided: Voided | null, language: Language): ContractJson["voided"] {
  return voided && { at: isoOf(voided.at), by: voided.by, reason: voidedText(voided)[language] };
}
