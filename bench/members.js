// What members trained together take beside the same networks one after the other, and beside PyTorch, which trains them as one
// batched network (`contenders/members.py`). Whole runs of `train` and `trainMembers`: set-up, steps and history.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { circles } from "../dist/data/index.js";
import { dense, Matrix, network, members as sharedMembers, train, trainMembers } from "../dist/index.js";
import { openEngine } from "../dist/node/index.js";
import { RandomState } from "../dist/random/index.js";
import { processorSeconds } from "./processorSeconds.js";

const count = 8;
/** `most`: what is wanted of the time of the networks one after the other, by threads. */
const cases = [
  { sizes: [30, 64, 32, 1], hidden: "relu", examples: 1024, batchSize: 128, epochs: 10, most: { 1: 0.85, 2: 0.5 } },
  { sizes: [2, 4, 2, 1], hidden: "tanh", examples: 200, batchSize: 10, epochs: 100, most: { 1: 0.4, 2: 0.4 } },
];
const rounds = 9;

/** Everything as lines of Markdown. */
export async function members() {
  const { engine, close } = openEngine("wasm", 2);
  const lines = [];
  const shared = [];
  try {
    for (const each of cases) lines.push(...(await linesOf(each, engine)));
    shared.push(await sharedLine(cases[0]));
  } finally {
    close();
  }
  return [
    "### Many networks as one",
    "",
    `${count} networks that differ in their seeds, trained by Adam with a history entry an epoch: ${rounds} rounds, in which each way ` +
      "takes its turn. One thread is timed in processor time, two on the clock, beside the networks one after the other in the same " +
      "measure. PyTorch has one thread and trains them as one network of batched products (`torch.baddbmm`), each on batches of its own.",
    "",
    "| networks | one after the other | together | ratio | together, 2 threads | ratio | PyTorch, batched |",
    "|---|--:|--:|--:|--:|--:|--:|",
    ...lines,
    "",
    `Members that share weights (\`members(${count}, …)\`), one thread, processor time of whole runs; PyTorch multiplies r, W and s as ` +
      "TabM's program does.",
    "",
    `| network | ${count} networks one after the other | members that share weights | ratio | PyTorch, the same members | ratio |`,
    "|---|--:|--:|--:|--:|--:|",
    ...shared,
    "",
  ];
}

/** Members that share weights beside as many networks one after the other, and beside PyTorch. */
async function sharedLine({ sizes, hidden, examples, batchSize, epochs }) {
  const data = randomData(sizes[0], examples);
  const layers = sizes.slice(1).map((units, l) => dense(units, l < sizes.length - 2 ? hidden : "sigmoid"));
  const options = (seed) => ({ epochs, batchSize, seed });
  const ways = {
    alone: {
      work: async () => {
        for (let seed = 0; seed < count; seed++)
          await train(network({ inputs: sizes[0], layers, seed }), data, options(seed));
      },
      now: processorSeconds,
    },
    shared: {
      work: () => train(network({ inputs: sizes[0], layers: [sharedMembers(count, layers)] }), data, options(0)),
      now: processorSeconds,
    },
  };
  const least = await leastSeconds(ways);
  const torch = secondsOfPytorch({ count, sizes, hidden, batchSize, epochs, examples, shared: true }, data);
  return (
    `| ${count} × ${sizes.join("-")}, batch of ${batchSize}, ${examples} examples, ${epochs} epochs | ${ms(least.alone)} | ` +
    `${ms(least.shared)} | ${(least.shared / least.alone).toFixed(2)} | ` +
    `${torch === undefined ? "" : ms(torch)} | ${torch === undefined ? "" : (least.shared / torch).toFixed(2)} |`
  );
}

async function linesOf({ sizes, hidden, examples, batchSize, epochs, most }, threads) {
  const data = sizes[0] === 2 ? circles({ examples, noise: 0.1, seed: 1 }) : randomData(sizes[0], examples);
  const layers = sizes.slice(1).map((units, l) => dense(units, l < sizes.length - 2 ? hidden : "sigmoid"));
  const model = (seed) => network({ inputs: sizes[0], layers, seed });
  const options = (seed) => ({ epochs, batchSize, seed });
  const seeds = Array.from({ length: count }, (_, seed) => seed);
  const alone = async () => {
    for (const seed of seeds) await train(model(seed), data, options(seed));
  };
  const together = (engine) =>
    trainMembers(
      seeds.map((seed) => ({ network: model(seed), data, options: options(seed) })),
      { engine },
    );
  const clock = () => performance.now() / 1000;
  const ways = {
    alone: { work: alone, now: processorSeconds },
    one: { work: () => together("wasm"), now: processorSeconds },
    aloneOnClock: { work: alone, now: clock },
    two: { work: () => together(threads), now: clock },
  };
  const least = await leastSeconds(ways);
  const ratios = { 1: least.one / least.alone, 2: least.two / least.aloneOnClock };
  const torch = secondsOfPytorch({ count, sizes, hidden, batchSize, epochs, examples }, data);
  const cell = (threadCount) =>
    `${ratios[threadCount].toFixed(2)} (target ≤ ${most[threadCount]}: ${ratios[threadCount] <= most[threadCount] ? "reached" : "missed"})`;
  return [
    `| ${count} × ${sizes.join("-")}, batch of ${batchSize}, ${examples} examples, ${epochs} epochs | ${ms(least.alone)} | ${ms(least.one)} | ` +
      `${cell(1)} | ${ms(least.two)} | ${cell(2)} | ${torch === undefined ? "" : ms(torch)} |`,
  ];
}

function randomData(features, examples) {
  const X = new RandomState(1).randn(features, examples);
  return {
    X,
    Y: new Matrix(
      1,
      examples,
      Float64Array.from({ length: examples }, (_, j) => j % 2),
    ),
  };
}

/** The least of all rounds, in which each way takes its turn. */
async function leastSeconds(ways) {
  const least = Object.fromEntries(Object.keys(ways).map((way) => [way, Number.POSITIVE_INFINITY]));
  for (let round = 0; round < rounds; round++) {
    for (const [way, { work, now }] of Object.entries(ways)) {
      const start = now();
      await work();
      least[way] = Math.min(least[way], now() - start);
    }
  }
  return least;
}

/** Undefined where there is no PyTorch. */
function secondsOfPytorch(job, { X, Y }) {
  const folder = mkdtempSync(join(tmpdir(), "gradproof-bench-"));
  try {
    const file = join(folder, "job.json");
    writeFileSync(file, JSON.stringify({ ...job, X: [...X.data], Y: [...Y.data] }));
    const program = fileURLToPath(new URL("contenders/members.py", import.meta.url));
    for (const command of ["python3", "/usr/bin/python3"]) {
      const { status, stdout } = spawnSync(command, [program, file], { encoding: "utf8" });
      if (status === 0) return Number(stdout);
    }
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const ms = (seconds) => `${(seconds * 1000).toFixed(1)} ms`;

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log((await members()).join("\n"));
}
