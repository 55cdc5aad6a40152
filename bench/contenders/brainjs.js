// brain.js: updates after each example, so its costs are others'; what is timed is one pass over the examples.
import { createRequire } from "node:module";
import { print, readJob, timeSteps } from "./measure.js";

const require = createRequire(import.meta.url);
const brain = require("brain.js");
const job = readJob();
const { sizes, activations, examples, labels, X, learningRate } = job;
if (job.keep || activations.includes("softmax")) throw new Error("brain.js has no such network");
const data = labels.map((label, j) => ({
  input: Array.from({ length: sizes[0] }, (_, i) => X[i * examples + j]),
  output: [label],
}));
const net = new brain.NeuralNetwork({ hiddenLayers: sizes.slice(1, -1), activation: activations[0], learningRate });
net.train(data, { iterations: 1, errorThresh: 1e-9 });
const { version } = require("brain.js/package.json");
const run =
  job.kind === "predict"
    ? (count) => {
        for (let k = 0; k < count; k++) for (const { input } of data) net.run(input);
      }
    : (iterations) => net.train(data, { iterations, errorThresh: 1e-300, log: false });
print({ microseconds: await timeSteps(run), check: null, version });
