import type { Message } from "../../constraint/message.js";
import { say } from "../say.js";

/** How near a factor must be to a round number to be called by it. */
const snapping = 1e-6;

/** A whole number, or a small one of two decimals, that this one is; undefined where it is none. */
function round(value: number): number | undefined {
  const size = Math.abs(value);
  if (size > 1e7) return undefined;
  const rounded = size >= 10 ? Math.round(value) : Math.round(value * 100) / 100;
  return rounded !== 0 && Math.abs(value - rounded) <= snapping * size ? rounded : undefined;
}

/** The factor by which a gradient is off as a cause, if it is a number that somebody writes; undefined otherwise. */
export function plainCause(factor: number): Message | undefined {
  const extra = round(factor);
  const missing = round(1 / factor);
  if (extra === -1) return say("factor.sign");
  if (extra !== undefined && Number.isInteger(extra)) return say("factor.extra", { factor: extra });
  if (missing !== undefined && Number.isInteger(missing)) return say("factor.missing", { factor: missing });
  if (extra !== undefined) return say("factor.extra", { factor: extra });
  return missing === undefined ? undefined : say("factor.division", { divisor: missing });
}

/** The same with what it may be besides: of a whole number that may be m the mean, of another one a division. */
export function factorCause(factor: number): Message | undefined {
  const cause = plainCause(factor);
  if (cause === undefined) return undefined;
  const value = cause.numbers.factor;
  if (cause.id === "factor.missing") return value > 4 ? say("factor.missingOrMean", { factor: value }) : cause;
  if (cause.id !== "factor.extra") return cause;
  if (Number.isInteger(value)) return value > 4 ? say("factor.extraOrMean", { factor: value }) : cause;
  const missing = round(1 / factor);
  return missing === undefined ? cause : say("factor.extraOrDivision", { factor: value, divisor: missing });
}

/** The d, one of these lengths, whose root a factor is, or one over whose root. */
export function rootCause(factor: number, lengths: readonly number[]): Message | undefined {
  for (const [power, id] of [
    [2, "factor.root"],
    [-2, "factor.overRoot"],
  ] as const) {
    const square = round(factor ** power);
    if (factor > 0 && square !== undefined && square > 1 && lengths.includes(square)) return say(id, { d: square });
  }
  return undefined;
}
