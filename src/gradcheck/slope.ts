import type { ReverseCommunication } from "./problem.js";

/** J along a line: its value at a distance from the point, or NaN outside the domain. */
export type Line = (distance: number) => ReverseCommunication<number>;

/** What is known of a line before its slope is measured. */
export interface LineFacts {
  /** J(0). */
  readonly atPoint: number;
  /** Standard deviation of the noise of J. */
  readonly noise: number;
  /** How large the slope is expected to be; the measurement goes on until its error is small beside it. */
  readonly expected: number;
  /** Distance over which J can be expected to change its shape: the size of the parameters that are moved. */
  readonly scale: number;
}

/** A slope from differences. */
export interface Slope {
  readonly value: number;
  /** Error bar: three of them hold the true slope. Infinity where J could not be evaluated around the point. */
  readonly error: number;
  /** The part of the error that is noise of J, and not the step. */
  readonly noise: number;
  /** The larger of the two steps it was made of. */
  readonly step: number;
  /** How far the difference quotient with this step was from the value: with others, that times the square of their ratio. */
  readonly bend: number;
  /** Slope to the right less slope to the left, where there is a kink at the point itself; 0 where J is smooth. */
  readonly jump: number;
  /** Whether J was J(0) at every distance, to the last bit. */
  readonly flat: boolean;
}

/** Error, relative to the slope, at which a measurement is good enough. */
const goal = 1e-8;
/** Steps in units of the scale. The rounding of θ + hξ forbids smaller first steps, the shape of J larger ones. */
const smallestFirstStep = 2 ** -20;
const largestFirstStep = 2 ** -7;
const factor = 16;

/**
 * Slope of J along a line at distance 0, from central differences `D(h) = (J(h) − J(−h)) / 2h`.
 *
 * `D(h) = J' + c₂h² + c₄h⁴ + …`, so that `(4 D(h/2) − D(h)) / 3` is free of h² and, with D(h/4), a second round free of h⁴
 * (Richardson). What two rounds differ by estimates the error of the step; `3 η / h` is that of noise η. The first step
 * is the smallest at which noise leaves eight digits, since kinks of J nearby do less harm the smaller the step is. A
 * step whose own error dominates is divided by 16, one drowned in noise multiplied, as long as the error bar shrinks.
 *
 * Source: L. F. Richardson, "The approximate arithmetical solution by finite differences", Phil. Trans. A 210 (1911);
 * C. Ridders, "Accurate computation of F'(x) and F'(x) F''(x)", Adv. Eng. Software 4 (1982).
 *
 * @param firstStep start with this step instead
 */
export function* measureSlope(J: Line, facts: LineFacts, firstStep?: number): ReverseCommunication<Slope> {
  const { scale } = facts;
  let expected = facts.expected;
  let step = firstStep ?? firstStepOf(facts);
  let best = nowhere(step);
  let direction = 0;
  for (let attempt = 0; attempt < 7; attempt++) {
    const slope = yield* slopeAt(J, facts, expected, step);
    if (slope.error < best.error) best = slope;
    else if (direction !== 0 && best.error < Number.POSITIVE_INFINITY) break;
    expected = Math.max(facts.expected, Math.abs(best.value));
    if (best.error <= goal * expected || slope.flat) break;
    // Outside the domain, or an error of the step: nearer. Drowned in noise: further away.
    const nearer = !(slope.noise > 0.5 * slope.error);
    const next = nearer ? -1 : 1;
    if (direction !== 0 && next !== direction) break;
    if (nearer && slope.noise * factor > best.error) break;
    direction = next;
    step *= factor ** direction;
    if (step > scale) break;
  }
  return best;
}

/** The same with one step alone, however large its error. */
export function slopeWith(J: Line, facts: LineFacts, step: number): ReverseCommunication<Slope> {
  return slopeAt(J, facts, facts.expected, step);
}

/** One measurement from two steps, or three where the second round helps. */
function* slopeAt(
  J: Line,
  { atPoint, noise: eta }: LineFacts,
  expected: number,
  h: number,
): ReverseCommunication<Slope> {
  const values: number[] = [];
  const D: number[] = [];
  const bends: number[] = []; // (J(h) − 2 J(0) + J(−h)) / h: J'' h, and the jump of the slope at a kink
  const measure = function* (step: number): ReverseCommunication<boolean> {
    const right = yield* J(step);
    // Half of the evaluations are spared where one already failed.
    if (!Number.isFinite(right)) return false;
    const left = yield* J(-step);
    values.push(right, left);
    D.push((right - left) / 2 / step);
    bends.push((right - atPoint + (left - atPoint)) / step);
    return Number.isFinite(left);
  };
  if (!(yield* measure(h)) || !(yield* measure(h / 2))) return nowhere(h);
  let value = (4 * D[1] - D[0]) / 3;
  // A smooth J has D(h) − T ∝ h²; the larger distance also covers one that has not.
  let truncation = Math.abs(value - D[0]);
  let noise = (3 * eta) / (h / 2);
  // What is left of the bend when the part that goes like h is taken away: nothing of a smooth J.
  let rest = 2 * bends[1] - bends[0];
  const enough = goal * Math.max(expected, Math.abs(value));
  if (Math.max(truncation, Math.abs(rest) / 2 - bendNoise * noise) > Math.max(noise, enough)) {
    if (!(yield* measure(h / 4))) return nowhere(h);
    const second = (4 * D[2] - D[1]) / 3;
    const third = (16 * second - value) / 15;
    truncation = Math.max(Math.abs(third - second), Math.abs(third - value));
    value = third;
    noise = (3 * eta) / (h / 4);
    rest = 2 * bends[2] - bends[1];
  }
  const flat = values.every((J1) => J1 === atPoint);
  let jump = 0;
  if (Math.abs(rest) > Math.max(4 * truncation, 2 * bendNoise * noise)) {
    // Nearer to the point nothing is left of a kink beside it, but all of one at it.
    const near = h / 16;
    const right = yield* J(near);
    const left = yield* J(-near);
    const last = bends.length - 1;
    const curvature = (bends[last - 1] - bends[last]) / (h / 2 ** last); // J''
    const there = (right - atPoint + (left - atPoint)) / near - curvature * near;
    if (!(Math.abs(there) < 0.5 * Math.abs(rest))) jump = Number.isFinite(there) ? there : rest;
  }
  // A kink beside the point, within the steps, spoils D by up to half its jump.
  const kinks = jump === 0 ? Math.max(0, Math.abs(rest) / 2 - bendNoise * noise) : 0;
  return {
    value,
    error: Math.max(truncation, kinks) + noise,
    noise,
    step: h,
    bend: Math.abs(D[0] - value),
    jump,
    flat,
  };
}

/** Noise of half of what is left of the bends, in noises of the slope: 3 η / h against about 10 η / h. */
const bendNoise = 4;

function nowhere(step: number): Slope {
  return {
    value: Number.NaN,
    error: Number.POSITIVE_INFINITY,
    noise: 0,
    step,
    bend: Number.POSITIVE_INFINITY,
    jump: 0,
    flat: false,
  };
}

/** The step to start with: the smallest at which noise leaves eight digits; in the noise of a float32 cost the largest that makes sense. */
export function firstStepOf({ noise, expected, scale }: LineFacts): number {
  const step = (12 * noise) / (goal * expected);
  if (expected > 0 && step > scale) return scale / 8;
  return Math.min(Math.max(step, smallestFirstStep * scale), largestFirstStep * scale);
}
