import { OptionError, requireName, requireObject, show } from "../constraint/constraint.js";
import { decimalMarks, delimiters, type ReadingOptions, readingKeys, textEncodings } from "./reading.js";

/** Checks how a table's file is read. */
export function parseReading(
  value: unknown,
  where: string,
  keys: readonly (keyof ReadingOptions)[] = readingKeys,
): ReadingOptions {
  const given = requireObject(where, value, keys);
  const { delimiter, header, decimal, encoding, missing, categorical, numeric, date, dayFirst } = given;
  return {
    ...(delimiter !== undefined && { delimiter: requireName(`${where}: delimiter`, delimiter, delimiters) }),
    ...(header !== undefined && { header: requireFlag(`${where}: header`, header) }),
    ...(decimal !== undefined && { decimal: requireName(`${where}: decimal`, decimal, decimalMarks) }),
    ...(encoding !== undefined && { encoding: requireName(`${where}: encoding`, encoding, textEncodings) }),
    ...(missing !== undefined && { missing: requireTexts(`${where}: missing`, missing) }),
    ...(categorical !== undefined && { categorical: requireTexts(`${where}: categorical`, categorical) }),
    ...(numeric !== undefined && { numeric: requireTexts(`${where}: numeric`, numeric) }),
    ...(date !== undefined && { date: requireTexts(`${where}: date`, date) }),
    ...(dayFirst !== undefined && { dayFirst: requireFlag(`${where}: dayFirst`, dayFirst) }),
  };
}

function requireFlag(where: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new OptionError(`${where} must be true or false, got ${show(value)}`);
}

/** An array of texts. */
export function requireTexts(where: string, value: unknown): string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value;
  throw new OptionError(`${where} must be an array of texts, got ${show(value)}`);
}
