import { OptionError, show } from "../../constraint/constraint.js";
import { RandomStream } from "../../random/streams.js";
import { gradientCheck } from "../checkGradients.js";
import type { CheckOptions } from "../checkOptions.js";
import { drive } from "../drive.js";
import type { GradientReport } from "../report.js";
import { splitOptions } from "./splitOptions.js";

/** An activation of one's own, entry by entry. */
export interface OwnActivation {
  /** g(z) */
  readonly f: (z: number) => number;
  /** g'(z); a = g(z) comes with it, for formulas such as a (1 − a). */
  readonly derivative: (z: number, a: number) => number;
}

export interface ActivationCheckOptions extends Omit<CheckOptions, "blocks"> {
  /** Where to check. Default: 24 numbers from N(0, 2²), none of them 0. */
  readonly z?: readonly number[];
}

const where = "checkActivation()";

/**
 * Checks the derivative of an activation: `derivative(z, f(z))` against differences of `f` at numbers large and small, of
 * both signs.
 *
 * At a kink, such as that of the ReLU at 0, there is no derivative to check; give such a `z` and the report says so.
 *
 * @param activation `f` and `derivative`, functions of a number
 * @param options `z`, where to check; mode, seed, progress, signal as for `checkGradients`
 * @throws OptionError where a function is missing or returns anything but a number; RangeError where `f` is not finite at a `z`
 *
 * @example
 * import { checkActivation } from "gradproof/gradcheck";
 * // SiLU: z σ(z), with derivative σ + z σ (1 − σ)
 * const s = (z: number) => 1 / (1 + Math.exp(-z));
 * checkActivation({ f: (z) => z * s(z), derivative: (z) => s(z) + z * s(z) * (1 - s(z)) }).verdict; // => "correct"
 * checkActivation({ f: (z) => z * s(z), derivative: (z) => s(z) }).verdict; // => "wrong"
 */
export function checkActivation(activation: OwnActivation, options: ActivationCheckOptions = {}): GradientReport {
  if (typeof activation?.f !== "function" || typeof activation.derivative !== "function") {
    throw new OptionError(`${where}: expected { f, derivative }, both functions of z, got ${show(activation)}`);
  }
  const { own, check } = splitOptions<{ z?: readonly number[] }>(where, options, ["z"]);
  const { f, derivative } = activation;
  const problem = {
    parameters: { z: own.z ?? defaultNumbers(check.seed) },
    cost: ({ z }: { z: readonly number[] }) => z.reduce((J, value) => J + number("f", f(value)), 0),
    gradients: ({ z }: { z: readonly number[] }) => ({
      z: z.map((value) => number("derivative", derivative(value, f(value)))),
    }),
  };
  return drive(gradientCheck(where, problem, check), check);
}

function defaultNumbers(seed = 1): number[] {
  const stream = new RandomStream(seed, "check", 0, 1 << 20);
  return Array.from({ length: 24 }, () => 2 * stream.normal());
}

function number(name: string, value: unknown): number {
  if (typeof value === "number") return value;
  throw new OptionError(`${where}: ${name}() must return a number, got ${show(value)}`);
}
