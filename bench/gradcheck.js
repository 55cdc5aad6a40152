// What a gradient check costs beside the naive loop of two forward passes a parameter.
import { pathToFileURL } from "node:url";
import { checkNetwork, cost, dense, forward, Matrix, network, networkWith } from "../dist/index.js";
import { RandomState } from "../dist/random/index.js";

const cases = [
  { sizes: [8, 8, 3, 1], examples: 32 },
  { sizes: [30, 24, 10, 1], examples: 32 },
  { sizes: [60, 56, 56, 56, 10], examples: 32 },
  { sizes: [784, 512, 256, 10], examples: 128 },
];
/** Forward passes of the naive loop that are timed; of more, the rest is calculated. */
const mostTimed = 2000;

/** Everything as lines of Markdown. */
export async function gradientChecking() {
  const lines = [];
  for (const { sizes, examples } of cases) {
    const last = sizes.length - 2;
    const model = network({
      inputs: sizes[0],
      layers: sizes.slice(1).map((units, l) => dense(units, l < last ? "relu" : units === 1 ? "sigmoid" : "softmax")),
      initializer: "he",
      seed: 1,
    });
    const random = new RandomState(2);
    const X = random.randn(sizes[0], examples);
    const outputs = sizes[last + 1];
    const Y = Matrix.zeros(outputs, examples);
    for (let j = 0; j < examples; j++)
      Y.data[outputs === 1 ? j : (j % outputs) * examples + j] = outputs === 1 ? j % 2 : 1;
    const N = model.theta.length;

    const naive = naiveSeconds(model, X, Y);
    const start = performance.now();
    const report = await checkNetwork(model, { X, Y }, { trainingSteps: 0 });
    const seconds = (performance.now() - start) / 1000;
    if (report.verdict !== "correct") throw new Error(String(report));
    const exhaustive = N <= 20_000 ? await exhaustiveSeconds(model, X, Y) : undefined;
    lines.push(
      `| ${sizes.join("-")} | ${N.toLocaleString("en")} | ${(2 * N).toLocaleString("en")} | ${time(naive.seconds)}${naive.calculated ? " (calculated)" : ""} | ` +
        `${report.costEvaluations.toLocaleString("en")} | ${time(seconds)} | ${Math.round((2 * N) / report.costEvaluations).toLocaleString("en")} | ` +
        `${exhaustive === undefined ? "" : `${time(exhaustive)} (${(naive.seconds / exhaustive).toFixed(1)} × as fast)`} |`,
    );
  }
  return [
    "### A gradient check",
    "",
    "The naive loop makes two forward passes for each of the N parameters, of the readable pass in float64; `checkNetwork` checks " +
      "the gradient of the training engine, at the given weights. The last column is its exhaustive mode, which measures every " +
      "entry with an error bar.",
    "",
    "| network | N | naive: passes | time | directions: passes | time | fewer passes | every entry |",
    "|---|--:|--:|--:|--:|--:|--:|--:|",
    ...lines,
    "",
  ];
}

function naiveSeconds(model, X, Y) {
  const theta = model.theta.slice();
  const N = theta.length;
  const moved = networkWith(model.spec, theta);
  const timed = Math.min(N, mostTimed / 2);
  const start = performance.now();
  for (let i = 0; i < timed; i++) {
    for (const step of [1e-7, -2e-7]) {
      moved.theta[i] += step;
      cost(moved, forward(moved, X), Y);
    }
    moved.theta[i] = theta[i];
    // A machine that takes minutes for them is known well enough by then.
    if (performance.now() - start > 20_000)
      return { seconds: ((performance.now() - start) / 1000 / (i + 1)) * N, calculated: true };
  }
  return { seconds: ((performance.now() - start) / 1000 / timed) * N, calculated: timed < N };
}

async function exhaustiveSeconds(model, X, Y) {
  const start = performance.now();
  await checkNetwork(model, { X, Y }, { trainingSteps: 0, mode: "exhaustive" });
  return (performance.now() - start) / 1000;
}

function time(seconds) {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  return seconds < 600 ? `${seconds.toFixed(1)} s` : `${(seconds / 3600).toFixed(1)} h`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log((await gradientChecking()).join("\n"));
}
