import type { ShownContract } from "../application/show-contract.ts";
import { cycleOf, orderOf, waitingOf } from "../domain/contract.ts";
import { voidedText } from "../domain/refusal-text.ts";
import { isoOf } from "../domain/time.ts";

/** A contract as --json prints it: `order` is null for one on a bill, `bill` for one on an order. */
export function contractLine({ contract, standing, voided, archive }: ShownContract) {
  const waiting = waitingOf(contract);
  const issued = contract.state === "issued" ? contract : null;
  return {
    number: contract.number,
    order: orderOf(contract),
    bill: cycleOf(contract),
    form: issued?.form ?? "sealed",
    account: contract.account,
    state: contract.state,
    waitingFor: waiting && { ...waiting, since: isoOf(waiting.since) },
    standing,
    requestedAt: isoOf(contract.requestedAt),
    issuedAt: issued && isoOf(issued.issuedAt),
    holdUntil: contract.holdUntil === null ? null : isoOf(contract.holdUntil),
    voided: voided && { at: isoOf(voided.at), by: voided.by, reason: voidedText(voided).en },
    replaces: contract.replaces,
    policyVersion: contract.policyVersion,
    sha256: issued?.document ?? null,
    archive: archive && { level: archive.level, sha256: archive.document, madeAt: isoOf(archive.madeAt) },
  };
}
