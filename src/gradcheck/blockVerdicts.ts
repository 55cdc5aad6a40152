import { relativeDifference } from "./textbook.js";

/** A named stretch of θ, such as one W or one b. */
export interface Block {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
}

/** Verdict on one block of a gradient. */
export interface BlockVerdict {
  readonly name: string;
  readonly verdict: "correct" | "wrong";
  /** `‖d − a‖ / (‖d‖ + ‖a‖)` of this block alone. */
  readonly difference: number;
}

/** Relative difference that no correct gradient reaches once rounding is allowed for. */
const tolerance = 1e-5;

/**
 * Says of each block whether its gradient is right, allowing for the rounding that made the difference quotient.
 *
 * A cost of size |J| is known to about u |J| (u = 2⁻⁵³), so a quotient over 2ε is known to about `u |J| / ε`. A block is
 * `correct` when `‖d − a‖ ≤ 1e-5 (‖d‖ + ‖a‖) + 4 √n u |J| / ε`; the 4 leaves room for the roundings inside the cost.
 * One threshold on one number for all entries instead, as textbooks have it, calls correct gradients wrong.
 *
 * @param blocks names and places of the blocks
 * @param gradient the gradient under test
 * @param approximation the numerical one, from `textbookCheck` with the same ε
 * @param cost J(θ)
 * @param epsilon the step of the numerical derivative; default 1e-7
 *
 * @example
 * import { blockVerdicts } from "gradproof";
 * const blocks = [{ name: "W1", offset: 0, length: 2 }, { name: "b1", offset: 2, length: 1 }];
 * const verdicts = blockVerdicts(blocks, [1, 2, 8], [1, 2, 2], 1);
 * verdicts.map(({ name, verdict }) => `${name} ${verdict}`); // => ["W1 correct", "b1 wrong"]
 */
export function blockVerdicts(
  blocks: readonly Block[],
  gradient: ArrayLike<number>,
  approximation: ArrayLike<number>,
  cost: number,
  epsilon = 1e-7,
): BlockVerdict[] {
  const unitRoundoff = 2 ** -53;
  const noise = (4 * unitRoundoff * Math.abs(cost)) / epsilon;
  return blocks.map(({ name, offset, length }) => {
    const d = Array.from({ length }, (_, k) => gradient[offset + k]);
    const a = Array.from({ length }, (_, k) => approximation[offset + k]);
    const distance = norm(d.map((value, k) => value - a[k]));
    const allowed = tolerance * (norm(d) + norm(a)) + Math.sqrt(length) * noise;
    return { name, verdict: distance <= allowed ? "correct" : "wrong", difference: relativeDifference(d, a) };
  });
}

function norm(values: readonly number[]): number {
  return Math.sqrt(values.reduce((total, value) => total + value * value, 0));
}
