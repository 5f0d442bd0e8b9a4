import type { Fillings } from "./clause.ts";
import { clausesOf, type SnapshotClause } from "./contract-clauses.ts";
import type { SnapshotInput, SnapshotTerm } from "./contract-snapshot.ts";
import { pickClauses, templateOf } from "./contract-template.ts";
import { endText, momentText } from "./local-time.ts";
import type { Localized } from "./localized.ts";
import { partyFillings } from "./snapshot-parties.ts";
import { isoOf } from "./time.ts";

/** The clauses of the contract on an order, in its seller's wording. */
export function orderClauses(
  { facts, details }: SnapshotInput,
  platform: Localized | null,
  term: SnapshotTerm | null,
): readonly SnapshotClause[] {
  const { order, seller } = facts;
  const { paidAt } = order.life;
  const picked = pickClauses({
    template: templateOf(order),
    language: details.language,
    payAsYouGo: order.billing === "pay_as_you_go",
    paid: paidAt !== null,
    platformKnown: platform !== null,
    domainKnown: order.domainName !== null,
    domainService: order.domainService,
    term: term === null ? "none" : term.endsAt === null ? "open" : "fixed",
  });
  return clausesOf(picked, seller.wording, {
    ...partyFillings(facts.account, seller, details),
    ...termFillings(term, seller.timeZone),
    ...(order.domainName === null ? {} : { domain: { "zh-CN": order.domainName, en: order.domainName } }),
    ...(platform === null ? {} : { platform }),
    ...(paidAt === null ? {} : { paid_at: momentText(isoOf(paidAt), seller.timeZone) }),
  });
}

export function termFillings(term: SnapshotTerm | null, zone: string): Fillings {
  if (term === null) return {};
  const from = { term_from: momentText(term.startsAt, zone) };
  return term.endsAt === null ? from : { ...from, term_to: endText(term.endsAt, zone) };
}
