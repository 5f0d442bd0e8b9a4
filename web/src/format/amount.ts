import type { Language } from "../i18n/languages.ts";

/** "12840.00" CNY → "¥12,840.00" or "CN¥12,840.00". The decimal stays text, so no digit passes through a float. */
export function amountText(decimal: string, currency: string, language: Language): string {
  if (!isDecimal(decimal)) return `${decimal} ${currency}`;
  const minimumFractionDigits = decimal.split(".")[1]?.length ?? 0;
  const places = { minimumFractionDigits, maximumFractionDigits: minimumFractionDigits };
  return new Intl.NumberFormat(language, { style: "currency", currency, ...places }).format(decimal);
}

/** "2.500" → "2.5": a quantity in the reader's grouping. */
export function quantityText(decimal: string, language: Language): string {
  if (!isDecimal(decimal)) return decimal;
  return new Intl.NumberFormat(language, { maximumFractionDigits: 20 }).format(decimal);
}

/** 123456 → "124 kB", rounded up. */
export function fileSizeText(bytes: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: "unit", unit: "kilobyte" }).format(Math.ceil(bytes / 1000));
}

export function isZero(decimal: string): boolean {
  return !/[1-9]/.test(decimal);
}

function isDecimal(text: string): text is Intl.StringNumericLiteral {
  return /^-?\d+(\.\d+)?$/.test(text);
}
