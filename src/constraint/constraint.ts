import { closest } from "./closest.js";
import { CodedError, say } from "./codedError.js";
import { constraintWords, rangeInWords } from "./words.js";

/**
 * An option that is missing, unknown, or out of its range. The message names the option, what was given, and what is
 * expected; `code` and `details` say the same as data.
 *
 * @example
 * import { dense, OptionError } from "gradproof";
 * let caught: OptionError | undefined;
 * try {
 *   dense(0, "relu");
 * } catch (error) {
 *   if (error instanceof OptionError) caught = error;
 * }
 * caught?.message; // => "dense(): units must be a whole number of at least 1, got 0"
 * caught?.code; // => "option.wholeNumber"
 * caught?.details; // => { numbers: { min: 1 }, names: { where: "dense(): units", given: "0" } }
 */
export class OptionError extends CodedError {
  override readonly name = "OptionError";
}

/** The numbers an option admits. */
export interface NumberRange {
  readonly kind: "number";
  readonly whole?: boolean;
  /** Smallest number allowed. */
  readonly min?: number;
  /** Largest number allowed. */
  readonly max?: number;
  /** Every number must be greater than this. */
  readonly above?: number;
  /** Every number must be less than this. */
  readonly below?: number;
}

/** The same, and what the option is in a phrase. One table of these serves checks, flags and docs. */
export interface NumberConstraint extends NumberRange {
  readonly what: string;
}

/**
 * The range in words: `a number above 0 and of at most 1`.
 *
 * @example
 * import { describeRange } from "gradproof/constraint";
 * describeRange({ kind: "number", above: 0, max: 1 }); // => "a finite number above 0 and of at most 1"
 */
export function describeRange(constraint: NumberRange): string {
  return rangeInWords(constraint.whole ? "a whole number" : "a finite number", constraint);
}

/**
 * Returns `value` if it is a number within the range.
 *
 * @throws OptionError naming `where`, the range and the value.
 *
 * @example
 * import { requireNumber } from "gradproof/constraint";
 * requireNumber("units", 3, { kind: "number", whole: true, min: 1 }); // => 3
 */
export function requireNumber(where: string, value: unknown, constraint: NumberRange): number {
  const { whole, min, max, above, below } = constraint;
  const fits =
    typeof value === "number" &&
    (whole ? Number.isSafeInteger(value) : Number.isFinite(value)) &&
    (min === undefined || value >= min) &&
    (max === undefined || value <= max) &&
    (above === undefined || value > above) &&
    (below === undefined || value < below);
  if (!fits) {
    const id = whole ? "option.wholeNumber" : "option.number";
    throw new OptionError(say(constraintWords, id, { where, given: show(value), min, max, above, below }));
  }
  return value;
}

/**
 * Returns `value` if it is one of the names.
 *
 * @throws OptionError naming `where`, the nearest name and all of them.
 */
export function requireName<Name extends string>(where: string, value: unknown, names: readonly Name[]): Name {
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  const near = typeof value === "string" ? closest(value, names) : undefined;
  throw new OptionError(say(constraintWords, "option.name", { where, given: show(value), known: names, near }));
}

/**
 * Returns the value as a plain object if it is one and holds no other keys than those known.
 *
 * @throws OptionError naming the unknown key and the nearest known one.
 *
 * @example
 * import { requireObject } from "gradproof/constraint";
 * let message = "";
 * try {
 *   requireObject("file", { unit: 3 }, ["units", "activation"]);
 * } catch (error) {
 *   if (error instanceof Error) message = error.message;
 * }
 * message; // => 'file: unknown option "unit" (did you mean units?)'
 */
export function requireObject(
  where: string,
  value: unknown,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new OptionError(say(constraintWords, "option.object", { where, given: show(value) }));
  }
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) {
      const near = closest(key, known);
      throw new OptionError(say(constraintWords, "option.unknown", { where, key, known, near }));
    }
  }
  // A null prototype, so that looking up a key never finds an inherited one.
  return Object.assign(Object.create(null), value);
}

/**
 * A value as it appears in a message: short, and never a throw of its own.
 *
 * @example
 * import { show } from "gradproof/constraint";
 * show([1, 2, 3]); // => "[1,2,3]"
 */
export function show(value: unknown): string {
  const text = asText(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function asText(value: unknown): string {
  if (typeof value === "number" || value === undefined || value === null) return String(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function" || typeof value === "symbol") return `a ${typeof value}`;
  if (ArrayBuffer.isView(value)) return `binary data of ${value.byteLength} bytes`;
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    return "an object that is no plain data";
  }
}
