import { parseContractNumber } from "./contract-number.ts";
import type { ContractNumber, Sha256 } from "./identifiers.ts";
import type { Standing } from "./standing.ts";
import { type Instant, instantOf, isoOf, parseInstant } from "./time.ts";

/** What a contract is worth, said at one instant and for a while: signed, it can be shown to whoever has no connection. */
export interface StatusRecord {
  /** The log whose key signs it. */
  readonly log: string;
  readonly number: ContractNumber;
  /** Of the contract's file, as it was issued. */
  readonly document: Sha256;
  readonly standing: Standing;
  readonly asOf: Instant;
  /** Until then it may be relied on, except that the seller may void the contract meanwhile. */
  readonly nextUpdate: Instant;
}

const STANDINGS: readonly Standing[] = ["pending_payment", "in_force", "not_started", "ended", "lapsed", "void"];
const FORM =
  /^orderseal-status\/1\nlog ([^\s+]+)\nnumber (\S+)\ndocument ([0-9a-f]{64})\nstanding (\w+)\nas-of (\S+)\nnext-update (\S+)\n$/;
const LONGEST_MS = 24 * 3_600_000;

/** A day, or until the standing changes by the clock alone, whichever is earlier. */
export function nextUpdateAfter(asOf: Instant, nextChange: Instant | null): Instant {
  const day = instantOf(asOf + LONGEST_MS);
  return nextChange !== null && nextChange < day ? nextChange : day;
}

/** Seven lines. Its first line is no log's name, so that it never passes for a checkpoint. */
export function statusText({ log, number, document, standing, asOf, nextUpdate }: StatusRecord): string {
  const [from, until] = [isoOf(asOf), isoOf(nextUpdate)];
  return `orderseal-status/1\nlog ${log}\nnumber ${number}\ndocument ${document}\nstanding ${standing}\nas-of ${from}\nnext-update ${until}\n`;
}

/** Null for what is none, down to the last blank. */
export function parseStatus(text: string): StatusRecord | null {
  const [, log = "", number = "", document, word, from = "", until = ""] = FORM.exec(text) ?? [];
  const standing = STANDINGS.find((each) => each === word);
  const [parsedNumber, asOf, nextUpdate] = [parseContractNumber(number), parseInstant(from), parseInstant(until)];
  if (!parsedNumber || !standing || asOf === null || nextUpdate === null || nextUpdate <= asOf) return null;
  const record: StatusRecord = { log, number: parsedNumber, document: document as Sha256, standing, asOf, nextUpdate };
  return statusText(record) === text ? record : null;
}
