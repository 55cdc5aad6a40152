import type { EvaluationPoint } from "./evaluationPoint.js";
import type { Evaluator } from "./evaluator.js";
import { norm } from "./norm.js";
import type { ParameterBlock, ReverseCommunication } from "./problem.js";

/** The mean slope along a chord, claimed and measured. */
export interface Chord {
  readonly claimed: number;
  readonly value: number;
  /** Error bar of their distance: three of them hold it where the gradient is right. */
  readonly error: number;
  /** The part of it that is noise of J. */
  readonly noise: number;
  /** Mean norm of the block's gradient along the chord. */
  readonly size: number;
  /** Half its length, in sizes of the direction. */
  readonly step: number;
}

/** Half the length of a chord, in sizes of the parameters, and its error bar relative to the gradient. */
export interface Length {
  readonly half: number;
  readonly error: number;
}

/** Half the length of the first chord, and of the longest and shortest, in sizes of the parameters. */
const first = 1 / 4;
const longest = 64;
const shortest = 2 ** -12;
const factor = 4;
/** Error, relative to the gradient, at which a chord is good enough. */
const goal = 1e-5;

/** Nodes of Gauss, Lobatto and Kronrod on [0, 1], symmetric about 0, with their weights in the rules of 7 and of 4 points. */
const nodes = [
  { at: 0, seven: 672 / 1470, four: 0 },
  { at: Math.sqrt(1 / 5), seven: 625 / 1470, four: 5 / 6 },
  { at: Math.sqrt(2 / 3), seven: 432 / 1470, four: 0 },
  { at: 1, seven: 77 / 1470, four: 1 / 6 },
] as const;

/**
 * The mean slope of J along a chord through a point, from its two ends, beside that of the gradient under test:
 * `J(θ + hξ) − J(θ − hξ) = ∫ ⟨g(θ + tξ), ξ⟩ dt` from −h to h. Unlike a difference quotient it needs no small step, for what lies
 * between is not extrapolated but asked of the gradient. The longer the chord, the less a noise of J matters, be it that of 32
 * bits or of a cost printed with three decimals.
 *
 * The integral is taken by the rule of 7 points; what that of 4 of them differs by is the error of both and more. A chord whose
 * own error dominates is shortened, one drowned in noise prolonged, as long as the error bar shrinks.
 *
 * Source: W. Gander & W. Gautschi, "Adaptive quadrature – revisited", BIT 40 (2000).
 *
 * @param scale typical size of the parameters that are moved
 * @param known the best in another direction: no other length is tried where this one serves as well here
 * @returns `undefined` where J or its gradient ends on every chord
 */
export function* measureChord(
  evaluator: Evaluator,
  point: EvaluationPoint,
  block: ParameterBlock,
  direction: Float64Array,
  scale: number,
  known?: Length,
): ReverseCommunication<Chord | undefined> {
  let best: Chord | undefined;
  let going = 0;
  for (let h = known?.half ?? first; h <= longest && h >= shortest; h *= factor ** going) {
    const chord = yield* chordOf(evaluator, point, block, direction, h * scale);
    const isBetter = chord !== undefined && !(best && chord.error * best.size >= best.error * chord.size);
    if (chord !== undefined) {
      if (isBetter) best = chord;
      if (chord.error <= Math.max(goal, 2 * (known?.error ?? 0)) * chord.size) break;
    }
    // Outside the domain, or an error of the integral: shorter. Drowned in noise: longer.
    const next = chord !== undefined && chord.noise > 0.5 * chord.error ? 1 : -1;
    if (going !== 0 && next !== going) break;
    // The kinks of a longer chord spoil its integral, and so may those of a shorter one, until none is left.
    if (next > 0 ? !isBetter : chord && best && factor * chord.noise * best.size > best.error * chord.size) break;
    going = next;
  }
  return best;
}

/** The chord of one length; `undefined` where J or its gradient ends on it. */
function* chordOf(
  evaluator: Evaluator,
  point: EvaluationPoint,
  block: ParameterBlock,
  direction: Float64Array,
  h: number,
): ReverseCommunication<Chord | undefined> {
  const right = yield* evaluator.cost(moved(point, block, direction, h));
  const left = Number.isFinite(right) ? yield* evaluator.cost(moved(point, block, direction, -h)) : right;
  if (!Number.isFinite(left)) return undefined;
  const mean = yield* meanSlope(evaluator, point, block, direction, 0, h);
  if (mean === undefined) return undefined;
  const noise = (1.5 * (point.noiseAt(right) + point.noiseAt(left))) / h;
  const error = Math.abs(mean.seven - mean.four) + noise;
  return { claimed: mean.seven, value: (right - left) / 2 / h, error, noise, size: mean.size, step: h };
}

