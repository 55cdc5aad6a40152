import type { DecimalMark } from "../reading.js";

/** A number as people write it: what it is, and what stood beside its digits. */
export interface WrittenNumber {
  readonly value: number;
  /** `%` or a currency; empty where there is none. */
  readonly unit: string;
  /** Whether marks or blanks grouped the thousands. */
  readonly grouped: boolean;
}

/** Signs and codes of currencies that stand before or behind a number. */
const currency =
  "(?:(?:US|CA|AU|NZ|HK|R)?\\$|\\p{Sc}|USD|EUR|GBP|JPY|CNY|RMB|CHF|SEK|NOK|DKK|PLN|CZK|INR|BRL|AUD|CAD|kr\\.?|Rs\\.?|zł|元|円)";

/** Blanks, also those that do not break, and apostrophes, as Swiss books have them. */
const groupings = "[ \\u00a0\\u2009\\u202f'’]";

const patterns: Readonly<Record<DecimalMark, RegExp>> = { ".": patternOf("\\.", ","), ",": patternOf(",", "\\.") };

/** Sign, currency, sign, digits, unit: the digits plain or in groups of three, or in India's of two. */
function patternOf(mark: string, group: string): RegExp {
  const decimals = `(?:${mark}\\d+)?`;
  const grouped = [
    `[1-9]\\d{0,2}(?:${group}\\d{3})+${decimals}`,
    `[1-9]\\d?(?:${group}\\d{2})+${group}\\d{3}${decimals}`,
    `[1-9]\\d{0,2}(?:${groupings}\\d{3})+${decimals}`,
  ];
  const plain = `(?:\\d+(?:${mark}\\d*)?|${mark}\\d+)(?:[eEdD][+-]?\\d+)?`;
  return new RegExp(
    `^([+\\-−]?)\\s?(${currency})?\\s?([+\\-−]?)(?:(${grouped.join("|")})|(${plain}))\\s?(%|${currency})?(-)?$`,
    "u",
  );
}

/**
 * The number that a text stands for where it is no plain decimal: `1,234.5`, `$4,300`, `12 %`, `(300)` and `300-` for −300,
 * `1.5D+02` of Fortran, or with a decimal comma `1.234,5`; undefined for anything else.
 */
export function parseWrittenNumber(text: string, decimal: DecimalMark): WrittenNumber | undefined {
  if (text.length > 40) return undefined;
  const inside = text.startsWith("(") && text.endsWith(")") ? text.slice(1, -1).trim() : undefined;
  const match = patterns[decimal].exec(inside ?? text);
  if (match === null) return undefined;
  const [, sign, before = "", innerSign, groups, plain, behind = "", signBehind = ""] = match;
  const signs = [sign, innerSign, signBehind].filter((one) => one !== "");
  if (signs.length + (inside === undefined ? 0 : 1) > 1 || (before !== "" && behind !== "")) return undefined;
  const digits = groups === undefined ? plain : groups.replace(decimal === "." ? /[^\d.]/g : /[^\d,]/g, "");
  const value = Number(digits.replace(",", ".").replace(/d/i, "e"));
  const isNegative = inside !== undefined || (signs.length > 0 && signs[0] !== "+");
  return { value: isNegative ? -value : value, unit: before || behind, grouped: groups !== undefined };
}
