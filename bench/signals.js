// What the signals of the layers cost a run: the time they take, over the time of the whole run.
import { pathToFileURL } from "node:url";
import { wasmEngine } from "../dist/engine/wasm/wasmEngine.js";
import { dense, network, RandomState, train } from "../dist/index.js";
import { SignalSample } from "../dist/training/signals.js";

const cases = [
  { sizes: [2, 4, 2, 1], examples: 300, batchSize: 10, iterations: 200_000 },
  { sizes: [2, 10, 5, 1], examples: 300, iterations: 15_000 },
  { sizes: [30, 32, 16, 1], examples: 20_000, batchSize: 256, iterations: 3000 },
  { sizes: [784, 512, 256, 1], examples: 2000, batchSize: 128, iterations: 500 },
];

/** Everything as lines of Markdown. */
export async function signalCosts() {
  const lines = [];
  for (const { sizes, examples, ...options } of cases) {
    const random = new RandomState(1);
    const X = random.randn(sizes[0], examples);
    const Y = random.rand(1, examples);
    for (let j = 0; j < examples; j++) Y.data[j] = Math.round(Y.data[j]);
    const last = sizes.length - 2;
    const layers = sizes.slice(1).map((units, l) => dense(units, l === last ? "sigmoid" : "relu"));
    const model = network({ inputs: sizes[0], layers, seed: 1 });
    const run = await train(model, { X, Y }, { ...options, optimizer: "gradientDescent", learningRate: 0.01 });
    const moments = run.history.filter(({ signals }) => signals).length;
    const sample = new SignalSample(model, { X, Y }, wasmEngine);
    let seconds = Number.POSITIVE_INFINITY;
    for (let k = 0; k < 5; k++) {
      const start = performance.now();
      sample.take();
      seconds = Math.min(seconds, (performance.now() - start) / 1000);
    }
    sample.release();
    const share = (100 * moments * seconds) / run.seconds;
    lines.push(
      `| ${sizes.join("-")} | ${options.batchSize ?? examples} | ${options.iterations.toLocaleString("en")} | ${moments} | ` +
        `${Math.round(seconds * 1e6).toLocaleString("en")} µs | ${share.toFixed(1)} % |`,
    );
  }
  return [
    "### Signals of the layers",
    "",
    "Mean, deviation, norm and histogram of activations and gradients, size of updates, dead, saturated and distinct units, of every layer, " +
      "in the history of every run:",
    "",
    "| network | batch | steps | moments | each takes | share of the run |",
    "|---|--:|--:|--:|--:|--:|",
    ...lines,
    "",
  ];
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log((await signalCosts()).join("\n"));
}
