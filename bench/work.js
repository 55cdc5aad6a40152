// What is timed of gradproof, through public names only, so that builds of other commits can be timed as well.
import { targetsOf } from "./contenders/measure.js";

/** The public names that are used of a build. */
const used = [
  "dense",
  "Matrix",
  "network",
  "openEngine",
  "predict",
  "Predictor",
  "startThreads",
  "train",
  "TrainingSession",
];

/** What the entry points `gradproof` and `gradproof/node` of the build in a folder export. */
export async function loadBuild(root) {
  const build = { ...(await import(`${root}/dist/index.js`)), ...(await import(`${root}/dist/node/index.js`)) };
  const missing = used.filter((name) => build[name] === undefined);
  if (missing.length === 0) return build;
  throw new Error(`the build in ${root} has no ${missing.join(", ")}; only commits that have can be timed`);
}

/** Layer l of a job, with its norm between sums and activation where it is a hidden one. */
function layersOf({ dense }, { norm, sizes }, l, units, activation) {
  if (norm === undefined || l === sizes.length - 2) return [dense(units, activation)];
  return [dense(units, "linear"), { type: norm }, { type: "activation", activation }];
}

/** The network and the data of a job. */
export function problemOf({ dense, Matrix, network }, job) {
  const { sizes, activations, examples, dtype } = job;
  const layers = sizes.slice(1).flatMap((units, l) => layersOf({ dense }, job, l, units, activations[l]));
  const model = network({ inputs: sizes[0], layers, dtype });
  let from = 0;
  for (const { role, offset, rows, columns } of model.layout) {
    // Builds before had `kind` for it. What norms learn starts as they say.
    if (role !== undefined && role !== "W" && role !== "b") continue;
    model.theta.set(job.theta.slice(from, from + rows * columns), offset);
    from += rows * columns;
  }
  const X = new Matrix(sizes[0], examples, Float64Array.from(job.X)).as(dtype);
  const Y = new Matrix(sizes[sizes.length - 1], examples, Float64Array.from(targetsOf(job))).as(dtype);
  return { model, data: { X, Y } };
}

/** How a job trains: gradient descent, or the optimizer it names. */
export function trainingOptions({ optimizer = "gradientDescent", learningRate, batchSize, keep, reseed }) {
  return {
    optimizer,
    learningRate,
    ...(batchSize && { batchSize }),
    ...(keep && { keep }),
    ...(reseed && { dropoutReseed: reseed }),
  };
}

/**
 * A session that takes steps and does nothing else: its only history entry lies behind it. The cost is computed at every
 * step, as all contenders do.
 */
export async function stepsAlone({ TrainingSession }, model, data, options) {
  const endless = Number.MAX_SAFE_INTEGER;
  const session = new TrainingSession(model, data, { ...options, iterations: endless, recordEvery: endless });
  await session.advance(1);
  return session;
}

/** What a job asks for, as a function that does it `count` times. */
export async function workOf(build, job, engine) {
  const { model, data } = problemOf(build, job);
  switch (job.kind) {
    case "train": {
      const session = await stepsAlone(build, model, data, { ...trainingOptions(job), engine });
      return (count) => session.advance(count);
    }
    case "history": {
      const options = { ...trainingOptions(job), engine, iterations: job.steps, recordEvery: 1 };
      return async (count) => {
        for (let k = 0; k < count; k++) await build.train(model, data, options);
      };
    }
    case "predict": {
      const predictor = new build.Predictor(model, { examples: 1, engine });
      const x = data.X.data.slice();
      const once = job.examples === 1 ? () => predictor.one(x) : () => build.predict(model, data.X, { engine });
      return (count) => {
        for (let k = 0; k < count; k++) once();
      };
    }
    default:
      throw new Error(`no such kind of job: ${job.kind}`);
  }
}