/** The claimed mean slope of a chord once more, from its halves. */
export function* halves(
  evaluator: Evaluator,
  point: EvaluationPoint,
  block: ParameterBlock,
  direction: Float64Array,
  { step }: Chord,
): ReverseCommunication<number | undefined> {
  const left = yield* meanSlope(evaluator, point, block, direction, -step / 2, step / 2);
  const right = yield* meanSlope(evaluator, point, block, direction, step / 2, step / 2);
  return left && right && (left.seven + right.seven) / 2;
}

/** Distances from an end, in halves of the chord, within which the cost is looked at for steps. */
const beside = [1 / 64, 1 / 16] as const;

/**
 * How far J jumps near both ends of a chord: the largest second difference there, less the one that the gradient has. A wrong
 * gradient hardly shows in it, a cost that moves in steps does, as −log(1 − a) where a is almost 1.
 */
export function* jumpsAtEnds(
  evaluator: Evaluator,
  point: EvaluationPoint,
  block: ParameterBlock,
  direction: Float64Array,
  { step }: Chord,
): ReverseCommunication<number> {
  let largest = 0;
  for (const end of [-step, step]) {
    const middle = yield* evaluator.cost(moved(point, block, direction, end));
    for (const share of beside) {
      const h = share * step;
      const sides: { J: number; slope: number }[] = [];
      for (const at of [end - h, end + h]) {
        const theta = moved(point, block, direction, at);
        const J = yield* evaluator.cost(theta);
        const g = yield* evaluator.gradientNearby(theta);
        sides.push({ J, slope: g === undefined ? Number.NaN : along(g, block, direction) });
      }
      const [left, right] = sides;
      const second = right.J - middle + (left.J - middle) - (h * (right.slope - left.slope)) / 2;
      if (Number.isFinite(second)) largest = Math.max(largest, Math.abs(second));
    }
  }
  return largest;
}

/** Halvings of a chord after which the part in which J changes most is looked at. */
const halvings = 3;

/**
 * Whether most of what J changes along a chord happens in an eighth of it, between two plateaus: the nodes of the integral may all
 * miss such a cliff. Of a J that changes all along the chord an eighth is left there, of one with a kink a quarter.
 */
export function* changesAtOnce(
  evaluator: Evaluator,
  point: EvaluationPoint,
  block: ParameterBlock,
  direction: Float64Array,
  { step }: Chord,
): ReverseCommunication<boolean> {
  let [left, right] = [-step, step];
  const at = (distance: number): ReverseCommunication<number> =>
    evaluator.cost(moved(point, block, direction, distance));
  let [atLeft, atRight] = [yield* at(left), yield* at(right)];
  const whole = Math.abs(atRight - atLeft);
  for (let k = 0; k < halvings; k++) {
    const middle = (left + right) / 2;
    const there = yield* at(middle);
    if (!Number.isFinite(there)) return true;
    if (Math.abs(there - atLeft) > Math.abs(atRight - there)) [right, atRight] = [middle, there];
    else [left, atLeft] = [middle, there];
  }
  return Math.abs(atRight - atLeft) > whole / 2;
}

/** ⟨g, ξ⟩ */
function along(g: Float64Array, { offset, length }: ParameterBlock, direction: Float64Array): number {
  let slope = 0;
  for (let k = 0; k < length; k++) slope += g[offset + k] * direction[k];
  return slope;
}

/** Means of ⟨g, ξ⟩, by both rules, and of ‖g‖ from `middle − h` to `middle + h`. */
function* meanSlope(
  evaluator: Evaluator,
  point: EvaluationPoint,
  block: ParameterBlock,
  direction: Float64Array,
  middle: number,
  h: number,
): ReverseCommunication<{ seven: number; four: number; size: number } | undefined> {
  const { offset, length } = block;
  let [seven, four, size] = [0, 0, 0];
  for (const node of nodes) {
    for (const side of node.at === 0 ? [0] : [-1, 1]) {
      const at = middle + side * node.at * h;
      const g = at === 0 ? point.gradient : yield* evaluator.gradientNearby(moved(point, block, direction, at));
      if (g === undefined) return undefined;
      const slope = along(g, block, direction);
      seven += (node.seven / 2) * slope;
      four += (node.four / 2) * slope;
      size += (node.seven / 2) * norm(g, offset, offset + length);
    }
  }
  return Number.isFinite(seven) && Number.isFinite(size) ? { seven, four, size } : undefined;
}

/** θ moved along a direction of a block. */
function moved(
  { theta }: EvaluationPoint,
  { offset, length }: ParameterBlock,
  direction: Float64Array,
  distance: number,
): Float64Array {
  const beside = theta.slice();
  for (let k = 0; k < length; k++) beside[offset + k] += distance * direction[k];
  return beside;
}
