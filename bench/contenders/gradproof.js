// gradproof itself, by its public names. The engine is the second word; after it, `reluAlone` leaves the job's norm out and takes ReLU
// in place of its hidden activations.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadBuild, problemOf, trainingOptions, workOf } from "../work.js";
import { checkSteps, print, readJob, timeSteps } from "./measure.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const reluAlone = process.argv[4] === "reluAlone";
const job = reluAlone ? withReluAlone(readJob()) : readJob();
const build = await loadBuild(root);
const { engine, close } = build.openEngine(process.argv[3], job.threads);
const { model, data } = problemOf(build, job);
const check = job.kind === "predict" ? build.predict(model, data.X, { engine }).data[0] : await costAfter(checkSteps);
const microseconds = await timeSteps(await workOf(build, job, engine));
const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
print({ microseconds, check: reluAlone ? null : check, version });
close();

function withReluAlone(job) {
  const activations = job.activations.map((name, l) => (l < job.activations.length - 1 ? "relu" : name));
  return { ...job, activations, norm: undefined };
}

async function costAfter(steps) {
  const options = { ...trainingOptions(job), engine, iterations: steps, recordEvery: steps };
  const { history } = await build.train(model, data, options);
  return history[history.length - 1].cost;
}
