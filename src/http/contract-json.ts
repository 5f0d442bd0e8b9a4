import type { ShownContract } from "../application/show-contract.ts";
import type { Language } from "../domain/localized.ts";
import { standingText } from "../domain/refusal-text.ts";
import { isoOf } from "../domain/time.ts";
import type { ContractJson } from "./schemas.ts";

export function contractJson({ contract, standing, timeZone }: ShownContract, language: Language): ContractJson {
  const issued = contract.state === "issued" ? contract : null;
  return {
    number: contract.number,
    order: contract.order,
    account: contract.account,
    seller: contract.seller,
    state: contract.state,
    standing,
    standingText: standingText(standing)[language],
    timeZone,
    requestedAt: isoOf(contract.requestedAt),
    issuedAt: issued && isoOf(issued.issuedAt),
    holdUntil: contract.holdUntil === null ? null : isoOf(contract.holdUntil),
    policyVersion: contract.policyVersion,
    sha256: issued?.document ?? null,
  };
}
