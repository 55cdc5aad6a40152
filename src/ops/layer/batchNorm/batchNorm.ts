import { Matrix } from "../../../array/matrix.js";
import { requireName, requireNumber, requireObject } from "../../../constraint/constraint.js";
import type { OptionTable } from "../../choice.js";
import type { Operation } from "../../op.js";
import type { LayerDefinition } from "../layer.js";

/** Batch norm: each feature with mean 0 and variance 1 over the batch, then stretched and moved by what is learned. */
export interface BatchNormSpec {
  readonly type: "batchNorm";
  /** Share of a batch in the running averages: `r := (1 − momentum) r + momentum s`. Above 0, up to 1; default 0.1. */
  readonly momentum?: number;
  /** ε, added to the variance. Above 0; default 1e-5. */
  readonly epsilon?: number;
}

/** Its numbers, as those of PyTorch. */
export const batchNormOptions = {
  momentum: { constraint: { kind: "number", above: 0, max: 1 }, default: 0.1 },
  epsilon: { constraint: { kind: "number", above: 0 }, default: 1e-5 },
} as const satisfies OptionTable;

/**
 * `x̂ = (x − μ) / √(σ² + ε)`, `y = γ x̂ + β`. In training μ and σ² are mean and variance of each row over the batch, and the
 * running averages follow them, that of the variance with σ² m/(m − 1); in prediction they are the running averages.
 *
 * Backward in training `dx = γ/√(σ² + ε) (dy − (Σ dy + x̂ Σ dy x̂)/m)`, sums over the batch; in prediction, where the statistics
 * are constants, `dx = γ/√(σ² + ε) dy`. `dγ = Σ dy x̂`, `dβ = Σ dy`.
 *
 * Source: Ioffe & Szegedy 2015, "Batch normalization", algorithms 1 and 2; momentum and variance as in PyTorch.
 */
export const normalizeBatch: Operation = {
  keeps: "input",
  sameUnits: true,
  takesMembers: true,
  wholeBatch: true,
  leastExamples: 2,
  ownScale: true,
  shapes: (inputs) => inputs,
  parameters: ([{ rows }]) => [
    { role: "gamma", rows, columns: 1, start: 1, decays: false },
    { role: "beta", rows, columns: 1, start: 0, decays: false },
  ],
  state: ([{ rows }]) => [
    { role: "mean", rows, columns: 1, start: 0, decays: false },
    { role: "variance", rows, columns: 1, start: 1, decays: false },
  ],
  // Mean, squares and two sums for backward: of a tile, and of the batch.
  cacheNumbers: ([{ rows }]) => 8 * rows,
  forward([X], { options: { momentum, epsilon }, parameters: [gamma, beta], state, training }) {
    const m = X.columns;
    const Y = Matrix.zeros(X.rows, m, X.dtype); // (units × examples)
    const normalizers = Matrix.zeros(X.rows, 2, X.dtype); // (units × 2): μ and 1/√(σ² + ε)
    const [mean, variance] = state.map((average) => average.as(X.dtype)); // (units × 1) each
    for (let i = 0; i < X.rows; i++) {
      const row = Array.from(X.data.subarray(i * m, (i + 1) * m));
      let mu = mean.data[i];
      let sigma2 = variance.data[i];
      if (training) {
        mu = row.reduce((sum, x) => sum + x, 0) / m;
        sigma2 = row.reduce((sum, x) => sum + (x - mu) ** 2, 0) / m;
        mean.data[i] = (1 - momentum) * mean.data[i] + momentum * mu;
        variance.data[i] = (1 - momentum) * variance.data[i] + momentum * ((sigma2 * m) / (m - 1));
      }
      const inverse = 1 / Math.sqrt(sigma2 + epsilon);
      for (let j = 0; j < m; j++) Y.data[i * m + j] = gamma.data[i] * (row[j] - mu) * inverse + beta.data[i];
      normalizers.set(i, 0, mu);
      normalizers.set(i, 1, inverse);
    }
    return { outputs: [Y], cache: [normalizers], ...(training && { state: [mean, variance] }) };
  },
  backward([dY], { inputs: [X], cache: [normalizers], parameters: [gamma], training }) {
    const m = X.columns;
    const dX = Matrix.zeros(X.rows, m, X.dtype); // (units × examples)
    const dGamma = Matrix.zeros(X.rows, 1, X.dtype); // (units × 1)
    const dBeta = Matrix.zeros(X.rows, 1, X.dtype); // (units × 1)
    for (let i = 0; i < X.rows; i++) {
      const [mu, inverse] = [normalizers.get(i, 0), normalizers.get(i, 1)];
      const normalized = (j: number): number => (X.data[i * m + j] - mu) * inverse;
      let sum = 0;
      let withX = 0;
      for (let j = 0; j < m; j++) {
        sum += dY.data[i * m + j];
        withX += dY.data[i * m + j] * normalized(j);
      }
      for (let j = 0; j < m; j++) {
        const throughStatistics = training ? (sum + normalized(j) * withX) / m : 0;
        dX.data[i * m + j] = gamma.data[i] * inverse * (dY.data[i * m + j] - throughStatistics);
      }
      dGamma.data[i] = withX;
      dBeta.data[i] = sum;
    }
    return { inputs: [dX], parameters: [dGamma, dBeta] };
  },
};

/** Batch norm as a layer. */
export const batchNorm: LayerDefinition<BatchNormSpec> = {
  example: { spec: { type: "batchNorm" }, inputs: 4 },
  options: batchNormOptions,
  parse(where, value) {
    const { type, momentum, epsilon } = requireObject(where, value, ["type", "momentum", "epsilon"]);
    requireName(`${where}: type`, type, ["batchNorm"]);
    const { momentum: share, epsilon: least } = batchNormOptions;
    return {
      type: "batchNorm",
      ...(momentum !== undefined && { momentum: requireNumber(`${where}: momentum`, momentum, share.constraint) }),
      ...(epsilon !== undefined && { epsilon: requireNumber(`${where}: epsilon`, epsilon, least.constraint) }),
    };
  },
  lower({ momentum = batchNormOptions.momentum.default, epsilon = batchNormOptions.epsilon.default }, input, builder) {
    const options = { momentum, epsilon };
    return builder.add({ op: "batchNorm", operation: normalizeBatch, inputs: [input], options })[0];
  },
};
