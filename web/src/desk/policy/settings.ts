import type { Rules } from "../../api/policy.ts";

export type SettingName = keyof Rules;

interface Setting {
  readonly name: SettingName;
  /** The rule that it is a setting of, as docs/policy.md numbers them. */
  readonly rule: string;
}

interface SettingGroup {
  readonly name: string;
  readonly settings: readonly Setting[];
}

/** Every setting of the rules, by what it is about, in the order in which it is read. */
export const SETTING_GROUPS = [
  {
    name: "eligibility",
    settings: [
      { name: "selfServiceProducts", rule: "R2" },
      { name: "contractableOrderTypes", rule: "R1" },
      { name: "partnerKindsRefused", rule: "R19" },
      { name: "identityRequired", rule: "R6" },
      { name: "reissueAfterVoid", rule: "R4" },
    ],
  },
  {
    name: "unpaid",
    settings: [
      { name: "hold", rule: "R8" },
      { name: "domainProducts", rule: "R15" },
      { name: "domainServicesBeforePayment", rule: "R16" },
    ],
  },
  { name: "bills", settings: [{ name: "billFinality", rule: "R13" }] },
  {
    name: "house",
    settings: [
      { name: "voidAlone", rule: "R22" },
      { name: "withoutTimestamp", rule: "R18" },
    ],
  },
] as const satisfies readonly SettingGroup[];

export const SETTINGS = SETTING_GROUPS.flatMap(({ settings }): readonly Setting[] => settings);

type Named = (typeof SETTING_GROUPS)[number]["settings"][number]["name"];
/** A setting that no group has does not compile. */
export const EVERY_SETTING_IS_SHOWN: SettingName extends Named ? true : never = true;
