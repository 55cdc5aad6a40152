import { Matrix } from "../../../array/matrix.js";
import { OptionError, requireName, requireNumber, requireObject } from "../../../constraint/constraint.js";
import type { OptionTable } from "../../choice.js";
import type { Operation } from "../../op.js";
import type { LayerDefinition } from "../layer.js";

/** Layer norm: each example with mean 0 and variance 1 over its features, then stretched and moved by what is learned. */
export interface LayerNormSpec {
  readonly type: "layerNorm";
  /** ε, added to the variance. Above 0; default 1e-5. */
  readonly epsilon?: number;
}

/** Its number, as that of PyTorch. */
export const layerNormOptions = {
  epsilon: { constraint: { kind: "number", above: 0 }, default: 1e-5 },
} as const satisfies OptionTable;

/**
 * `x̂ = (x − μ) / √(σ² + ε)` with mean and variance of each column, the n features of an example; `y = γ x̂ + β`, a γ and a β a
 * feature. The same in training and in prediction.
 *
 * Backward `dx = (g − (Σ g + x̂ Σ g x̂)/n) / √(σ² + ε)` with `g = γ dy`, sums over the features; `dγ = Σ dy x̂` and
 * `dβ = Σ dy`, sums over the examples.
 *
 * Source: Ba, Kiros & Hinton 2016, "Layer normalization", §3.1.
 */
export const normalizeExamples: Operation = {
  keeps: "input",
  sameUnits: true,
  shapes(inputs) {
    const [{ rows }] = inputs;
    if (rows < 2) {
      throw new OptionError(`it needs at least 2 features, got ${rows}: the mean of a single one leaves nothing`);
    }
    return inputs;
  },
  parameters: ([{ rows }]) => [
    { role: "gamma", rows, columns: 1, start: 1, decays: false },
    { role: "beta", rows, columns: 1, start: 0, decays: false },
  ],
  // μ, 1/√(σ² + ε), and two sums for backward.
  cacheRows: () => [1, 1, 1, 1],
  forward([X], { options: { epsilon }, parameters: [gamma, beta] }) {
    const n = X.rows;
    const m = X.columns;
    const Y = Matrix.zeros(n, m, X.dtype); // (units × examples)
    const normalizers = Matrix.zeros(2, m, X.dtype); // (2 × examples): μ and 1/√(σ² + ε)
    for (let j = 0; j < m; j++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += X.data[i * m + j];
      const mu = sum / n;
      let squares = 0;
      for (let i = 0; i < n; i++) squares += (X.data[i * m + j] - mu) ** 2;
      const inverse = 1 / Math.sqrt(squares / n + epsilon);
      for (let i = 0; i < n; i++) {
        Y.data[i * m + j] = gamma.data[i] * (X.data[i * m + j] - mu) * inverse + beta.data[i];
      }
      normalizers.set(0, j, mu);
      normalizers.set(1, j, inverse);
    }
    return { outputs: [Y], cache: [normalizers] };
  },
  backward([dY], { inputs: [X], cache: [normalizers], parameters: [gamma] }) {
    const n = X.rows;
    const m = X.columns;
    const dX = Matrix.zeros(n, m, X.dtype); // (units × examples)
    const dGamma = new Float64Array(n);
    const dBeta = new Float64Array(n);
    for (let j = 0; j < m; j++) {
      const [mu, inverse] = [normalizers.get(0, j), normalizers.get(1, j)];
      const normalized = (i: number): number => (X.data[i * m + j] - mu) * inverse;
      let sum = 0;
      let withX = 0;
      for (let i = 0; i < n; i++) {
        const dy = dY.data[i * m + j];
        dGamma[i] += dy * normalized(i);
        dBeta[i] += dy;
        sum += gamma.data[i] * dy;
        withX += gamma.data[i] * dy * normalized(i);
      }
      for (let i = 0; i < n; i++) {
        const g = gamma.data[i] * dY.data[i * m + j];
        dX.data[i * m + j] = inverse * (g - (sum + normalized(i) * withX) / n);
      }
    }
    return { inputs: [dX], parameters: [dGamma, dBeta].map((d) => new Matrix(n, 1, d).as(X.dtype)) };
  },
};

/** Layer norm as a layer. */
export const layerNorm: LayerDefinition<LayerNormSpec> = {
  example: { spec: { type: "layerNorm" }, inputs: 4 },
  options: layerNormOptions,
  parse(where, value) {
    const { type, epsilon } = requireObject(where, value, ["type", "epsilon"]);
    requireName(`${where}: type`, type, ["layerNorm"]);
    const { constraint } = layerNormOptions.epsilon;
    return {
      type: "layerNorm",
      ...(epsilon !== undefined && { epsilon: requireNumber(`${where}: epsilon`, epsilon, constraint) }),
    };
  },
  lower({ epsilon = layerNormOptions.epsilon.default }, input, builder) {
    const options = { epsilon };
    return builder.add({ op: "layerNorm", operation: normalizeExamples, inputs: [input], options })[0];
  },
};
