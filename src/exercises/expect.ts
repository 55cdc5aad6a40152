import type { Matrix } from "../array/matrix.js";
import type { Message } from "../constraint/message.js";
import { arrayOf, isDictionary, isList, isSameShape } from "./arrays.js";
import { type Judged, Wrong } from "./judging.js";
import { say } from "./say.js";
import type { ExerciseValue, NdArray } from "./value.js";

/** How far numbers may be off, of the largest of them: rounding of another order of sums, or of float32. */
export function toleranceOf({ dtype }: Pick<NdArray, "dtype">): number {
  return dtype === "float32" ? 1e-4 : 1e-6;
}

/** Whether numbers are what is expected, up to rounding. */
export function isClose(got: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-6): boolean {
  if (got.length !== expected.length) return false;
  const bound = tolerance * scaleOf(expected);
  for (let k = 0; k < expected.length; k++) {
    // An infinite cost is right where ∞ is expected.
    if (got[k] !== expected[k] && !(Math.abs(got[k] - expected[k]) <= bound)) return false;
  }
  return true;
}

/** The largest finite magnitude, or 1 where all are 0. */
function scaleOf(values: ArrayLike<number>): number {
  let largest = 0;
  for (let k = 0; k < values.length; k++) {
    const size = Math.abs(values[k]);
    if (size > largest && size < Number.POSITIVE_INFINITY) largest = size;
  }
  return largest || 1;
}

/** The dictionary that a function returned, with these keys. */
export function requireDictionary(
  { language }: Judged,
  value: ExerciseValue,
  keys: readonly string[],
): Readonly<Record<string, ExerciseValue>> {
  if (!isDictionary(value)) throw new Wrong(say("wrong.noDictionary", { got: describe(value, language), keys }));
  const absent = keys.filter((key) => !Object.hasOwn(value, key));
  if (absent.length > 0) throw new Wrong(say("wrong.keys", { absent, found: Object.keys(value) }));
  return value;
}

/** The values of a tuple that a function returned. */
export function requireTuple(
  { language }: Judged,
  value: ExerciseValue,
  names: readonly string[],
): readonly ExerciseValue[] {
  // Rows of one array are no tuple: [A3] of one example would be taken for two values.
  if (isList(value) && value.length === names.length) return value;
  throw new Wrong(say("wrong.noTuple", { got: describe(value, language), names }), say("next.return", { names }));
}

/** A number that a function returned, also as an array of one entry. */
export function requireScalar({ language }: Judged, name: string, value: ExerciseValue): NdArray {
  const array = typeof value === "boolean" ? undefined : arrayOf(value);
  if (array?.data.length === 1) return array;
  const why = say("wrong.noNumber", { name, got: describe(value, language) });
  throw new Wrong(why, value === null ? say("next.return", { names: [name] }) : undefined);
}

/** An array of this shape, or a Wrong that names both shapes. */
export function requireShape(
  { language }: Judged,
  name: string,
  value: ExerciseValue,
  shape: readonly number[],
): NdArray {
  const array = arrayOf(value);
  if (array === undefined) throw new Wrong(say("wrong.noArray", { name, got: describe(value, language) }));
  if (!isSameShape(array.shape, shape)) {
    const why = say("wrong.shape", {
      name,
      got: inWords(array.shape, language),
      expected: inWords(shape, language),
    });
    throw new Wrong(why, nextOfShape(language, name, array.shape, shape));
  }
  return array;
}

function nextOfShape(
  language: Judged["language"],
  name: string,
  got: readonly number[],
  shape: readonly number[],
): Message | undefined {
  const [rows, columns] = shape;
  if (got.length === 1 && (got[0] === rows || got[0] === columns)) {
    if (language === "typescript")
      return columns === 1 ? say("next.rowsOfOne", { name }) : say("next.oneRow", { name });
    if (!name.startsWith("db")) return say("next.reshape", { name, shape: inWords(shape, language) });
  }
  if (language === "python" && name.startsWith("db")) return say("next.keepdims", { name });
  if (name.startsWith("D")) return say("next.mask", { name });
  if (got.length === 2 && got[0] === columns && got[1] === rows) return say("next.transpose", { name });
  return undefined;
}

/** A shape as the language writes it: `(5, 1)`, `(5,)`, `()` in Python, `5 × 1`, `5` in TypeScript. */
export function inWords(shape: readonly number[], language: Judged["language"]): string {
  if (language === "typescript") return shape.length === 0 ? "1" : shape.join(" × ");
  return `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
}

/** The entry that is furthest off, as a Wrong says it. */
export function wrongValue(
  name: string,
  got: NdArray,
  expected: ArrayLike<number>,
  causes: readonly Message[] = [],
): Wrong {
  let at = 0;
  let furthest = -1;
  for (let k = 0; k < expected.length; k++) {
    const distance = Math.abs(got.data[k] - expected[k]);
    const off = Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance;
    if (off > furthest) [at, furthest] = [k, off];
  }
  const values = { name, index: indexOf(got.shape, at), got: text(got.data[at]), expected: text(expected[at]) };
  return new Wrong(say("wrong.value", values, { cause: causes }), undefined);
}

/** An array that has this shape and these values, or a Wrong. */
export function requireValues(
  judged: Judged,
  name: string,
  value: ExerciseValue,
  expected: Matrix,
  causes: (got: NdArray) => readonly Message[] = () => [],
): NdArray {
  const got = requireShape(judged, name, value, expected.shape);
  if (isClose(got.data, expected.data, toleranceOf(got))) return got;
  throw wrongValue(name, got, expected.data, causes(got));
}

function indexOf(shape: readonly number[], position: number): readonly string[] {
  const index: string[] = [];
  let rest = position;
  for (const size of shape.toReversed()) {
    index.unshift(String(rest % size));
    rest = Math.floor(rest / size);
  }
  return index;
}

/** A number with as many digits as are of use beside another. */
export function text(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "−∞" : "NaN";
  const rounded = Number(value.toPrecision(6));
  return rounded !== 0 && Math.abs(rounded) < 1e-4 ? rounded.toExponential() : String(rounded);
}

/** What a value is, in the words of its language. */
export function describe(value: ExerciseValue, language: Judged["language"]): string {
  const isPython = language === "python";
  if (value === null) return isPython ? "None" : "undefined";
  if (typeof value === "boolean") return isPython ? (value ? "True" : "False") : String(value);
  if (typeof value === "number") return text(value);
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  if (isDictionary(value)) return isPython ? "dict" : "object";
  const array = arrayOf(value);
  if (array !== undefined) return `array ${inWords(array.shape, language)}`;
  return isList(value) ? `${isPython ? "tuple" : "array"} [${value.length}]` : typeof value;
}
