import type { Message } from "../constraint/message.js";
import { difference } from "./compareSlope.js";
import type { DirectionalTest } from "./directionalTest.js";
import type { Failure } from "./evaluator.js";
import type { Grid } from "./grid.js";
import { say } from "./say.js";

/** Noise of a cost, relative, above which it was hardly computed in float64. */
const singleNoise = 1e-11;
/** More decimals than this are not printed on purpose: it is the digits that are few. */
const mostDecimals = 8;

/**
 * Why the tests of a block leave it undecided, and what to do.
 *
 * @param failure why the cost had no value, where it had none
 * @param grid on which the values of the cost lie
 */
export function reasonOf(
  tests: readonly DirectionalTest[],
  failure: Failure | undefined,
  grid: Grid | undefined,
): Message {
  const count = (outcome: DirectionalTest["outcome"]): number =>
    tests.filter((test) => test.outcome === outcome).length;
  if (count("steps") > 0) return say("reason.steps", {});
  if (count("differs") > 0) {
    const here = tests.some(({ outcome, point }) => outcome === "differs" && point.given);
    return say(here ? "reason.differsHere" : "reason.differsNear", {});
  }
  const outside = count("outside");
  const kinks = tests.filter(({ outcome }) => outcome === "kink");
  const unclear = tests.filter(({ outcome }) => outcome === "unclear");
  if (outside > kinks.length + unclear.length) return withoutValue(failure);
  if (kinks.length > unclear.length) {
    const { slope } = kinks[0];
    return say("reason.kink", { left: slope.value - slope.jump / 2, right: slope.value + slope.jump / 2 });
  }
  const { point, slope, size } = unclear[0] ?? tests[0];
  const rounded = roundedTo(grid);
  if (rounded !== undefined) return rounded;
  if (point.noise > singleNoise * Math.abs(point.cost)) {
    return say("reason.noise", { relative: point.noise / Math.abs(point.cost) });
  }
  if (size * 1e-5 < difference * slope.noise) {
    return say("reason.vanishes", { slope: size, rounding: slope.error });
  }
  return say("reason.rough", { error: slope.error });
}

/** That the cost comes in few decimal digits, where it does. */
export function roundedTo(grid: Grid | undefined): Message | undefined {
  if (grid?.base !== 10) return undefined;
  return grid.exponent <= 0 && grid.exponent >= -mostDecimals
    ? say("check.roundedToDecimals", { decimals: -grid.exponent })
    : say("check.roundedToDigits", { digits: grid.digits });
}

function withoutValue(failure: Failure | undefined): Message {
  switch (failure?.kind) {
    case "threw":
      return say("reason.throws", { error: failure.what });
    case "notFinite":
      return say("reason.notFinite", { value: failure.what });
    case "gradientThrew":
      return say("reason.gradientThrows", { error: failure.what });
    case undefined:
      return say("reason.noValue");
  }
}
