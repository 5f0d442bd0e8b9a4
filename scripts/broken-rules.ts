/** One way to break a rule, and a test that must notice. */
export interface BrokenRule {
  readonly rule: string;
  /** What the product then does. */
  readonly breach: string;
  readonly file: string;
  /** Stands once in the file. */
  readonly from: string;
  readonly to: string;
  readonly test: string;
}

const LADDER = "src/domain/decide-issuance.ts";
const LADDER_TEST = "src/domain/decide-issuance.test.ts";
const RUNGS = "src/domain/issuance-rungs.ts";
const STANDING = "src/domain/standing.ts";

export const BROKEN_RULES: readonly BrokenRule[] = [
  {
    rule: "R1",
    breach: "the Contracts page lists orders that can have none",
    file: "src/application/list-orders.ts",
    from: '(contract !== null || decision.kind === "issue")',
    to: "true",
    test: "tests/http/list-orders.test.ts",
  },
  {
    rule: "R2",
    breach: "every product is self-service",
    file: "src/domain/policy.ts",
    from: "return Object.hasOwn(offered, product) && (offered[product]?.includes(billing) ?? false);",
    to: "return offered !== null;",
    test: LADDER_TEST,
  },
  {
    rule: "R3",
    breach: "the next step is a new order instead of a ticket",
    file: "src/domain/refusal.ts",
    from: 'case "product_not_self_service":\n      return { action: "open_ticket", queue: "contract_desk" };',
    to: 'case "product_not_self_service":\n      return { action: "place_new_order" };',
    test: LADDER_TEST,
  },
  {
    rule: "R4",
    breach: "a void contract no longer occupies its order",
    file: RUNGS,
    from: 'return policy.reissueAfterVoid && held.standing === "void";',
    to: 'return policy.version > 0 && held.standing === "void";',
    test: "src/domain/issuance-rungs.test.ts",
  },
  {
    rule: "R5",
    breach: "the download is not the very file",
    file: "src/application/read-object.ts",
    from: "if (bytes) return bytes;",
    to: "if (bytes) return Buffer.concat([bytes, Buffer.from([10])]);",
    test: "tests/http/download-contract.test.ts",
  },
  {
    rule: "R6",
    breach: "an unverified account gets a contract",
    file: RUNGS,
    from: 'account.identity.state === "unverified" ?',
    to: 'account.identity.state === "verified" && account.id.length === 0 ?',
    test: LADDER_TEST,
  },
  {
    rule: "R7",
    breach: "what an issued contract says can be changed",
    file: "src/store/migrations/0002-rules.sql",
    from: "OR OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL)) THEN",
    to: "OR OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL) AND false) THEN",
    test: "tests/store/constraints.test.ts",
  },
  {
    rule: "R8",
    breach: "the hold ends a day early",
    file: "src/domain/hold.ts",
    from: "endOfDayAfter(start, rule.days, zone)",
    to: "endOfDayAfter(start, rule.days - 1, zone)",
    test: "src/domain/hold.test.ts",
  },
  {
    rule: "R9",
    breach: "a cancelled order's contract has lapsed instead of being void",
    file: STANDING,
    from: '? "void" : "lapsed";',
    to: '? "lapsed" : "lapsed";',
    test: "src/domain/standing.test.ts",
  },
  {
    rule: "R10",
    breach: "a payment after the hold revives the contract",
    file: STANDING,
    from: "return isBefore(life.paidAt, holdUntil);",
    to: "return isBefore(life.paidAt, null);",
    test: "src/domain/standing.test.ts",
  },
  {
    rule: "R11",
    breach: "a refund forgets when the order had been paid",
    file: "src/domain/order-life.ts",
    from: "paidAt: status.paidAt ?? life.paidAt",
    to: "paidAt: status.paidAt",
    test: "src/domain/order-life.test.ts",
  },
  {
    rule: "R12",
    breach: "a pay-as-you-go contract shows an end date",
    file: "src/domain/contract-snapshot.ts",
    from: 'order.billing === "pay_as_you_go" ? null : term.endsAt',
    to: "term.endsAt",
    test: "src/domain/contract-snapshot.test.ts",
  },
  {
    rule: "R13",
    breach: "an open bill has a contract",
    file: "src/domain/decide-bill-issuance.ts",
    from: 'if (bill.state === "final" ||',
    to: "if (bill.state.length > 0 ||",
    test: "src/domain/decide-bill-issuance.test.ts",
  },
  {
    rule: "R14",
    breach: "a contract is in force before its order's term",
    file: STANDING,
    from: 'if (at < term.startsAt) return "not_started";',
    to: "",
    test: "src/domain/standing.test.ts",
  },
  {
    rule: "R15",
    breach: "every unpaid domain order that names a service has a contract",
    file: LADDER,
    from: "service !== null && policy.domainServicesBeforePayment.includes(service)",
    to: "service !== null",
    test: LADDER_TEST,
  },
  {
    rule: "R16",
    breach: "redemption has to be paid first",
    file: "src/domain/policy.ts",
    from: '    "redemption",\n',
    to: "",
    test: "src/domain/policy.test.ts",
  },
  {
    rule: "R17",
    breach: "nobody is warned that the name can be lost",
    file: LADDER,
    from: '[held, "domain_can_be_lost_until_paid"]',
    to: "[held]",
    test: LADDER_TEST,
  },
  {
    rule: "R18",
    breach: "marketplace orders have to be of self-service products",
    file: LADDER,
    from: 'if (order.channel.kind === "marketplace") return null;',
    to: "",
    test: "src/domain/issuance-rungs.test.ts",
  },
  {
    rule: "R19",
    breach: "accounts served by a partner get contracts here",
    file: RUNGS,
    from: "policy.partnerKindsRefused.includes(partner.kind) ?",
    to: "policy.partnerKindsRefused.length > 9 ?",
    test: LADDER_TEST,
  },
  {
    rule: "R20",
    breach: "an uploaded contract verifies as sealed here",
    file: "src/application/verify-contract.ts",
    from: 'if (contract.form === "offline") return',
    to: 'if (contract.number === "") return',
    test: "tests/http/ticket-files.test.ts",
  },
  {
    rule: "R21",
    breach: "a preview bears no watermark",
    file: "src/document/document-sheet.ts",
    from: 'mark: "preview", riding',
    to: 'mark: "none", riding',
    test: "tests/http/drafts.test.ts",
  },
  {
    rule: "R22",
    breach: "buyers and machines can void",
    file: "src/http/contract-routes.ts",
    from: 'config: { access: "contracts:void" }',
    to: 'config: { access: "contracts:read" }',
    test: "tests/http/void-contract.test.ts",
  },
  {
    rule: "R23",
    breach: "the first refusal ends the batch",
    file: "src/application/request-contracts.ts",
    from: 'outcomes.set(order, await requestOne(order).catch((error: unknown) => ({ kind: "broken", error })));',
    to: 'const outcome = await requestOne(order);\n      outcomes.set(order, outcome);\n      if (outcome.kind === "refused") return;',
    test: "tests/http/batch.test.ts",
  },
  {
    rule: "R24",
    breach: "a refusal does not name its rule",
    file: "src/http/problem-reply.ts",
    from: "    rule: RULE_OF[refusal.code],\n",
    to: "",
    test: "tests/http/order-decisions.test.ts",
  },
];
