import { Type } from "typebox";

export const Instant = Type.String({ format: "date-time", description: "ISO 8601 in UTC" });
export const NullableText = Type.Union([Type.String(), Type.Null()]);
export const NullableInstant = Type.Union([Instant, Type.Null()]);
export const Decimal = Type.String({ description: "An exact decimal; never a float" });

/** Neither control characters nor halves of characters: PostgreSQL keeps no NUL, and no reader would see the others. */
const PRINTABLE = "[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f\\p{Cs}]*";

/** What people write to each other, in lines; it says something. */
export function prose(maxLength: number, description: string) {
  return Type.String({ minLength: 1, maxLength, pattern: `^(?=[\\s\\S]*\\S)${PRINTABLE}$`, description });
}

/** The same, where nothing need be said. */
export function optionalProse(maxLength: number, description: string) {
  return Type.Optional(Type.String({ maxLength, pattern: `^${PRINTABLE}$`, description }));
}

export const Localized = Type.Object({ "zh-CN": Type.String(), en: Type.String() });

export const WaitingSchema = Type.Union(
  [
    Type.Object({
      what: Type.Literal("timestamp"),
      since: Instant,
      reason: Type.String({ description: "How the timestamp authority failed last; for programs" }),
      sentence: Type.String({ description: "The same in the reader's language" }),
    }),
    Type.Null(),
  ],
  { description: "What keeps it from being issued: a timestamp that cannot be had at present. Issued by itself later" },
);
