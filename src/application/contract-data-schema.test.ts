import fc from "fast-check";
import type { Static } from "typebox";
import { Value } from "typebox/value";
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  billFixture,
  payAsYouGoFixture,
  snapshotFixture,
  unpaidDomainFixture,
  unpaidFixture,
} from "../document/contract-snapshot.fixture.ts";
import { anyBillFacts, anyFacts } from "../domain/any-facts.fixture.ts";
import { billDraftOf } from "../domain/bill-snapshot.ts";
import { type ContractSnapshot, draftOf } from "../domain/contract-snapshot.ts";
import { decideBillIssuance } from "../domain/decide-bill-issuance.ts";
import { decideIssuance } from "../domain/decide-issuance.ts";
import { CATALOGUE } from "../domain/facts.fixture.ts";
import { emptyDetails } from "../domain/snapshot-parties.ts";
import { ContractData } from "./contract-data-schema.ts";

/** The type without the index signatures that canonical JSON needs. */
type Named<Value> = Value extends readonly (infer Item)[]
  ? readonly Named<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value as string extends Key ? never : Key]: Named<Value[Key]> }
    : Value;

type Published = Named<Static<typeof ContractData>>;

describe("the published schema of contract.json", () => {
  test("has the members of what is frozen, and their types", () => {
    expectTypeOf<Published>().toExtend<Named<ContractSnapshot>>();
    expectTypeOf<Named<ContractSnapshot>>().toExtend<Published>();
    expectTypeOf<keyof Published>().toEqualTypeOf<keyof Named<ContractSnapshot>>();
  });

  test.each([
    ["a paid order", snapshotFixture()],
    ["an unpaid one", unpaidFixture()],
    ["a domain name", unpaidDomainFixture()],
    ["pay-as-you-go", payAsYouGoFixture()],
    ["a bill", billFixture()],
  ])("takes %s, and nothing with a member more or less", (_, snapshot) => {
    expect([...Value.Errors(ContractData, snapshot)]).toEqual([]);
    expect(Value.Check(ContractData, { ...snapshot, more: "" })).toBe(false);
    for (const key of Object.keys(snapshot)) {
      const { [key]: __, ...rest } = snapshot;
      expect(Value.Check(ContractData, rest)).toBe(false);
    }
  });

  test("takes whatever may be issued, whatever the order or the bill", () => {
    const given = { products: CATALOGUE, details: emptyDetails("zh-CN+en"), demo: false };
    const platform = { "zh-CN": "平台公司", en: "Platform Co." };
    fc.assert(
      fc.property(anyFacts, anyBillFacts, (facts, billFacts) => {
        const [decision, onBill] = [decideIssuance(facts), decideBillIssuance(billFacts)];
        const { seller } = facts;
        if (decision.kind === "issue" && seller) {
          const draft = draftOf({ ...given, facts: { ...facts, seller }, issue: decision, platform });
          expect([...Value.Errors(ContractData, draft)]).toEqual([]);
        }
        if (onBill.kind === "issue") {
          const draft = billDraftOf({ ...given, facts: billFacts, issue: onBill });
          expect([...Value.Errors(ContractData, draft)]).toEqual([]);
        }
      }),
    );
  });

  test("every member is described", () => {
    const undescribed: string[] = [];
    const walk = (schema: unknown, path: string): void => {
      if (typeof schema !== "object" || schema === null) return;
      const { properties, anyOf, items, description } = schema as Record<string, unknown>;
      if (path !== "" && description === undefined && properties === undefined) undescribed.push(path);
      for (const [key, member] of Object.entries(properties ?? {})) walk(member, `${path}.${key}`);
      for (const branch of Array.isArray(anyOf) ? anyOf : []) {
        if ((branch as { properties?: unknown }).properties) walk(branch, path);
      }
      if ((items as { properties?: unknown } | undefined)?.properties) walk(items, `${path}[]`);
    };
    walk(ContractData, "");
    expect(undescribed).toEqual([]);
  });
});
