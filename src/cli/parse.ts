import { type NumberRange, requireNumber } from "../constraint/constraint.js";

/** A number out of a flag's text, within its range. */
export function parseNumber(flag: string, text: string, constraint: NumberRange): number {
  const value = Number(text);
  // Number("") is 0 and Number("x") is NaN: in both cases the message should show the text.
  return requireNumber(flag, text.trim() === "" || Number.isNaN(value) ? text : value, constraint);
}

/** Numbers out of a flag's text, comma-separated. */
export function parseNumbers(flag: string, text: string, constraint: NumberRange): number[] {
  return text.split(",").map((part) => parseNumber(flag, part, constraint));
}
