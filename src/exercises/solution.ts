import { CodedError } from "../constraint/codedError.js";
import type { ExerciseValue } from "./value.js";

/**
 * What is called in the place of a student's function:
 * - `"forward_propagation_n"`: the course's right one, `(X, Y, parameters)` → `[cost, cache]`, a network 4-5-3-1 (ReLU, ReLU,
 *   sigmoid) with cross-entropy;
 * - `polynomial`: a function of two numbers, `(x, θ)` → `Σ polynomial[k] θᵏ`;
 * - `returns`: a function that returns this, whatever it is given.
 */
export type Replacement =
  | "forward_propagation_n"
  | { readonly polynomial: readonly number[] }
  | { readonly returns: ExerciseValue };

/** Options of a call. */
export interface CallOptions {
  /** Seeds `np.random` (Python) or `Math.random` (TypeScript) before the call, 0 … 2³²−1. */
  readonly seed?: number;
  /** Functions, by name, that are replaced for this call wherever the student's code calls them by this name. */
  readonly replaced?: Readonly<Record<string, Replacement>>;
}

/** A student's functions, by the course's names. */
export interface Solution {
  readonly language: "python" | "typescript";
  /** Every function that the student's file defines or imports from its own folder. */
  readonly names: readonly string[];
  /** Why the file could not be loaded. Every function is wrong then, in these words. */
  readonly failure?: SolutionError;
  /**
   * Calls a function.
   *
   * @throws SolutionError (the promise rejects) where it throws, does not end or returns what is no ExerciseValue
   */
  call(name: string, args: readonly ExerciseValue[], options?: CallOptions): Promise<ExerciseValue>;
}

/**
 * What a student's program did in the place of an answer.
 *
 * @param kind `threw`: an exception; `endless`: no answer in the time it had; `unreadable`: it returned what is no value of an
 *   exercise; `load`: the file could not be loaded; `ended`: the program ended in the middle of the call
 * @param words the interpreter's own words, such as `ValueError: shapes (3,5) and (4,7) not aligned (line 12)`; of
 *   `endless` the seconds it had, of `unreadable` what it returned
 *
 * @example
 * import { SolutionError } from "gradproof/exercises";
 * const error = new SolutionError("threw", "NameError: name 'np' is not defined (line 3)");
 * [error.kind, error.message]; // => ["threw", "NameError: name 'np' is not defined (line 3)"]
 */
export class SolutionError extends CodedError {
  override readonly name = "SolutionError";

  constructor(
    readonly kind: "threw" | "endless" | "unreadable" | "load" | "ended",
    readonly words: string,
  ) {
    super(words);
  }
}
