import { OptionError } from "../constraint/constraint.js";
import { requireList } from "../constraint/kinds.js";
import type { ParameterWindow } from "../ops/parameterWindow.js";
import type { Network } from "./network.js";

/** λ of a penalty: one for all weight matrices, or one for each, in their order W1, W2, …; in a dense network one a layer. */
export type PenaltyStrength = number | readonly number[];

/** Penalties of the weights, never of biases. */
export interface PenaltyOptions {
  /** λ₁ of `(λ₁/m) Σ|W|`. Default 0. */
  readonly l1?: PenaltyStrength;
  /** λ₂ of `(λ₂/2m) Σ W²`. Default 0. */
  readonly l2?: PenaltyStrength;
}

/** What a weight matrix is penalized by. */
export interface WeightPenalty {
  /** λ₁/m */
  readonly l1: number;
  /** λ₂/m */
  readonly l2: number;
}

/** The penalty of each weight matrix, in the order of the layout's windows that decay. */
export type Penalty = readonly WeightPenalty[];

/**
 * The penalty of each weight matrix of a network.
 *
 * @param m of the penalties: the size of the training set
 * @param where what the message begins with
 * @throws OptionError where a list has another length than there are weight matrices
 */
export function penaltyOf(network: Network, { l1 = 0, l2 = 0 }: PenaltyOptions, m: number, where = "train()"): Penalty {
  const matrices = weightsIn(network);
  for (const [name, given] of Object.entries({ l1, l2 })) {
    if (typeof given === "number") continue;
    requireList(`${where}: ${name}`, given, "a number, or one for each weight matrix");
    if (given.length === matrices.length) continue;
    throw new OptionError(
      `${where}: ${name} needs one number for all weights or one for each of ${matrices.map(({ name }) => name).join(", ")}, ` +
        `got ${given.length}`,
    );
  }
  return matrices.map((_, k) => ({ l1: strengthAt(l1, k) / m, l2: strengthAt(l2, k) / m }));
}

/** λ of the k-th weight matrix, from 0. */
export function strengthAt(strength: PenaltyStrength, k: number): number {
  return typeof strength === "number" ? strength : strength[k];
}

/** Whether anything is penalized. */
export function isPenalized({ l1 = 0, l2 = 0 }: PenaltyOptions): boolean {
  return [l1, l2].flat().some((strength) => strength > 0);
}

/** The windows of a network's weight matrices: what penalties and weight decay act on. */
export function weightsIn({ layout }: Network): readonly ParameterWindow[] {
  return layout.filter(({ decays }) => decays);
}

/**
 * `(λ₁/m) Σ|W| + (λ₂/2m) Σ W²`
 *
 * @param signs weights whose signs are taken: those themselves, or those at a point nearby
 */
export function penaltyCost(
  network: Network,
  penalty: Penalty,
  theta: ArrayLike<number> = network.theta,
  signs: ArrayLike<number> = theta,
): number {
  const windows = weightsIn(network);
  const l2 = weighed(
    penalty.map(({ l2 }) => l2 / 2),
    windows,
    (k) => theta[k] * theta[k],
  );
  const l1 = weighed(
    penalty.map(({ l1 }) => l1),
    windows,
    (k) => Math.sign(signs[k]) * theta[k],
  );
  return l2 + l1;
}

/** The sum over the weights, each times the strength of its matrix; one strength for all is taken once. */
function weighed(strengths: readonly number[], windows: readonly ParameterWindow[], of: (k: number) => number): number {
  const [first = 0] = strengths;
  const same = strengths.every((strength) => strength === first);
  if (same && first === 0) return 0;
  let total = 0;
  for (const [w, { offset, rows, columns }] of windows.entries()) {
    const factor = same ? 1 : strengths[w];
    for (let k = offset; k < offset + rows * columns; k++) total += factor * of(k);
  }
  return same ? first * total : total;
}

/** Adds the penalties' gradient, `dW += (λ₂/m) W + (λ₁/m) sign(W)`; where a weight is 0, that of its size is 0. */
export function addPenaltyGradient(network: Network, dTheta: Float64Array | Float32Array, penalty: Penalty): void {
  const { theta } = network;
  for (const [w, { offset, rows, columns }] of weightsIn(network).entries()) {
    const { l1, l2 } = penalty[w];
    const end = offset + rows * columns;
    if (l2 !== 0) for (let k = offset; k < end; k++) dTheta[k] += l2 * theta[k];
    if (l1 !== 0) for (let k = offset; k < end; k++) dTheta[k] += l1 * Math.sign(theta[k]);
  }
}
