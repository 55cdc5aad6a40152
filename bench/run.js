// The reference initialization run (He, 15,000 full-batch iterations) here and in NumPy, in turns on this machine.
// Run it with `npm run bench`; it measures the build in dist/.
import { spawnSync } from "node:child_process";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { circles, dense, network, train } from "gradproof";

const iterations = 15_000;
const rounds = 5;
const data = circles({ examples: 300, noise: 0.05, seed: 1 });
const script = fileURLToPath(new URL("initialization.py", import.meta.url));
const problem = JSON.stringify({ X: data.X.toArray(), Y: data.Y.toArray() });

async function ours() {
  const model = network({
    inputs: 2,
    layers: [dense(10, "relu"), dense(5, "relu"), dense(1, "sigmoid")],
    initializer: "he",
    seed: 3,
  });
  const run = await train(model, data, { optimizer: "gradientDescent", learningRate: 0.01, iterations });
  return { seconds: run.seconds, cost: run.history[run.history.length - 1].cost };
}

/** The same loop in NumPy, or why there is none. */
function numpy() {
  const { status, stdout, stderr, error } = spawnSync("python3", [script, String(iterations)], {
    input: problem,
    encoding: "utf8",
    // One thread, as ours: the matrices are too small for more.
    env: { ...process.env, OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" },
  });
  if (error !== undefined) return { missing: "python3 is not installed" };
  if (status !== 0) return { missing: stderr.trim().split("\n").at(-1) ?? "it failed" };
  return JSON.parse(stdout);
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const spread = (values) => `${Math.min(...values).toFixed(2)} … ${Math.max(...values).toFixed(2)}`;

const here = [];
const there = [];
let missing;
let version = "";
await ours(); // once to warm up: the compiler of the JavaScript engine
for (let round = 0; round < rounds; round++) {
  here.push(await ours());
  if (missing !== undefined) continue;
  const result = numpy();
  if (result.missing === undefined) {
    there.push(result);
    version = result.numpy;
  } else missing = result.missing;
}

console.log(`2-10-5-1 on 300 points, ${iterations.toLocaleString("en")} iterations, cost at every step, float64`);
console.log(`${cpus()[0]?.model.trim()}, Node ${process.version}, medians of ${rounds} runs in turns\n`);
const row = (name, runs) => {
  const rates = runs.map(({ seconds }) => iterations / seconds);
  const perStep = runs.map(({ seconds }) => (seconds / iterations) * 1e6);
  console.log(
    `${name.padEnd(16)} ${Math.round(median(rates)).toLocaleString("en").padStart(8)} iterations/s   ` +
      `${median(perStep).toFixed(1).padStart(6)} µs a step (${spread(perStep)})`,
  );
};
row("gradproof plain", here);
if (there.length > 0) {
  row(`NumPy ${version}`, there);
  const ratios = here.map(({ seconds }, round) => there[round].seconds / seconds);
  console.log(`\ngradproof is ${median(ratios).toFixed(2)} × as fast as NumPy (round by round ${spread(ratios)})`);
} else console.log(`\nNumPy is not measured: ${missing}`);
