// jax-js on its WebAssembly backend, jit-compiled, in float32.
import { readFileSync } from "node:fs";
import { defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { checkSteps, parametersOf, print, readJob, targetsOf, timeSteps } from "./measure.js";

const job = readJob();
await init("wasm");
defaultDevice("wasm");
const { sizes, activations, examples, learningRate } = job;
if (job.keep) throw new Error("dropout is not written for it");
const array = (values, shape) => np.array(Float32Array.from(values)).reshape(shape);
const X = array(job.X, [sizes[0], examples]);
const Y = array(targetsOf(job), [sizes[sizes.length - 1], examples]);
const start = () =>
  parametersOf(job).flatMap(({ W, b, units, inputs }) => [array(W, [units, inputs]), array(b, [units, 1])]);

// Arrays are consumed by what uses them; `.ref` keeps one for another use.
function logits(P, A) {
  for (let l = 0; l < sizes.length - 1; l++) {
    const Z = np.matmul(P[2 * l], A).add(P[2 * l + 1]);
    if (l === sizes.length - 2) return Z;
    A = activations[l] === "relu" ? nn.relu(Z) : np.tanh(Z);
  }
}

function loss(P, A, T) {
  const Z = logits(P, A);
  if (activations[activations.length - 1] === "sigmoid") {
    return np.mean(nn.softplus(Z.ref).sub(Z.mul(T)));
  }
  return np.mean(np.sum(nn.logSoftmax(Z, 0).mul(T), 0)).mul(-1);
}

const { version } = JSON.parse(
  readFileSync(new URL("../node_modules/@jax-js/jax/package.json", import.meta.url), "utf8"),
);
if (job.kind === "predict") {
  const P = start();
  const outputs = jit((P, A) => nn.sigmoid(logits(P, A)));
  const once = async () => outputs(tree.ref(P), X.ref).data();
  const check = (await once())[0];
  const microseconds = await timeSteps(async (count) => {
    for (let k = 0; k < count; k++) await once();
  });
  print({ microseconds, check, version });
} else {
  const step = jit((P, A, T) => {
    const [cost, gradients] = valueAndGrad(loss)(tree.ref(P), A, T);
    return [cost, P.map((p, k) => p.sub(gradients[k].mul(learningRate)))];
  });
  let P = start();
  const steps = async (count) => {
    let last = 0;
    for (let k = 0; k < count; k++) {
      const [cost, next] = step(P, X.ref, Y.ref);
      P = next;
      last = (await cost.data())[0];
    }
    return last;
  };
  const check = await steps(checkSteps + 1);
  const microseconds = await timeSteps(steps);
  print({ microseconds, check, version });
}
