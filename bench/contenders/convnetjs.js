// ConvNetJS: its trainer takes one example after the other and updates once a batch.
import { createRequire } from "node:module";
import { print, readJob, timeSteps } from "./measure.js";

const require = createRequire(import.meta.url);
const convnetjs = require("convnetjs");
const job = readJob();
const { sizes, activations, examples, labels, X, learningRate } = job;
if (job.keep) throw new Error("dropout is not written for it");
const net = new convnetjs.Net();
net.makeLayers([
  { type: "input", out_sx: 1, out_sy: 1, out_depth: sizes[0] },
  ...sizes.slice(1, -1).map((units, l) => ({ type: "fc", num_neurons: units, activation: activations[l] })),
  { type: "softmax", num_classes: Math.max(2, sizes[sizes.length - 1]) },
]);
const trainer = new convnetjs.SGDTrainer(net, { learning_rate: learningRate, momentum: 0, batch_size: examples });
const volumes = labels.map(
  (_, j) => new convnetjs.Vol(Array.from({ length: sizes[0] }, (_, i) => X[i * examples + j])),
);
const { version } = require("convnetjs/package.json");
const pass = job.kind === "predict" ? (j) => net.forward(volumes[j]) : (j) => trainer.train(volumes[j], labels[j]);
const microseconds = await timeSteps((count) => {
  for (let k = 0; k < count; k++) for (let j = 0; j < examples; j++) pass(j);
});
print({ microseconds, check: null, version });
