import type { Rules } from "../../api/policy.ts";

export type SettingName = keyof Rules;

export const SETTING_GROUPS = ["eligibility", "unpaid", "bills", "house"] as const;
type SettingGroup = (typeof SETTING_GROUPS)[number];

interface Setting {
  readonly name: SettingName;
  /** The rule that it is a setting of, as docs/policy.md numbers them. */
  readonly rule: string;
  /** What it is about. */
  readonly group: SettingGroup;
}

/** Every setting of the rules, in the order in which they are read. */
const PLACES: Readonly<Record<SettingName, Omit<Setting, "name">>> = {
  selfServiceProducts: { rule: "R2", group: "eligibility" },
  contractableOrderTypes: { rule: "R1", group: "eligibility" },
  partnerKindsRefused: { rule: "R19", group: "eligibility" },
  identityRequired: { rule: "R6", group: "eligibility" },
  reissueAfterVoid: { rule: "R4", group: "eligibility" },
  hold: { rule: "R8", group: "unpaid" },
  domainProducts: { rule: "R15", group: "unpaid" },
  domainServicesBeforePayment: { rule: "R16", group: "unpaid" },
  billFinality: { rule: "R13", group: "bills" },
  voidAlone: { rule: "R22", group: "house" },
  withoutTimestamp: { rule: "R18", group: "house" },
};

export const SETTINGS: readonly Setting[] = Object.keys(PLACES)
  .filter(isSettingName)
  .map((name) => ({ name, ...PLACES[name] }));

function isSettingName(text: string): text is SettingName {
  return Object.hasOwn(PLACES, text);
}
