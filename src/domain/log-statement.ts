import { parseContractNumber } from "./contract-number.ts";
import type { ContractNumber, Sha256 } from "./identifiers.ts";
import { type Instant, isoOf, parseInstant } from "./time.ts";

/** What a leaf of the transparency log stands for: no party, no amount, no reason. */
export interface LogStatement {
  readonly kind: "issued" | "voided";
  readonly number: ContractNumber;
  /** Of the contract's file, as it was issued. */
  readonly document: Sha256;
  /** When it was issued, or when its voiding became known. */
  readonly at: Instant;
}

const FORM = /^orderseal-log\/1\n(issued|voided)\n([^\n]+)\n([0-9a-f]{64})\n([^\n]+)\n$/;

/** Five lines; the salt comes before them where they are hashed. */
export function statementText({ kind, number, document, at }: LogStatement): string {
  return `orderseal-log/1\n${kind}\n${number}\n${document}\n${isoOf(at)}\n`;
}

/** Null for what is none, down to the last blank: two texts never stand for the same. */
export function parseStatement(text: string): LogStatement | null {
  const [, kind, number = "", document, time = ""] = FORM.exec(text) ?? [];
  const [parsedNumber, at] = [parseContractNumber(number), parseInstant(time)];
  if ((kind !== "issued" && kind !== "voided") || !parsedNumber || at === null) return null;
  const statement: LogStatement = { kind, number: parsedNumber, document: document as Sha256, at };
  return statementText(statement) === text ? statement : null;
}
