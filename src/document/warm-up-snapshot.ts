import { clausesOf } from "../domain/contract-clauses.ts";
import type { ContractSnapshot, SnapshotAmounts, SnapshotTerm } from "../domain/contract-snapshot.ts";
import { PLAIN_SEAL } from "../domain/seal-design.ts";
import type { SnapshotParty } from "../domain/snapshot-parties.ts";
import { NOTHING_FILLED_IN } from "../domain/snapshot-parties.ts";

const PARTY: SnapshotParty = {
  nameZh: "预热",
  nameEn: "Warm-up",
  registrationNumber: "0",
  addressZh: "预热",
  addressEn: "Warm-up",
  ...NOTHING_FILLED_IN,
  contact: "warm-up",
};
const START = "2026-01-01T00:00:00Z";
const TERM: SnapshotTerm = { startsAt: START, endsAt: "2027-01-01T00:00:00Z" };
const AMOUNTS: SnapshotAmounts = { list: "1.00", discount: "0.00", tax: "0.06", total: "1.00" };

/** Drawn and thrown away when a child starts, so that fonts and templates are loaded before the first contract. */
export const WARM_UP_SNAPSHOT: ContractSnapshot = {
  schema: "orderseal.contract/1",
  number: "WARM-202601-000000-0",
  language: "zh-CN+en",
  template: "order/1",
  policyVersion: 1,
  wordingVersion: 0,
  requestedAt: START,
  timeZone: "Asia/Shanghai",
  seller: PARTY,
  buyer: PARTY,
  buyerAccount: "warm-up",
  buyerVerified: true,
  purchaseOrder: "",
  platform: null,
  order: {
    id: "warm-up",
    type: "new",
    billing: "subscription",
    placedAt: START,
    paidAt: START,
    domainName: null,
    domainService: null,
  },
  bill: null,
  term: TERM,
  currency: "CNY",
  lines: [
    {
      line: "1",
      product: "warm-up",
      nameZh: "预热",
      nameEn: "Warm-up",
      description: "warm-up",
      quantity: "1",
      term: TERM,
      amounts: AMOUNTS,
    },
  ],
  amounts: AMOUNTS,
  holdUntil: null,
  warnings: [],
  clauses: clausesOf(["101", "901"], null, { account_kind: { "zh-CN": "账号", en: "account" } }),
  seal: PLAIN_SEAL,
  replaces: null,
  verificationUrl: "https://warm-up.example/",
  demo: true,
};
