import type { Message } from "../constraint/message.js";
import { difference } from "./compareSlope.js";
import type { DirectionalTest } from "./directionalTest.js";
import type { Failure } from "./evaluator.js";
import { say } from "./say.js";

/** Noise of a cost, relative, above which it was hardly computed in float64. */
const singleNoise = 1e-11;

/**
 * Why the tests of a block leave it undecided, and what to do.
 *
 * @param failure why the cost had no value, where it had none
 */
export function reasonOf(tests: readonly DirectionalTest[], failure: Failure | undefined): Message {
  const count = (outcome: DirectionalTest["outcome"]): number =>
    tests.filter((test) => test.outcome === outcome).length;
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
  if (point.noise > singleNoise * Math.abs(point.cost)) {
    return say("reason.noise", { relative: point.noise / Math.abs(point.cost) });
  }
  if (size * 1e-5 < difference * slope.noise) {
    return say("reason.vanishes", { slope: size, rounding: slope.error });
  }
  return say("reason.rough", { error: slope.error });
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
