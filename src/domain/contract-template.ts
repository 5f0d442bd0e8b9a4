import type { ClauseNumber } from "./clause-library.ts";
import type { ContractLanguage } from "./localized.ts";
import type { Order } from "./order.ts";

/** Which template draws a contract, with its version: what was requested under one version is drawn by it (R7). */
export const TEMPLATES = ["order/1", "pay-as-you-go/1", "domain/1", "marketplace/1", "bill/1"] as const;
export type TemplateName = (typeof TEMPLATES)[number];

/** Family and version of a template, as in "order" and 1. */
export function partsOf(template: TemplateName): { readonly family: string; readonly version: number } {
  const [family = "", version = ""] = template.split("/");
  return { family, version: Number(version) };
}

/** A marketplace order names its platform whatever it buys; after that its business decides. */
export function templateOf(order: Order): Exclude<TemplateName, "bill/1"> {
  if (order.channel.kind === "marketplace") return "marketplace/1";
  if (order.domainName !== null) return "domain/1";
  return order.billing === "pay_as_you_go" ? "pay-as-you-go/1" : "order/1";
}

/** What the choice among clauses depends on. */
export interface ClauseChoice {
  readonly template: TemplateName;
  readonly language: ContractLanguage;
  readonly payAsYouGo: boolean;
  readonly paid: boolean;
  /** Whether the platform that a marketplace order came through is known by name. */
  readonly platformKnown: boolean;
  readonly domainKnown: boolean;
  readonly term: "none" | "open" | "fixed";
  /** What is done with the domain name, as its source calls it; left out where nothing is. */
  readonly domainService?: string | null;
}

/** The clauses of the contract, in the order in which they stand. */
export function pickClauses(choice: ClauseChoice): readonly ClauseNumber[] {
  const languages: readonly ClauseNumber[] = choice.language === "zh-CN+en" ? ["921"] : [];
  if (choice.template === "bill/1") {
    return ["102", "204", "304", "502", "402", "601", "701", "802", "902", "911", ...languages];
  }
  const { payAsYouGo, template, term } = choice;
  const price: ClauseNumber = payAsYouGo ? "203" : choice.paid ? "201" : "202";
  const isDomain = template === "domain/1" && choice.domainKnown;
  return [
    isDomain ? "103" : "101",
    price,
    term === "none" ? "303" : term === "open" ? "302" : "301",
    template === "domain/1" ? "403" : "401",
    ...unpaidDomainClause(choice),
    ...platformClause(choice),
    "601",
    payAsYouGo ? "702" : "701",
    "801",
    "901",
    "911",
    ...languages,
  ];
}

/** Services for a name that somebody has: it is lost by expiring, not by being taken (R16, R17). */
const OF_REGISTERED_NAMES: readonly string[] = ["renewal", "transfer_in", "redemption"];

function unpaidDomainClause({ paid, domainKnown, domainService }: ClauseChoice): readonly ClauseNumber[] {
  if (paid || !domainKnown) return [];
  return OF_REGISTERED_NAMES.includes(domainService ?? "") ? ["412"] : ["411"];
}

function platformClause({ template, platformKnown }: ClauseChoice): readonly ClauseNumber[] {
  return template === "marketplace/1" && platformKnown ? ["501"] : [];
}
