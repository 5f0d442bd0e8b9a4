import {
  blanksAllowedIn,
  CLAUSE_LIBRARY,
  CLAUSE_NUMBERS,
  type ClauseNumber,
  OMITTABLE_CLAUSES,
} from "../src/domain/clause-library.ts";
import { clausesOfTemplate } from "../src/domain/clauses-of-template.ts";
import { TEMPLATES, type TemplateName } from "../src/domain/contract-template.ts";

/** docs/clauses.md: the whole clause library, as contracts quote it. Written by `npm run gen`; a test compares. */
export function clausePage(): string {
  return `${head()}\n${CLAUSE_NUMBERS.map(clauseSection).join("\n")}`;
}

function head(): string {
  return `# Clause library

<!-- Written by npm run gen from src/domain/clause-library.ts; a test compares. -->

The sentences that templates pick from. A number stands for one clause with one meaning for ever: hundreds are subjects
(1 what is sold, 2 price, 3 term, 4 service, 5 third parties and other documents, 6 confidentiality, 7 liability,
8 ending, 9 form, law and language). A contract freezes the sentences themselves, blanks filled
([contract data](contract-data.md)); a seller can have its own words ([wording](wording.md)).

| clause | title | picked by | when | may be left out |
| --- | --- | --- | --- | --- |
${CLAUSE_NUMBERS.map(tableRow).join("\n")}
`;
}

function tableRow(number: ClauseNumber): string {
  const { title } = CLAUSE_LIBRARY[number];
  const omittable = OMITTABLE_CLAUSES.includes(number) ? "yes" : "no";
  return `| ${number} | ${title["zh-CN"]} · ${title.en} | ${templatesOf(number).join(", ")} | ${WHEN[number] ?? "always"} | ${omittable} |`;
}

function clauseSection(number: ClauseNumber): string {
  const { title, text } = CLAUSE_LIBRARY[number];
  const blanks = blanksAllowedIn(number).map((blank) => `\`{${blank}}\``);
  return `## ${number} ${title["zh-CN"]} · ${title.en}

> ${text["zh-CN"]}

> ${text.en}

Blanks that another wording may use: ${blanks.join(", ")}.
`;
}

const WHEN: Readonly<Partial<Record<ClauseNumber, string>>> = {
  "201": "paid",
  "202": "not paid yet",
  "203": "pay-as-you-go",
  "301": "the order has a start and an end",
  "302": "the order has no end",
  "303": "the order states no term",
  "411": "an unpaid domain order, except renewal, transfer-in and redemption",
  "412": "an unpaid renewal, transfer-in or redemption",
  "501": "the platform is known by name",
  "701": "not pay-as-you-go",
  "702": "pay-as-you-go",
  "921": "in both languages",
};

/** Templates that pick the clause for some order that can be drawn with them. */
function templatesOf(number: ClauseNumber): readonly TemplateName[] {
  return TEMPLATES.filter((template) => clausesOfTemplate(template).includes(number));
}
