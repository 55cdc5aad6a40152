import { type ExerciseValue, type NdArray, type Replacement, type Solution, SolutionError } from "gradproof/exercises";
import { RandomState } from "gradproof/random";
import { course } from "./courseFunctions.js";

/** A student's function: arrays are `number[][]`. */
// biome-ignore lint/suspicious/noExplicitAny: functions of every exercise, with arguments of their own
export type Plain = (...args: any[]) => unknown;

/** What a student's functions call: each other, by name, and what draws their numbers. */
export interface Own {
  readonly random: RandomState;
  readonly call: Plain;
}

/** A solution whose functions are of this process, in the place of a student's file. */
export function plainSolution(
  functionsOf: (own: Own) => Readonly<Record<string, Plain>>,
  language: Solution["language"] = "typescript",
): Solution {
  const names = Object.keys(functionsOf({ random: new RandomState(0), call: () => undefined }));
  return {
    language,
    names,
    call: async (name, args, { seed = 0, replaced = {} } = {}) => {
      const all: Record<string, Plain> = {
        ...functionsOf({
          random: new RandomState(seed),
          call: (other: string, ...rest: unknown[]) => all[other](...rest),
        }),
      };
      const target = all[name];
      for (const [other, replacement] of Object.entries(replaced)) all[other] = builtIn(replacement);
      try {
        return back(target(...args.map(plain)));
      } catch (error) {
        throw new SolutionError("threw", String(error));
      }
    },
  };
}

function builtIn(replacement: Replacement): Plain {
  if (replacement === "forward_propagation_n") return course.forward_propagation_n;
  if ("returns" in replacement) return () => plain(replacement.returns);
  return (_x: number, theta: number) => replacement.polynomial.reduce((sum, c, k) => sum + c * theta ** k, 0);
}

/** An argument as a student has it. */
export function plain(value: ExerciseValue): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  if ("data" in value && value.data instanceof Float64Array) return nested(value as NdArray);
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, plain(entry as ExerciseValue)]));
}

function nested({ shape, data }: NdArray): unknown {
  if (shape.length === 0) return data[0];
  const [rows, columns] = shape;
  return Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * columns, (i + 1) * columns)));
}

/** What a function returned as the judge gets it; values of the wire, such as NumPy's arrays, go through as they are. */
function back(value: unknown): ExerciseValue {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(back);
  if (typeof value === "object" && value !== null && !("shape" in value)) {
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, back(entry)]));
  }
  return value as ExerciseValue;
}
