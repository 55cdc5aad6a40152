import { Matrix } from "../../../../../src/array/matrix.js";
import type { LayerDefinition } from "../../../../../src/ops/layer/layer.js";
import type { Operation } from "../../../../../src/ops/op.js";

export interface BatchNormSpec {
  readonly type: "batchNorm";
}

/**
 * Batch norm: `x̂ = (x − μ) / √(σ² + ε)` with mean and variance of each row over the batch, `y = γ x̂ + β`; in prediction with
 * their running averages `r := momentum r + (1 − momentum) s`, of the variance over m − 1.
 *
 * Source: Ioffe & Szegedy 2015, algorithms 1 and 2.
 */
const normalize: Operation = {
  keeps: "input",
  wholeBatch: true,
  shapes: (inputs) => inputs,
  parameters: ([{ rows }]) => [
    { role: "gamma", rows, columns: 1, start: 1, decays: false },
    { role: "beta", rows, columns: 1, start: 0, decays: false },
  ],
  state: ([{ rows }]) => [
    { role: "mean", rows, columns: 1, start: 0, decays: false },
    { role: "variance", rows, columns: 1, start: 1, decays: false },
  ],
  // A tile's mean and squares, those of the batch, and a tile's two sums for backward with those of the batch.
  cacheRows: ([{ rows }]) => [rows, rows, rows, rows, rows, rows, rows, rows],
  forward([X], { options, parameters: [gamma, beta], state: [mean, variance], training }) {
    const m = X.columns;
    const Y = Matrix.zeros(X.rows, m, X.dtype); // (rows × examples)
    const used = Matrix.zeros(X.rows, 2, X.dtype); // μ and 1/√(σ² + ε)
    for (let i = 0; i < X.rows; i++) {
      const x = Array.from(X.data.subarray(i * m, (i + 1) * m));
      let mu = mean.data[i];
      let sigma2 = variance.data[i];
      if (training) {
        mu = x.reduce((sum, value) => sum + value, 0) / m;
        sigma2 = x.reduce((sum, value) => sum + (value - mu) ** 2, 0) / m;
        mean.data[i] = options.momentum * mean.data[i] + (1 - options.momentum) * mu;
        const unbiased = m > 1 ? (sigma2 * m) / (m - 1) : sigma2;
        variance.data[i] = options.momentum * variance.data[i] + (1 - options.momentum) * unbiased;
      }
      const inverse = 1 / Math.sqrt(sigma2 + options.epsilon);
      for (let j = 0; j < m; j++) Y.data[i * m + j] = gamma.data[i] * (x[j] - mu) * inverse + beta.data[i];
      used.set(i, 0, mu);
      used.set(i, 1, inverse);
    }
    return { outputs: [Y], cache: [used] };
  },
  backward([dY], { inputs: [X], cache: [used], parameters: [gamma] }) {
    const m = X.columns;
    const dX = Matrix.zeros(X.rows, m, X.dtype); // (rows × examples)
    const dGamma = Matrix.zeros(X.rows, 1, X.dtype);
    const dBeta = Matrix.zeros(X.rows, 1, X.dtype);
    for (let i = 0; i < X.rows; i++) {
      const [mu, inverse] = [used.get(i, 0), used.get(i, 1)];
      const normalized = (j: number): number => (X.data[i * m + j] - mu) * inverse;
      for (let j = 0; j < m; j++) {
        dBeta.data[i] += dY.data[i * m + j];
        dGamma.data[i] += dY.data[i * m + j] * normalized(j);
      }
      for (let j = 0; j < m; j++) {
        const pull = (dBeta.data[i] + normalized(j) * dGamma.data[i]) / m;
        dX.data[i * m + j] = gamma.data[i] * inverse * (dY.data[i * m + j] - pull);
      }
    }
    return { inputs: [dX], parameters: [dGamma, dBeta] };
  },
};

export const batchNorm: Pick<LayerDefinition<BatchNormSpec>, "example" | "parse" | "lower"> = {
  example: { spec: { type: "batchNorm" }, inputs: 4 },
  parse: () => ({ type: "batchNorm" }),
  lower: (_spec, input, builder) =>
    builder.add({
      op: "batchNorm",
      operation: normalize,
      inputs: [input],
      options: { momentum: 0.9, epsilon: 1e-5 },
    })[0],
};
