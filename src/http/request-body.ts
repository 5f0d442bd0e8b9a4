import { type Static, Type } from "typebox";
import { LONGEST, parseBuyerDetails } from "../application/buyer-details.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { Result } from "../domain/result.ts";
import type { RequestDetails } from "../domain/snapshot-parties.ts";

export const LanguageChoice = Type.Union([Type.Literal("zh-CN+en"), Type.Literal("zh-CN"), Type.Literal("en")], {
  description: "What the contract is written in; both when left out",
});
const line = (maxLength: number, description: string) => Type.Optional(Type.String({ maxLength, description }));

/** What the buyer chooses and fills in (R6); spread into the bodies and queries that take it. */
export const RequestFields = {
  language: Type.Optional(LanguageChoice),
  contact: line(LONGEST.contact, "The person or department to turn to, printed on the contract"),
  postalAddress: line(LONGEST.postalAddress, "Where letters reach the buyer, printed on the contract"),
  phone: line(LONGEST.phone, "As in +86 571 5550 0199 ext. 801, printed on the contract"),
  email: line(LONGEST.email, "One address, printed on the contract"),
  purchaseOrder: line(LONGEST.purchaseOrder, "The buyer's own number of the purchase, printed on the contract"),
};

export const RequestBody = Type.Union([Type.Object(RequestFields, { additionalProperties: false }), Type.Null()]);

/** Nothing sent is nothing filled in, in both languages. */
export function detailsOf(given: Static<typeof RequestBody>): Result<RequestDetails, InputFault> {
  const { language = "zh-CN+en", ...filledIn } = given ?? {};
  return parseBuyerDetails(language, filledIn);
}
