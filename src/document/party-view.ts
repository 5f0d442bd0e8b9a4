import type { Localized } from "../domain/localized.ts";
import type { SnapshotParty } from "../domain/snapshot-parties.ts";
import { breakable, breakableIn } from "./breakable-text.ts";

export interface PartyView {
  readonly name: Localized;
  /** "credit_code" for a Chinese organisation, "other" for persons and foreign firms: decides the label. */
  readonly registrationKind: "credit_code" | "other";
  readonly registration: string;
  readonly address: Localized;
  readonly contact: string;
  /** The buyer's to fill in, as the next two (R6); empty for none. */
  readonly postalAddress: string;
  readonly phone: string;
  readonly email: string;
}

export function partyView(party: SnapshotParty): PartyView {
  return {
    name: breakableIn({ "zh-CN": party.nameZh, en: party.nameEn }),
    registrationKind: isCreditCode(party.registrationNumber) ? "credit_code" : "other",
    registration: breakable(party.registrationNumber),
    address: breakableIn({ "zh-CN": party.addressZh, en: party.addressEn }),
    contact: breakable(party.contact),
    postalAddress: breakable(party.postalAddress),
    phone: breakable(party.phone),
    email: breakable(party.email),
  };
}

/** GB 32100 form, as opposed to an identity card number (GB 11643), which has a birthday in its middle. */
function isCreditCode(text: string): boolean {
  const identityCard = /^[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/;
  return /^[1-9A-HJ-NPQRTUWXY][0-9A-HJ-NPQRTUWXY]\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(text) && !identityCard.test(text);
}
