// gradproof itself, by its public names. The engine is the second word after the job.
import { readFileSync } from "node:fs";
import { dense, Matrix, network, Predictor, predict, train } from "../../dist/index.js";
import { openEngine } from "../../dist/node/index.js";
import { checkSteps, print, readJob, targetsOf, timeSteps } from "./measure.js";

const job = readJob();
const { engine, close } = openEngine(process.argv[3], job.threads);
const { sizes, activations, examples, dtype, learningRate } = job;
const model = network({
  inputs: sizes[0],
  layers: sizes.slice(1).map((units, l) => dense(units, activations[l])),
  dtype,
});
const reset = () => model.theta.set(job.theta);
reset();
const X = new Matrix(sizes[0], examples, Float64Array.from(job.X)).as(dtype);
const Y = new Matrix(sizes[sizes.length - 1], examples, Float64Array.from(targetsOf(job))).as(dtype);
const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

if (job.kind === "predict") {
  const predictor = new Predictor(model, { examples, engine });
  const x = X.data.slice();
  const once = examples === 1 ? () => predictor.one(x) : () => predict(model, X, { engine });
  const microseconds = await timeSteps((count) => {
    for (let k = 0; k < count; k++) once();
  });
  print({ microseconds, check: predict(model, X, { engine }).data[0], version });
} else {
  const options = {
    optimizer: "gradientDescent",
    learningRate,
    engine,
    ...(job.keep && { keep: job.keep }),
    ...(job.reseed && { dropoutReseed: job.reseed }),
  };
  const short = await train(model, { X, Y }, { ...options, iterations: checkSteps, recordEvery: checkSteps });
  const microseconds = await timeSteps((iterations) => {
    reset();
    return train(model, { X, Y }, { ...options, iterations, recordEvery: Math.max(1, iterations) });
  });
  print({ microseconds, check: short.history[short.history.length - 1].cost, version });
}
close();
