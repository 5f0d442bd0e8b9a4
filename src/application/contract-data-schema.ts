import { Type } from "typebox";

const strict = { additionalProperties: false };
const text = (description: string) => Type.String({ description });
const instant = (description: string) =>
  Type.String({ description: `${description} ISO 8601 in UTC, whole seconds.`, pattern: INSTANT });
const INSTANT = "^\\d{4,6}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$";
const amount = (description: string) => Type.String({ description, pattern: "^-?\\d+(\\.\\d+)?$" });

const Party = (description: string) =>
  Type.Object(
    {
      nameZh: text("Legal name as registered."),
      nameEn: text("English name; the registered one where there is no other."),
      registrationNumber: text("Unified social credit code or its foreign counterpart; empty where none is on record."),
      addressZh: text("Registered address; empty where none is on record."),
      addressEn: text("The same in English; as registered where there is no other."),
      contact: text("Whom to turn to; empty where nothing was filled in."),
      postalAddress: text("Where letters reach the buyer; empty where nothing was filled in, and for sellers."),
      phone: text("Phone number; empty where nothing was filled in, and for sellers."),
      email: text("Address of e-mail; empty where nothing was filled in, and for sellers."),
    },
    { ...strict, description },
  );

const Term = Type.Object(
  {
    startsAt: instant("First instant."),
    endsAt: Type.Union([instant("First instant after the end."), Type.Null()], { description: "Null: no end (R12)." }),
  },
  strict,
);

const Amounts = Type.Object(
  {
    list: amount("Before discount."),
    discount: amount("Taken off the list price."),
    tax: amount("Tax contained in the total."),
    total: amount("What is payable: list − discount, and tax where that is not included."),
  },
  { ...strict, description: "Exact decimals in the contract's currency." },
);

const Line = Type.Object(
  {
    line: text("Number within the order or bill."),
    product: text("Product code of the catalogue."),
    nameZh: text("Name of the product in Chinese."),
    nameEn: text("Name of the product in English."),
    description: text("Configuration as the order states it; may be empty."),
    quantity: amount("How many."),
    term: Type.Union([Term, Type.Null()], { description: "The line's own term; null where it has none." }),
    amounts: Type.Union([Amounts, Type.Null()], { description: "Null where no amount is shown (R12)." }),
  },
  strict,
);

const Order = Type.Object(
  {
    id: text("Order number."),
    type: text("new, renew, upgrade, downgrade, convert …: the kind of order."),
    billing: Type.String({ description: "subscription or pay_as_you_go." }),
    placedAt: instant("When the order was placed."),
    paidAt: Type.Union([instant("When it was paid."), Type.Null()], { description: "Null while it is unpaid (R8)." }),
    domainName: Type.Union([Type.String(), Type.Null()], {
      description: "The domain name it is about; null for none.",
    }),
    domainService: Type.Union([Type.String(), Type.Null()], {
      description: "What is done with the name: registration, renewal, transfer_in …",
    }),
  },
  strict,
);

const Clause = Type.Object(
  {
    clause: text("Number in the library (docs/clauses.md), or the seller's own name of it, as S1."),
    source: Type.Union([Type.Literal("library"), Type.Literal("seller")], { description: "Whose words these are." }),
    titleZh: text("Heading in Chinese."),
    titleEn: text("Heading in English."),
    textZh: text("The sentences in Chinese, every blank filled."),
    textEn: text("The sentences in English, every blank filled."),
  },
  strict,
);

const Seal = Type.Object(
  {
    number: Type.String({ description: "Digits along the lower edge; empty for none.", pattern: "^\\d{0,20}$" }),
    caption: text("Line below the middle; empty for none."),
    logo: text("Outline as SVG path data in a box of 100 by 100; empty for the star."),
    riding: Type.Boolean({
      description: "Whether a contract of several pages bears a riding seal across their edges.",
    }),
  },
  strict,
);

/**
 * The data of a contract: all that it says, frozen at the request (R7), embedded in the sealed PDF as `contract.json` in
 * the canonical form of RFC 8785. JSON Schema 2020-12. A test holds it against the type that is frozen.
 */
export const ContractData = Type.Object(
  {
    schema: Type.Literal("orderseal.contract/1", { description: "This schema." }),
    number: text("Contract number; empty in a preview."),
    language: Type.Union([Type.Literal("zh-CN+en"), Type.Literal("zh-CN"), Type.Literal("en")], {
      description: "What it is written in; the texts of the other language are frozen all the same.",
    }),
    template: Type.Union(
      [
        Type.Literal("order/1"),
        Type.Literal("pay-as-you-go/1"),
        Type.Literal("domain/1"),
        Type.Literal("marketplace/1"),
        Type.Literal("bill/1"),
      ],
      { description: "What draws it, with its version." },
    ),
    policyVersion: Type.Integer({ minimum: 1, description: "The rules that decided." }),
    wordingVersion: Type.Integer({
      minimum: 0,
      description: "The seller's own wording; 0: the library's words alone.",
    }),
    requestedAt: instant("When it was requested: what it says is as of then."),
    timeZone: text("IANA zone of the seller, in which times are printed."),
    seller: Party("Party B, who sells and seals."),
    buyer: Party("Party A: named as its verified identity is, the last four filled in at the request (R6)."),
    buyerAccount: text("The buyer's account."),
    buyerVerified: Type.Boolean({ description: "False only under a policy that asks for no identity." }),
    purchaseOrder: text("The buyer's own number of the purchase; empty for none."),
    platform: Type.Union(
      [Type.Object({ nameZh: text("Name in Chinese."), nameEn: text("Name in English.") }, strict), Type.Null()],
      { description: "Who runs the marketplace that the order came through, not a party; null for other orders." },
    ),
    order: Type.Union([Order, Type.Null()], { description: "Null for a contract on a bill." }),
    bill: Type.Union(
      [
        Type.Object(
          { cycle: Type.String({ description: "Month, as 2026-10.", pattern: "^\\d{4}-(0[1-9]|1[0-2])$" }) },
          strict,
        ),
        Type.Null(),
      ],
      { description: "Null for a contract on an order (R13)." },
    ),
    term: Type.Union([Term, Type.Null()], { description: "The order's own term, or the bill's month (R14)." }),
    currency: Type.String({ description: "ISO 4217.", pattern: "^[A-Z]{3}$" }),
    lines: Type.Array(Line, { description: "What is sold, or was used." }),
    amounts: Type.Union([Amounts, Type.Null()], {
      description: "Sums of the lines; null where no amount is shown (R12).",
    }),
    holdUntil: Type.Union([instant("Unpaid until then, the contract lapses."), Type.Null()], {
      description: "Null when it was paid at the request (R8).",
    }),
    warnings: Type.Array(Type.String(), { description: "Codes: unpaid_order_is_held, domain_can_be_lost_until_paid." }),
    clauses: Type.Array(Clause, { description: "In the order in which they stand." }),
    seal: Seal,
    replaces: Type.Union([Type.String(), Type.Null()], {
      description: "Number of the voided contract that it stands in for (R4); null for the first.",
    }),
    verificationUrl: text("Where anybody can check it; empty in a preview."),
    demo: Type.Boolean({ description: "Sealed by a demonstration authority: no legal effect." }),
  },
  {
    ...strict,
    title: "Contract data, version 1",
    description: "What a contract says, frozen at the request and embedded in its sealed PDF as contract.json.",
  },
);
