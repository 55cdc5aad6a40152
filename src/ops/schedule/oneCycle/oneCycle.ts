import { cos } from "../../../numeric/sinCos.js";
import type { ScheduleDefinition } from "../schedule.js";

/**
 * One rise and one fall: from `start` up to 1 within the share `warmup` of the run, then down to `end` at its last step, both
 * half a wave of the cosine.
 *
 * Sources: L. Smith & N. Topin 2018, "Super-convergence: very fast training of neural networks using large learning rates",
 * §3; the shape and its numbers are those of PyTorch's `OneCycleLR`, without its change of momentum.
 */
export const oneCycle = {
  options: {
    warmup: { constraint: { kind: "number", min: 0, below: 1 }, default: 0.3 },
    start: { constraint: { kind: "number", above: 0, max: 1 }, default: 0.04 },
    end: { constraint: { kind: "number", min: 0, max: 1 }, default: 4e-6 },
  },
  factor: ({ step, steps, options: { warmup, start, end } }) => {
    const top = topOf(warmup, steps);
    const last = steps - 1;
    return step < top ? wave(start, 1, step / top) : wave(1, end, last > top ? (step - top) / (last - top) : 0);
  },
} as const satisfies ScheduleDefinition;

/** Where the factor is 1: a place among the steps, whole or not. */
export function topOf(warmup: number, steps: number): number {
  return Math.max(0, warmup * steps - 1);
}

/** From one value to another along half a wave of the cosine. */
function wave(from: number, to: number, share: number): number {
  return to + ((from - to) / 2) * (1 + cos(Math.PI * share));
}
