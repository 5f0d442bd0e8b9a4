import { Type } from "typebox";

export const Instant = Type.String({ format: "date-time", description: "ISO 8601 in UTC" });
export const NullableInstant = Type.Union([Instant, Type.Null()]);
export const Decimal = Type.String({ description: "An exact decimal; never a float" });
export const Localized = Type.Object({ "zh-CN": Type.String(), en: Type.String() });
