import { type Static, type TSchema, Type } from "typebox";
import { type RefusalCode, RULE_OF } from "../domain/refusal.ts";
import { SIGNATURE_STATES, VERIFICATION_REASONS } from "../domain/verification-reason.ts";
import { AccountSchema } from "./account-json.ts";
import { BillSchema } from "./bill-json.ts";
import { PartnerSchema, ProductSchema, SellerSchema } from "./catalogue-json.ts";
import { PolicySchema } from "./policy-json.ts";
import { ProfileSchema } from "./profile-json.ts";
import { ProposalSchema } from "./proposal-json.ts";
import { Decimal, Instant, Localized, NullableInstant, WaitingSchema } from "./schema-parts.ts";
import { SellerKeysSchema } from "./seal-key-json.ts";
import { TicketSchema } from "./ticket-json.ts";
import { TodaySchema } from "./today-json.ts";
import { EndpointSchema } from "./webhook-json.ts";
import { WordingSchema } from "./wording-json.ts";

const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: "Address of the problem's page" }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: "One plain sentence in the reader's language" }),
    code: Type.String(),
    field: Type.Optional(Type.String()),
    rule: Type.Optional(Type.String()),
    policyVersion: Type.Optional(Type.Integer()),
    nextStep: Type.Optional(Type.Unsafe<NextStepJson>(Type.Ref("NextStep"))),
  },
  { $id: "Problem", description: "RFC 9457 problem details" },
);

const NextStepSchema = Type.Object(
  {
    action: Type.String({ description: "What can be done, for programs" }),
    label: Type.String({ description: "The same for a button" }),
    sentence: Type.String({ description: "The same as a sentence" }),
    contract: Type.Optional(Type.String()),
    order: Type.Optional(Type.String()),
    queue: Type.Optional(Type.String()),
    name: Type.Optional(Type.String()),
    contact: Type.Optional(Type.String()),
    from: Type.Optional(Instant),
  },
  { $id: "NextStep" },
);
export type NextStepJson = Static<typeof NextStepSchema>;

const WarningSchema = Type.Object({ code: Type.String(), text: Type.String() });

const IssueSchema = Type.Object({
  kind: Type.Literal("issue"),
  policyVersion: Type.Integer(),
  holdUntil: Type.Union([Instant, Type.Null()], {
    description: "Requested now and unpaid, the contract would lapse at this instant (R8)",
  }),
  amountShown: Type.Boolean({ description: "False for pay-as-you-go (R12)" }),
  warnings: Type.Array(WarningSchema),
  replaces: Type.Union([Type.String(), Type.Null()], { description: "The voided contract it would stand in for (R4)" }),
});

const RefuseSchema = Type.Object({
  kind: Type.Literal("refuse"),
  policyVersion: Type.Integer(),
  code: Type.Unsafe<RefusalCode>({ type: "string", enum: Object.keys(RULE_OF) }),
  rule: Type.String(),
  title: Type.String(),
  sentence: Type.String(),
  nextStep: Type.Unsafe<NextStepJson>(Type.Ref("NextStep")),
});

const DecisionSchema = Type.Union([IssueSchema, RefuseSchema], { $id: "Decision" });
export type DecisionJson = Static<typeof DecisionSchema>;

const TermSchema = Type.Object({ startsAt: Instant, endsAt: NullableInstant });

const LineSchema = Type.Object({
  line: Type.String(),
  product: Type.String(),
  name: Localized,
  description: Type.String(),
  quantity: Decimal,
  list: Decimal,
  discount: Decimal,
  tax: Decimal,
  total: Decimal,
  term: Type.Union([TermSchema, Type.Null()]),
});

export const OrderSchema = Type.Object(
  {
    order: Type.String(),
    account: Type.String(),
    revision: Type.Integer(),
    occurredAt: Instant,
    placedAt: Instant,
    type: Type.String(),
    billing: Type.String(),
    channel: Type.String({ description: "direct or marketplace" }),
    seller: Type.Union([Type.String(), Type.Null()]),
    sellerName: Type.Union([Type.String(), Type.Null()]),
    timeZone: Type.String({ description: "The seller's: the one to show times in" }),
    state: Type.String({ description: "unpaid, paid, cancelled, expired or refunded" }),
    paidAt: NullableInstant,
    currency: Type.String(),
    total: Decimal,
    term: Type.Union([TermSchema, Type.Null()]),
    domain: Type.Union([Type.Object({ service: Type.String(), name: Type.String() }), Type.Null()]),
    template: Type.String({ description: "What a contract on it would be drawn by; see listTemplates" }),
    lines: Type.Array(LineSchema),
    contract: Type.Union([
      Type.Object({
        number: Type.String(),
        state: Type.String(),
        standing: Type.String(),
        holdUntil: NullableInstant,
        waitingFor: WaitingSchema,
      }),
      Type.Null(),
    ]),
    decision: Type.Unsafe<DecisionJson>(Type.Ref("Decision")),
  },
  { $id: "Order" },
);
export type OrderJson = Static<typeof OrderSchema>;

const VoidedSchema = Type.Union(
  [
    Type.Object({
      at: Instant,
      by: Type.String({
        description: "order: it was cancelled (R9); desk: the contract desk voided the contract (R22)",
      }),
      reason: Type.String(),
    }),
    Type.Null(),
  ],
  { description: "Since when and why it is void; null while it is not" },
);

const ArchiveSchema = Type.Union(
  [
    Type.Object({
      level: Type.String({ description: "B-LT or B-LTA, after ETSI EN 319 142-1" }),
      sha256: Type.String(),
      madeAt: Instant,
    }),
    Type.Null(),
  ],
  { description: "The newest long-term form of the sealed file, a file beside it; null while there is none" },
);

