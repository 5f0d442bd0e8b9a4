/** An exact decimal: `units` divided by ten to the power of `places`. */
export interface ExactDecimal {
  readonly units: bigint;
  readonly places: number;
}

/** A number as JSON writes it, bounded so that no text of a foreign system can make arithmetic slow. */
const DECIMAL = /^(-?)(\d{1,40})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,2}))?$/;

/** Reads "1830.457" and also "1.83045E7", as Java prints a double from ten million on; anything else is null. */
export function parseExactDecimal(text: string): ExactDecimal | null {
  const match = DECIMAL.exec(text);
  if (!match) return null;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const magnitude = BigInt(whole + fraction);
  const units = sign === "-" ? -magnitude : magnitude;
  const places = fraction.length - Number(exponent);
  return places >= 0 ? { units, places } : { units: units * 10n ** BigInt(-places), places: 0 };
}

export function sumExactly(decimals: readonly ExactDecimal[]): ExactDecimal {
  const places = Math.max(0, ...decimals.map((decimal) => decimal.places));
  const units = decimals.reduce((sum, decimal) => sum + decimal.units * 10n ** BigInt(places - decimal.places), 0n);
  return { units, places };
}

/** Cuts off, towards zero, what lies beyond so many decimal places. */
export function truncateTo(places: number, decimal: ExactDecimal): ExactDecimal {
  if (decimal.places <= places) return decimal;
  return { units: decimal.units / 10n ** BigInt(decimal.places - places), places };
}

/** "1830.457": without exponent, with all its places. */
export function textOfDecimal({ units, places }: ExactDecimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
  const sign = units < 0n ? "-" : "";
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
