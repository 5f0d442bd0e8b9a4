import { type TSchema, Type } from "typebox";

/** Pieces of schema that the order format is built of; what the schema cannot say is checked by the readers. */
const ID_PATTERN = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";
const AMOUNT_PATTERN = "^-?\\d{1,20}(\\.\\d{1,20})?$";

/** A foreign id: 1 to 64 letters, digits, ".", "_" or "-", a letter or digit first. */
export function idSchema(description: string) {
  return Type.String({ pattern: ID_PATTERN, description });
}

/** An exact decimal as text, with no more decimal places than the currency has. */
export function amountSchema(description = 'A decimal as text, never a JSON number: "12.50".') {
  return Type.String({ pattern: AMOUNT_PATTERN, description });
}

export function instantSchema(description = "ISO 8601 with an offset, years 1970 to 9999.") {
  return Type.String({ format: "date-time", description, examples: ["2026-11-01T00:00:00Z"] });
}

export function textSchema(maxLength: number, description: string) {
  return Type.String({ minLength: 1, maxLength, description });
}

/** Many writers print an absent member as null; both mean the same. */
export function orNull<Schema extends TSchema>(schema: Schema, description: string) {
  return Type.Union([schema, Type.Null()], { description });
}
