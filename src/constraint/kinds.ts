import { OptionError, show } from "./constraint.js";

/** What an argument must be where types alone were asked, for callers without a type checker: each throws an OptionError. */

/** An object; of an argument that is none `expected` says what it should hold. */
export function requireRecord(
  where: string,
  value: unknown,
  expected = "an object",
): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) throw wrong(where, expected, value);
  return value as Readonly<Record<string, unknown>>;
}

/** An array, a typed array, or anything else of numbered entries. */
export function requireList(where: string, value: unknown, expected = "an array"): ArrayLike<unknown> {
  if (typeof value !== "object" || value === null || !("length" in value) || typeof value.length !== "number") {
    throw wrong(where, expected, value);
  }
  return value as ArrayLike<unknown>;
}

/** Whatever can be gone through. */
export function requireIterable(where: string, value: unknown): void {
  if (typeof value !== "object" || value === null || !(Symbol.iterator in value)) {
    throw wrong(where, "an array, or anything else to go through", value);
  }
}

/** A function; `expected` shows one. */
export function requireFunction(where: string, value: unknown, expected: string): void {
  if (typeof value !== "function") throw wrong(where, expected, value);
}

/** A text. */
export function requireText(where: string, value: unknown, expected = "a text"): string {
  if (typeof value !== "string") throw wrong(where, expected, value);
  return value;
}

/** A Map by name. */
export function requireMap(where: string, value: unknown): void {
  if (!(value instanceof Map)) throw wrong(where, "a Map by name", value);
}

/** Bytes. */
export function requireBytes(where: string, value: unknown): void {
  if (!(value instanceof Uint8Array)) throw wrong(where, "a Uint8Array", value);
}

function wrong(where: string, expected: string, value: unknown): OptionError {
  return new OptionError(`${where} must be ${expected}, got ${show(value)}`);
}
