// The jobs that everyone is given: those of the table in docs/engine.md.
import { circles } from "../dist/data/index.js";
import { dense, network } from "../dist/index.js";
import { RandomState } from "../dist/random/index.js";

const relu = ["relu", "relu", "sigmoid"];
const deep = [...Array(8).fill("tanh"), "sigmoid"];

/** A training job: the same network, start, data and full-batch (or whole-batch) gradient descent for all. */
export function training(name, sizes, activations, examples, more = {}) {
  return {
    kind: "train",
    name,
    sizes,
    activations,
    examples,
    dtype: "float64",
    learningRate: 0.01,
    unit: "µs",
    ...more,
  };
}

const ratio = (to, atLeast, more = {}) => ({ to, atLeast, ...more });
const native = { of: "gradproof native" };

/** Of the products of a step; what else it does counts as time lost. */
export const shareOfCeiling = ratio("ceiling", 0.65);

/** What is wanted of large products beside the share of the ceiling: by type and threads. */
const wantedOfLarge = {
  "float64 1": [],
  "float64 2": [],
  "float32 1": [ratio("jax-js (f32)", 1.6), ratio("TF.js wasm (f32)", 11), ratio("PyTorch", 1, native)],
  "float32 2": [ratio("jax-js (f32)", 2.5), ratio("TF.js wasm (f32)", 17), ratio("PyTorch", 1, native)],
};

/**
 * A network held against the same one with ReLU alone, which its step may take `most` times as long as: with a norm between the sums
 * and the activation of each hidden layer, or another activation.
 */
const beyondRelu = (name, most, { activation = "relu", norm }) =>
  training(`30-128-128-1, batch of 128, ${name}`, [30, 128, 128, 1], [activation, activation, "sigmoid"], 128, {
    ...(norm && { norm }),
    targets: [ratio("gradproof with ReLU alone", Number((1 / most).toFixed(2)))],
  });

/** `targets`: how many times as fast as others ours is to be, as `targets.ts` has it. */
export const rows = [
  training("2-10-5-1, 300 examples, cost every step", [2, 10, 5, 1], relu, 300, {
    circles: true,
    targets: [ratio("NumPy", 5), ratio("PyTorch", 14), ratio("jax-js (f32)", 38)],
  }),
  training("the same in float32", [2, 10, 5, 1], relu, 300, {
    circles: true,
    dtype: "float32",
    targets: [ratio("NumPy", 9), ratio("PyTorch", 27), ratio("jax-js (f32)", 75)],
  }),
  training("2-20-3-1, 211 examples", [2, 20, 3, 1], relu, 211),
  training("… with dropout 0.86, NumPy's masks", [2, 20, 3, 1], relu, 211, {
    keep: 0.86,
    reseed: 1,
    targets: [ratio("NumPy", 5)],
  }),
  training("… with dropout 0.86, fast masks", [2, 20, 3, 1], relu, 211, { keep: 0.86 }),
  training("2-4-2-1 tanh, batch of 10", [2, 4, 2, 1], ["tanh", "tanh", "sigmoid"], 10, {
    targets: [ratio("NumPy", 55), ratio("PyTorch", 219)],
  }),
  training("2-(6 × 8)-1 tanh, batch of 10", [2, 6, 6, 6, 6, 6, 6, 6, 6, 1], deep, 10, {
    targets: [ratio("NumPy", 14), ratio("PyTorch", 50)],
  }),
  training("2-10-5-1, 20,000 examples", [2, 10, 5, 1], relu, 20_000),
  beyondRelu("batch norm", 1.35, { norm: "batchNorm" }),
  beyondRelu("layer norm", 1.35, { norm: "layerNorm" }),
  beyondRelu("GELU", 1.3, { activation: "gelu" }),
  beyondRelu("SiLU", 1.3, { activation: "silu" }),
  {
    ...training("predict one example, 2-10-5-1", [2, 10, 5, 1], relu, 1),
    kind: "predict",
    targets: [
      ratio("NumPy", 75, {
        whyMissed: "the way into WebAssembly, the copies and the checks take a third of the time, the kernel the rest",
      }),
    ],
  },
  {
    ...training("predict a 256 × 256 grid, 2-10-5-1", [2, 10, 5, 1], relu, 65_536),
    kind: "predict",
    targets: [ratio("NumPy", 3.6), ratio("PyTorch", 4.1)],
  },
  ...["float64", "float32"].flatMap((dtype) =>
    [1, 2].map((threads) =>
      training(
        `784-512-256-10, batch of 128, ${dtype}, ${threads} thread${threads === 1 ? "" : "s"}`,
        [784, 512, 256, 10],
        ["relu", "relu", "softmax"],
        128,
        { dtype, threads, unit: "ms", targets: [shareOfCeiling, ...wantedOfLarge[`${dtype} ${threads}`]] },
      ),
    ),
  ),
];

/** Floating-point operations of a training step: forward, dW, and dA for all layers but the first. */
export function flopsOf({ sizes, examples }) {
  const products = sizes.slice(1).map((units, l) => units * sizes[l]);
  return 2 * examples * (3 * products.reduce((a, b) => a + b, 0) - products[0]);
}

/** A network's layers, equal ones in a row as one. */
export function nameOf(sizes) {
  return sizes.length > 6 ? `${sizes[0]}-(${sizes.length - 2} × ${sizes[1]})-${sizes.at(-1)}` : sizes.join("-");
}

/** The row as a job: data and starting parameters as plain numbers, the same for everyone. */
export function jobOf(row) {
  const random = new RandomState(1);
  const { sizes, activations, examples } = row;
  const outputs = sizes[sizes.length - 1];
  const X = row.circles ? circles({ examples, noise: 0.05, seed: 1 }).X : random.randn(sizes[0], examples);
  const labels = row.circles
    ? Array.from(circles({ examples, noise: 0.05, seed: 1 }).Y.data)
    : Array.from({ length: examples }, (_, j) => (outputs === 1 ? j % 2 : j % outputs));
  const { theta } = network({
    inputs: sizes[0],
    layers: sizes.slice(1).map((units, l) => dense(units, activations[l])),
    initializer: "he",
    seed: 3,
  });
  return { ...row, threads: row.threads ?? 1, X: Array.from(X.data), labels, theta: Array.from(theta) };
}
