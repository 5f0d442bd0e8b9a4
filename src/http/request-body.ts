import { type Static, Type } from "typebox";
import type { RequestDetails } from "../domain/contract-snapshot.ts";

const LanguageChoice = Type.Union([Type.Literal("zh-CN+en"), Type.Literal("zh-CN"), Type.Literal("en")], {
  description: "What the contract is written in; both when left out",
});
const Contact = Type.String({ maxLength: 200, description: "The buyer's contact, printed on the contract" });

/** What the buyer chooses and fills in; spread into the bodies and queries that take it. */
export const RequestFields = { language: Type.Optional(LanguageChoice), contact: Type.Optional(Contact) };

export const RequestBody = Type.Union([Type.Object(RequestFields, { additionalProperties: false }), Type.Null()]);

export const IdempotencyHeader = Type.Object({
  "idempotency-key": Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: "Repeated with the same key, the first answer comes again",
    }),
  ),
});

export function detailsOf(given: Static<typeof RequestBody>): RequestDetails {
  const { language = "zh-CN+en", contact = "" } = given ?? {};
  return { language, contact: contact.trim().normalize("NFC") };
}