const ContractSchema = Type.Object(
  {
    number: Type.String(),
    order: Type.Union([Type.String(), Type.Null()], { description: "Null for a contract on a bill" }),
    bill: Type.Union([Type.String(), Type.Null()], { description: "The month, as 2026-10; null for one on an order" }),
    account: Type.String(),
    seller: Type.String(),
    form: Type.String({ description: "sealed by this system, or offline: uploaded by the contract desk (R20)" }),
    state: Type.String({ description: "issuing or issued" }),
    waitingFor: WaitingSchema,
    standing: Type.String({
      description: "pending_payment, in_force, not_started, ended, lapsed or void: what the contract is worth now",
    }),
    standingText: Type.String(),
    timeZone: Type.String({ description: "The seller's: the one to show times in" }),
    requestedAt: Instant,
    issuedAt: NullableInstant,
    holdUntil: NullableInstant,
    policyVersion: Type.Integer(),
    warnings: Type.Array(WarningSchema, { description: "While it waits for payment (R8, R17)" }),
    voided: VoidedSchema,
    refundedAt: Type.Union([Instant, Type.Null()], {
      description: "When its order was refunded: the contract is kept all the same (R11)",
    }),
    replaces: Type.Union([Type.String(), Type.Null()], { description: "The voided contract it stands in for (R4)" }),
    sha256: Type.Union([Type.String(), Type.Null()], {
      description: "Of the sealed file; null while it is being sealed",
    }),
    archive: ArchiveSchema,
  },
  { $id: "Contract" },
);
export type ContractJson = Static<typeof ContractSchema>;

const VerificationSchema = Type.Object(
  {
    verdict: Type.Union([Type.Literal("passed"), Type.Literal("indeterminate"), Type.Literal("failed")]),
    reason: Type.Enum(VERIFICATION_REASONS, { description: "The first finding (docs/verification.md)" }),
    sentence: Type.String({ description: "The same in the reader's language" }),
    detail: Type.String({ description: "The particulars, in English" }),
    signature: Type.Enum(SIGNATURE_STATES, {
      description:
        "Whether the signatures fit the bytes, whoever made them: sound (over the whole file), partial (over an earlier state of it), broken, unknown, none",
    }),
    signatureSentence: Type.String({ description: "The same in the reader's language" }),
    sealedAt: NullableInstant,
    signer: Type.Union([Type.String(), Type.Null()], {
      description: "Whom the certificate of a signature that holds names; nobody here vouches for it unless it passed",
    }),
    level: Type.Union([Type.String(), Type.Null()], {
      description: "What is proven, after ETSI EN 319 142-1: B-B, B-T, B-LT or B-LTA; null unless it passed",
    }),
    issuedHere: Type.Boolean({ description: "The exact file was issued by this system" }),
    demo: Type.Boolean({ description: "Sealed with a demonstration key: no legal effect" }),
    number: Type.Union([Type.String(), Type.Null()]),
    standing: Type.Union([Type.String(), Type.Null()]),
    holdUntil: Type.Union([Instant, Type.Null()], { description: "As on the contract; null where no number is told" }),
    voided: VoidedSchema,
    timeZone: Type.Union([Type.String(), Type.Null()], { description: "The seller's: the one to show times in" }),
    logProof: Type.Union([Type.String(), Type.Null()], {
      description:
        "Of the transparency log (C2SP tlog-proof); null where no number is told, and for a second after issuing",
    }),
    statusRecord: Type.Union([Type.String(), Type.Null()], {
      description: "The standing, signed by the log's key until its next update (C2SP signed-note)",
    }),
  },
  { $id: "Verification" },
);
export type VerificationJson = Static<typeof VerificationSchema>;

const StatusSchema = Type.Object(
  {
    number: Type.String(),
    standing: Type.String(),
    standingText: Type.String(),
    sellerName: Localized,
    demo: Type.Boolean({ description: "Sealed with a demonstration key: no legal effect" }),
    requestedAt: Instant,
    issuedAt: NullableInstant,
    timeZone: Type.String(),
    form: Type.String({ description: "sealed or offline" }),
    holdUntil: NullableInstant,
    voided: VoidedSchema,
    sha256: Type.Union([Type.String(), Type.Null()]),
  },
  { $id: "ContractStatus", description: "What the holder of a contract's number and code may know of it" },
);

/** What every list takes; spread into the route's own query. */
export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: Type.Optional(Type.String({ maxLength: 200, description: "`next` of the page before" })),
};

export function pageOf<Item extends TSchema>(item: Item) {
  return Type.Object({ items: Type.Array(item), next: Type.Union([Type.String(), Type.Null()]) });
}

/** The answers of a route; whatever else it says is a problem. */
export function answers<Answers extends Record<number, TSchema>>(good: Answers) {
  return {
    ...good,
    default: { description: "Problem", content: { "application/problem+json": { schema: Type.Ref("Problem") } } },
  };
}

/** Schemas that routes refer to by name. */
export const SHARED_SCHEMAS = [
  NextStepSchema,
  DecisionSchema,
  ProblemSchema,
  OrderSchema,
  ContractSchema,
  VerificationSchema,
  StatusSchema,
  AccountSchema,
  BillSchema,
  TicketSchema,
  PolicySchema,
  ProductSchema,
  SellerSchema,
  PartnerSchema,
  WordingSchema,
  EndpointSchema,
  ProposalSchema,
  ProfileSchema,
  SellerKeysSchema,
  TodaySchema,
];
