import { cos } from "../../../numeric/sinCos.js";
import { end, type ScheduleDefinition, warmedUp, warmup } from "../schedule.js";

/**
 * Half a wave: `end + (1 − end) (1 + cos(π t / T)) / 2`, from 1 to `end` at the end of the run, slow at both ends.
 *
 * Source: I. Loshchilov & F. Hutter 2017, "SGDR: stochastic gradient descent with warm restarts", equation 5, without restarts.
 */
export const cosine = {
  options: { end, warmup },
  factor: (at) => {
    const { end: last } = at.options;
    return warmedUp(at, (t, T) => last + ((1 - last) * (1 + cos((Math.PI * t) / T))) / 2);
  },
} as const satisfies ScheduleDefinition;
