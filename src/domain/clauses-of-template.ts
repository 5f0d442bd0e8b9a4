import type { ClauseNumber } from "./clause-library.ts";
import { pickClauses, TEMPLATES, type TemplateName } from "./contract-template.ts";

const FLAGS = [false, true];
const ALL = new Map(TEMPLATES.map((template) => [template, everyPick(template)]));

/** The clauses that the template picks for some order or bill that can be drawn with it, in the order of their numbers. */
export function clausesOfTemplate(template: TemplateName): readonly ClauseNumber[] {
  return ALL.get(template) ?? [];
}

function everyPick(template: TemplateName): readonly ClauseNumber[] {
  const onMarketplace = template === "marketplace/1";
  const byUseToo = onMarketplace || template === "domain/1";
  const picked = new Set<ClauseNumber>();
  for (const payAsYouGo of byUseToo ? FLAGS : [template === "pay-as-you-go/1"]) {
    for (const paid of FLAGS) {
      for (const domainKnown of onMarketplace ? FLAGS : [template === "domain/1"]) {
        for (const term of ["none", "open", "fixed"] as const) {
          for (const domainService of ["registration", "renewal"]) {
            const choice = { template, payAsYouGo, paid, domainKnown, term, domainService, platformKnown: true };
            for (const clause of pickClauses({ ...choice, language: "zh-CN+en" })) picked.add(clause);
          }
        }
      }
    }
  }
  return [...picked].sort();
}
