import { bug, type Layer, where } from "./layer.js";
import { map, normal, pick, product, type Tensor, type Tensors, zeros } from "./tensor.js";

/** Softmax of each row; entries above the diagonal left out where it is causal. */
function softmax({ shape, data }: Tensor, causal: boolean): Tensor {
  const [rows, columns] = shape;
  const P = zeros(...shape);
  for (let i = 0; i < rows; i++) {
    const last = causal ? Math.min(i + 1, columns) : columns;
    const row = data.subarray(i * columns, i * columns + last);
    const most = Math.max(...row);
    const sum = row.reduce((total, value) => total + Math.exp(value - most), 0);
    for (let j = 0; j < last; j++) P.data[i * columns + j] = Math.exp(row[j] - most) / sum;
  }
  return P;
}

/** `P ∘ (dP − Σ P ∘ dP)`, row by row. */
function softmaxBackward(P: Tensor, dP: Tensor, withoutSum = false): Tensor {
  const columns = P.shape[1];
  const sums = new Float64Array(P.shape[0]);
  for (const [k, p] of P.data.entries()) sums[Math.floor(k / columns)] += p * dP.data[k];
  return map(P, (p, k) => p * (dP.data[k] - (withoutSum ? 0 : sums[Math.floor(k / columns)])));
}

/** `softmax(Q Kᵀ / √d) V`, each position attending to those up to it where it is causal. */
export const attention: Layer = {
  name: "attention",
  draw(stream) {
    const [T, d, width] = [pick(stream, [3, 4, 5]), pick(stream, [2, 3, 5, 8]), pick(stream, [2, 3])];
    const causal = pick(stream, [true, false]);
    const weights = ({ Q, K }: Tensors, mask = causal): Tensor =>
      softmax(
        map(product(Q, K, { b: true }), (value) => value / Math.sqrt(d)),
        mask,
      );
    return {
      inputs: { Q: normal(stream, T, d), K: normal(stream, T, d), V: normal(stream, T, width) },
      forward: (inputs) => product(weights(inputs), inputs.V),
      backward(inputs, dout, wrong) {
        const { Q, K, V } = inputs;
        const P = weights(inputs, causal && wrong !== "mask missing");
        const dP = product(dout, V, { b: true });
        const dS =
          wrong === "softmax by its diagonal"
            ? map(P, (p, k) => p * (1 - p) * dP.data[k])
            : softmaxBackward(P, dP, wrong === "softmax without its sum");
        const power = wrong === "1/√d missing" ? 0 : wrong === "1/√d twice" ? -1 : -0.5;
        const scaled = map(dS, (value) => value * d ** power);
        const dQ = product(scaled, K);
        const dK = product(scaled, Q, { a: wrong !== "dS not transposed" });
        const dV = product(P, dout, { a: true });
        return wrong === "dQ and dK swapped" ? { Q: dK, K: dQ, V: dV } : { Q: dQ, K: dK, V: dV };
      },
      bugs: [
        bug("1/√d missing", "factor.root", "factor.extra"),
        bug("1/√d twice", "factor.overRoot", "factor.missing"),
        ...where(causal, bug("mask missing")),
        bug("softmax by its diagonal"),
        bug("softmax without its sum"),
        bug("dS not transposed"),
        bug("dQ and dK swapped", "cause.ofAnother"),
      ],
    };
  },
};

/** Softmax of each row of scores, causal or not. */
export const softmaxLayer: Layer = {
  name: "softmax",
  draw(stream) {
    const [N, C] = [pick(stream, [3, 4, 6]), pick(stream, [3, 4, 6])];
    const causal = pick(stream, [true, false]);
    return {
      inputs: { S: normal(stream, N, C) },
      forward: ({ S }) => softmax(S, causal),
      backward({ S }, dout, wrong) {
        const P = softmax(S, causal && wrong !== "mask missing");
        return { S: softmaxBackward(P, dout, wrong === "sum missing") };
      },
      bugs: [bug("sum missing", "cause.softmaxSum"), ...where(causal, bug("mask missing"))],
    };
  },
};
