import { show } from "../constraint/constraint.js";
import { isPlainObject } from "./parameterValue.js";

/** The forms a parameter may have, for errors. */
export const parameterForms =
  "a number, an array of numbers in any number of dimensions, a Float64Array, a Float32Array or a Matrix";

/** A value that is no parameter, as it appears in an error. */
export function describeValue(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value) || isPlainObject(value)) return show(value);
  return `an object of class ${String(Reflect.get(value, "constructor")?.name)}`;
}
