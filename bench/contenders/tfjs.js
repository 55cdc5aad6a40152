// TensorFlow.js: the second word after the job is the backend, cpu or wasm. float32 only.
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { checkSteps, parametersOf, print, readJob, targetsOf, timeSteps } from "./measure.js";

const job = readJob();
const backend = process.argv[3];
if (backend === "wasm") {
  const { setThreadsCount, setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(new URL("../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url).pathname);
  setThreadsCount(job.threads);
}
if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no backend ${backend} here`);
const { sizes, activations, examples, learningRate } = job;
// Examples are columns, as everywhere in this benchmark.
const X = tf.tensor2d(job.X, [sizes[0], examples]);
const Y = tf.tensor2d(targetsOf(job), [sizes[sizes.length - 1], examples]);
let layers = variables();

function variables() {
  return parametersOf(job).map(({ W, b, units, inputs }) => ({
    W: tf.variable(tf.tensor2d(W, [units, inputs])),
    b: tf.variable(tf.tensor2d(b, [units, 1])),
  }));
}

function logits() {
  let A = X;
  for (const [l, { W, b }] of layers.entries()) {
    const Z = tf.add(tf.matMul(W, A), b);
    if (l === layers.length - 1) return Z;
    A = activations[l] === "relu" ? tf.relu(Z) : tf.tanh(Z);
    if (job.keep) A = tf.dropout(A, 1 - job.keep);
  }
}

function outputs() {
  const Z = logits();
  return activations[activations.length - 1] === "sigmoid" ? tf.sigmoid(Z) : tf.softmax(tf.transpose(Z));
}

function loss() {
  const Z = logits();
  if (activations[activations.length - 1] === "sigmoid") return tf.losses.sigmoidCrossEntropy(Y, Z);
  return tf.losses.softmaxCrossEntropy(tf.transpose(Y), tf.transpose(Z));
}

if (job.kind === "predict") {
  const check = (await tf.tidy(outputs).data())[0];
  const microseconds = await timeSteps(async (count) => {
    for (let k = 0; k < count; k++) {
      const P = tf.tidy(outputs);
      await P.data();
      P.dispose();
    }
  });
  print({ microseconds, check, version: tf.version.tfjs });
} else {
  const optimizer = tf.train.sgd(learningRate);
  const steps = async (count) => {
    let cost = 0;
    for (let k = 0; k < count; k++) {
      const value = optimizer.minimize(loss, true);
      cost = value.dataSync()[0];
      value.dispose();
    }
    return cost;
  };
  const check = await steps(checkSteps + 1);
  layers = variables();
  const microseconds = await timeSteps(steps);
  print({ microseconds, check: job.keep ? null : check, version: tf.version.tfjs });
}
