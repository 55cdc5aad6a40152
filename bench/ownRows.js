// The jobs that two commits of gradproof are given by `--against`: its own rows in both precisions.
import { nameOf, training } from "./rows.js";

const relu = ["relu", "relu", "sigmoid"];
const softmax = ["relu", "relu", "softmax"];
const large = [784, 512, 256, 10];
const deepest = [16, ...Array(100).fill(16), 1];
const deepestActivations = [...Array(100).fill("relu"), "sigmoid"];

/** A run so short that its history is nearly all it does: an entry a step, signals where it takes them. */
const history = (sizes, activations, examples) => ({
  ...training(`history of 8 steps, ${nameOf(sizes)}`, sizes, activations, examples),
  kind: "history",
  steps: 8,
});
const predict = (name, examples, more) => ({ ...training(name, [2, 10, 5, 1], relu, examples, more), kind: "predict" });

/** Threads are worth it in these. */
const threads = { threads: [1, 2] };

const jobs = [
  training("2-10-5-1, 300 examples", [2, 10, 5, 1], relu, 300, { circles: true }),
  training("2-10-5-1, 300 examples, batches of 64, Adam", [2, 10, 5, 1], relu, 300, {
    batchSize: 64,
    optimizer: "adam",
  }),
  training("2-20-3-1, NumPy's masks", [2, 20, 3, 1], relu, 211, { keep: 0.86, reseed: 1 }),
  training("2-20-3-1, fast masks", [2, 20, 3, 1], relu, 211, { keep: 0.86 }),
  training("2-4-2-1 tanh, batch of 10", [2, 4, 2, 1], ["tanh", "tanh", "sigmoid"], 10),
  training("2-10-5-1, 20,000 examples", [2, 10, 5, 1], relu, 20_000, threads),
  training("16-(100 × 16)-1, batch of 128", deepest, deepestActivations, 128),
  training("316-316-1, batch of 128", [316, 316, 1], ["relu", "sigmoid"], 128, threads),
  training("784-512-256-10, batch of 128", large, softmax, 128, threads),
  predict("predict one example", 1),
  predict("predict a 256 × 256 grid", 65_536, threads),
  history([2, 10, 5, 1], relu, 300),
  history(deepest, deepestActivations, 128),
  history(large, softmax, 128),
];

export const ownRows = jobs.flatMap((job) =>
  ["float64", "float32"].flatMap((dtype) =>
    (job.threads ?? [1]).map((threads) => ({
      ...job,
      name: `${job.name}, ${dtype}${threads > 1 ? `, ${threads} threads` : ""}`,
      dtype,
      threads,
    })),
  ),
);
