import type { ExerciseValue, NdArray } from "../../exercises/value.js";
import { decodeArray, encodeArray } from "../../node/wireArray.js";

/** What a function returned is of no kind that an exercise knows, such as a generator. The message names it. */
export class UnreadableValue extends Error {}

/** Lists within lists; those of an exercise have 3. */
const deepest = 64;

/**
 * A value as a line of JSON holds it: an array as the bytes of a `.npy` file, a dictionary as `{"dict": {…}}`, a number that
 * JSON does not know as `{"number": "nan"}`.
 */
export function encodeValue(value: ExerciseValue): unknown {
  if (Object.is(value, -0)) return { number: "-0" };
  if (typeof value === "number") return Number.isFinite(value) ? value : { number: String(value) };
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map(encodeValue);
  if (isNdArray(value)) return encodeArray(value, "npy");
  return { dict: Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, encodeValue(inner)])) };
}

/**
 * Reads a value from JSON, written as {@link encodeValue} writes it.
 *
 * @throws UnreadableValue where the function returned what has no such form; FormatError for bytes that are no array
 */
export function decodeValue(json: unknown, depth = 0): ExerciseValue {
  if (depth > deepest) throw new UnreadableValue("lists within lists without end");
  if (typeof json === "number" || typeof json === "boolean" || typeof json === "string" || json === null) return json;
  if (Array.isArray(json)) return json.map((inner) => decodeValue(inner, depth + 1));
  if (isRecord(json)) {
    if (typeof json.npy === "string") {
      const { shape, dtype, data } = decodeArray("the array returned", json);
      return { shape, dtype, data };
    }
    if (isRecord(json.dict)) {
      const inner = Object.entries(json.dict).map(([name, value]) => [name, decodeValue(value, depth + 1)] as const);
      return Object.fromEntries(inner);
    }
    if (typeof json.number === "string") return Number(json.number.replace("inf", "Infinity").replace("nan", "NaN"));
    if (typeof json.other === "string") throw new UnreadableValue(json.other);
  }
  throw new UnreadableValue("something that is no value");
}

/** Whether a value is an array, and no dictionary. */
export function isNdArray(value: ExerciseValue): value is NdArray {
  return typeof value === "object" && value !== null && "data" in value && value.data instanceof Float64Array;
}

/** Whether a value is a list: `Array.isArray` says nothing of readonly ones. */
export function isList(value: ExerciseValue): value is readonly ExerciseValue[] {
  return Array.isArray(value);
}

/** Whether a value of JSON is an object with names. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
