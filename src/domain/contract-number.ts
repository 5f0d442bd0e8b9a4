import type { ContractNumber } from "./identifiers.ts";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const NUMBER = /^([A-Z0-9]{2,8})-(\d{6})-(\d{6,9})-([0-9A-Z])$/;
const PREFIX = /^[A-Z0-9]{2,8}$/;

export function isNumberPrefix(text: string): boolean {
  return PREFIX.test(text);
}

/**
 * "ACME-202611-000042-L": seller prefix, month in the seller's zone, running number of that month, check character.
 * The check character is ISO/IEC 7064 MOD 37,36: it finds every single wrong character and all but one in 180 swaps
 * of neighbouring digits (it misses some whose digits differ by one; counted over all states of the computation).
 */
export function contractNumber(prefix: string, yearMonth: string, running: number): ContractNumber {
  const body = `${prefix}-${yearMonth}-${String(running).padStart(6, "0")}`;
  const number = `${body}-${checkCharacter(body)}`;
  if (!NUMBER.test(number)) throw new Error(`not a contract number: ${number}`);
  return number as ContractNumber;
}

/** Reads a number as a person types it (any case, blanks around); null when its form or check character is wrong. */
export function parseContractNumber(text: string): ContractNumber | null {
  const number = text.trim().toUpperCase();
  const match = NUMBER.exec(number);
  if (!match) return null;
  const body = number.slice(0, -2);
  return checkCharacter(body) === match[4] ? (number as ContractNumber) : null;
}

/** ISO/IEC 7064:2003, section 9 (hybrid system, M = 36), over the letters and digits of the body. */
function checkCharacter(body: string): string {
  let product = 36;
  for (const character of body) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) continue;
    const added = (product + value) % 36 || 36;
    product = (added * 2) % 37;
  }
  return ALPHABET.charAt((37 - product) % 36);
}
