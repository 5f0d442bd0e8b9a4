import { CONTRACT_LANGUAGES, type ContractLanguage } from "./contract-languages.ts";
import type { WordingChoice } from "./wordings.ts";

/** What is compared; lives in the address, so that a colleague can be sent there. */
export interface CompareSearch {
  /** Whose orders are offered. */
  readonly seller?: string;
  readonly template?: string;
  readonly order?: string;
  /** As account/month. */
  readonly bill?: string;
  readonly left?: WordingChoice;
  readonly right?: WordingChoice;
  readonly language?: ContractLanguage;
}

/** Anybody may write anything into an address; what is none of ours is left out. */
export function compareSearchOf(search: Readonly<Record<string, unknown>>): CompareSearch {
  const [template, order, bill] = [textOf(search.template), textOf(search.order), textOf(search.bill)];
  const seller = textOf(search.seller);
  const [left, right] = [wordingChoiceOf(search.left), wordingChoiceOf(search.right)];
  const language = CONTRACT_LANGUAGES.find((each) => each === search.language);
  return {
    ...(seller && { seller }),
    ...(template && { template }),
    ...(order && { order }),
    ...(bill && !order && { bill }),
    ...(left && { left }),
    ...(right && { right }),
    ...(language && { language }),
  };
}

export function wordingChoiceOf(value: unknown): WordingChoice | null {
  const text = String(value);
  if (text === "in_force" || text === "draft") return text;
  return isVersion(text) ? text : null;
}

function isVersion(text: string): text is `${number}` {
  return /^(0|[1-9]\d{0,8})$/.test(text);
}

/** An address typed by hand may hold anything. */
function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
}
