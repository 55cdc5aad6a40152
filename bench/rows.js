// The jobs that everyone is given: those of the table in docs/engine.md.
import { circles, dense, network, RandomState } from "../dist/index.js";

const relu = ["relu", "relu", "sigmoid"];
const deep = [...Array(8).fill("tanh"), "sigmoid"];

/** A training job: the same network, start, data and full-batch (or whole-batch) gradient descent for all. */
function training(name, sizes, activations, examples, more = {}) {
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

/** `target`: what is wanted of ours, in the row's unit, or a ratio to a peer. */
export const rows = [
  training("2-10-5-1, 300 examples, cost every step", [2, 10, 5, 1], relu, 300, { target: 11, circles: true }),
  training("the same in float32", [2, 10, 5, 1], relu, 300, { dtype: "float32", target: 5.5, circles: true }),
  training("2-20-3-1, 211 examples", [2, 20, 3, 1], relu, 211),
  training("… with dropout 0.86, NumPy's masks", [2, 20, 3, 1], relu, 211, { keep: 0.86, reseed: 1, target: 18 }),
  training("… with dropout 0.86, fast masks", [2, 20, 3, 1], relu, 211, { keep: 0.86 }),
  training("2-4-2-1 tanh, batch of 10", [2, 4, 2, 1], ["tanh", "tanh", "sigmoid"], 10, { target: 1 / 1.6 }),
  training("2-(6 × 8)-1 tanh, batch of 10", [2, 6, 6, 6, 6, 6, 6, 6, 6, 1], deep, 10, { target: 5 }),
  training("2-10-5-1, 20,000 examples", [2, 10, 5, 1], relu, 20_000),
  {
    ...training("predict one example, 2-10-5-1", [2, 10, 5, 1], relu, 1),
    kind: "predict",
    target: 0.11,
    whyMissed: "the kernel alone takes 0.12 µs; the way into WebAssembly, the copies and the checks are the rest",
  },
  { ...training("predict a 256 × 256 grid, 2-10-5-1", [2, 10, 5, 1], relu, 65_536), kind: "predict", target: 1000 },
  ...["float64", "float32"].flatMap((dtype) =>
    [1, 2].map((threads) =>
      training(
        `784-512-256-10, batch of 128, ${dtype}, ${threads} thread${threads === 1 ? "" : "s"}`,
        [784, 512, 256, 10],
        ["relu", "relu", "softmax"],
        128,
        { dtype, threads, unit: "ms", ...(dtype === "float32" && { target: threads === 1 ? 8.7 : 5.5 }) },
      ),
    ),
  ),
];

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
