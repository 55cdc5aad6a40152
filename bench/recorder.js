// What the history costs a run: how long its moments take, the entries with the signals of the layers, and which share of
// the run's time all entries take together.
import { fileURLToPath, pathToFileURL } from "node:url";
import { processorSeconds } from "./processorSeconds.js";
import { jobOf, nameOf, training } from "./rows.js";
import { median } from "./tables.js";
import { timeText } from "./timeText.js";
import { loadBuild, problemOf, stepsAlone, trainingOptions } from "./work.js";

const relu = (depth) => [...Array(depth).fill("relu"), "sigmoid"];
const run = (sizes, activations, examples, iterations, more) => ({
  ...training("", sizes, activations, examples, more),
  iterations,
});

/** Runs as the defaults have them: with full batches a thousand entries, else one an epoch. */
const cases = [
  run([2, 4, 2, 1], relu(2), 300, 200_000, { batchSize: 10 }),
  run([2, 10, 5, 1], relu(2), 300, 15_000),
  run([30, 32, 16, 1], relu(2), 20_000, 3000, { batchSize: 256 }),
  run([16, ...Array(100).fill(16), 1], relu(100), 128, 1000),
  run([316, 316, 1], relu(1), 128, 1000, { dtype: "float32" }),
  run([784, 512, 256, 10], ["relu", "relu", "softmax"], 2000, 300, { batchSize: 128, dtype: "float32" }),
  run([1000, 1000, 1], relu(1), 128, 300, { dtype: "float32" }),
];

/** Each run is made so often; of each entry, and of as many single steps, the least time counts. */
const repetitions = 3;
/** Microseconds from which a step is slow enough for a moment to be held against it. */
const slowStep = 1000;
const mostShare = 0.02;

/** Everything as lines of Markdown. */
export async function recorderCosts() {
  const build = await loadBuild(fileURLToPath(new URL("..", import.meta.url)));
  const costs = [];
  for (const job of cases) {
    console.log(`history of ${nameOf(job.sizes)}, ${job.iterations} steps …`);
    costs.push({ job, ...(await costOf(build, job)) });
  }
  const worstMoment = Math.max(
    ...costs.filter(({ step }) => step >= slowStep).map(({ step, moment }) => moment / step),
  );
  const worstShare = Math.max(...costs.map(({ share }) => share));
  const verdict = (reached) => (reached ? "reached" : "missed");
  return [
    "### The history of a run",
    "",
    "A run's history has entries (costs) and, at some of them, the signals of every layer: mean, deviation, norm and histogram of " +
      "activations and gradients, size of updates, dead, saturated and distinct units. How much longer such a moment takes " +
      "than a step without an entry, and which share of a run of default settings all entries take:",
    "",
    "| network | type | batch | steps | entries | moments | a step | a moment | in steps | share of the run |",
    "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ...costs.map(
      ({ job: { sizes, dtype, batchSize, examples, iterations }, entries, moments, step, moment, share }) =>
        `| ${nameOf(sizes)} | ${dtype} | ${batchSize ?? examples} | ${iterations.toLocaleString("en")} | ` +
        `${entries.toLocaleString("en")} | ${moments} | ${timeText(step)} | ${timeText(moment)} | ` +
        `${(moment / step).toFixed(1)} | ${percent(share)} |`,
    ),
    "",
    `- Target ≤ 1 step a moment where a step takes a millisecond or more: ${verdict(worstMoment <= 1)} (${worstMoment.toFixed(2)} at the most)`,
    `- Target ≤ ${percent(mostShare)} of each run: ${verdict(worstShare <= mostShare)} (${percent(worstShare)} at the most)`,
    "",
  ];
}

/** Microseconds of processor time of a step and of a moment, how many entries and moments there are, and their share of the run. */
async function costOf(build, job) {
  const given = jobOf(job);
  const { model, data } = problemOf(build, given);
  const options = { ...trainingOptions(job), engine: "wasm" };
  const { step, single } = await stepTimes(await stepsAlone(build, model, data, options));
  const runs = [];
  let history;
  for (let k = 0; k < repetitions; k++) {
    model.theta.set(given.theta);
    const session = new build.TrainingSession(model, data, { ...options, iterations: job.iterations });
    runs.push(await entryTimes(session));
    history = session.run().history;
    session.release();
  }
  const least = runs[0].map((_, k) => Math.min(...runs.map((times) => times[k])));
  const extra = (hasSignals) => {
    const times = least.filter((_, k) => (history[k].signals !== undefined) === hasSignals);
    return times.length === 0 ? 0 : median(times) - single;
  };
  const moments = history.filter(({ signals }) => signals !== undefined).length;
  const entries = history.length;
  const moment = extra(true);
  const all = moments * moment + (entries - moments) * extra(false);
  return { step, moment, entries, moments, share: all / (job.iterations * step + all) };
}

/** Microseconds of a step among many, and of a call that takes a single one. */
async function stepTimes(session) {
  let count = 1;
  while ((await timeOf(session, count)) < 50_000) count *= 2;
  const blocks = [];
  for (let k = 0; k < 5; k++) blocks.push((await timeOf(session, count)) / count);
  const singles = [];
  const wanted = Math.min(200, Math.max(5, Math.ceil(100_000 / blocks[0])));
  for (let k = 0; k < wanted; k++) {
    let least = Number.POSITIVE_INFINITY;
    for (let repetition = 0; repetition < repetitions; repetition++) least = Math.min(least, await timeOf(session, 1));
    singles.push(least);
  }
  session.release();
  return { step: Math.min(...blocks), single: median(singles) };
}

/** Microseconds of the calls that take the first step of each entry, but for the last entry, which follows no step. */
async function entryTimes(session) {
  const { recordEvery } = session.run().spec;
  const times = [];
  while (session.stopped === undefined) {
    times.push(await timeOf(session, 1));
    await session.advance(recordEvery - 1);
  }
  return times;
}

async function timeOf(session, steps) {
  const start = processorSeconds();
  await session.advance(steps);
  return (processorSeconds() - start) * 1e6;
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log((await recorderCosts()).join("\n"));
}
