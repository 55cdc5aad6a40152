// How time grows with the problem, and what memory, start-up and size cost.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { largeTable } from "./csv.js";
import { gradientChecking } from "./gradcheck.js";
import { signalCosts } from "./signals.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Everything as lines of Markdown. */
export async function scaling() {
  const ceiling = { float64: peak("float64"), float32: peak("float32") };
  const grow = (title, jobs) => [
    "",
    `### ${title}`,
    "",
    "| network | examples | type | a step | GFLOP/s | of the ceiling | peak memory |",
    "|---|--:|---|--:|--:|--:|--:|",
    ...jobs.map((job) => line(job, ceiling)),
  ];
  const lines = [
    "## How time grows",
    "",
    "FLOP of a step: `2 · examples · (3 Σ n[l] n[l−1] − n[1] n[0])`, forward, dW, and dA for all layers but the first. The ceiling is " +
      `NumPy's best on a product of two 1024 × 1024 matrices with one thread: ${ceiling.float64.toFixed(0)} GFLOP/s in float64, ` +
      `${ceiling.float32.toFixed(0)} in float32; it uses 256- or 512-bit vectors, WebAssembly has 128. Engine wasm, one thread.`,
    ...grow(
      "With examples",
      [100, 1e3, 1e4, 1e5, 1e6].map((examples) => ({ sizes: [2, 10, 5, 1], examples, dtype: "float64" })),
    ),
    ...grow(
      "With width",
      [10, 32, 100, 316, 1000, 4096].map((n) => ({ sizes: [n, n, 1], examples: 128, dtype: "float32" })),
    ),
    ...grow(
      "With depth",
      [1, 3, 10, 30, 100].map((depth) => ({
        sizes: [16, ...Array(depth).fill(16), 1],
        examples: 128,
        dtype: "float64",
      })),
    ),
    "",
    "## What else it costs",
    "",
    ...startUp(),
    ...size(),
    "",
    ...largeTable(),
    ...(await gradientChecking()),
    ...(await signalCosts()),
  ];
  console.log(lines.join("\n"));
  return lines;
}

function line({ sizes, examples, dtype }, ceiling) {
  const { microseconds, megabytes } = probe({ sizes, examples, dtype });
  const products = sizes.slice(1).map((units, l) => units * sizes[l]);
  const flop = 2 * examples * (3 * products.reduce((a, b) => a + b, 0) - products[0]);
  const rate = flop / microseconds / 1000;
  const time = microseconds < 1000 ? `${microseconds.toPrecision(3)} µs` : `${(microseconds / 1000).toPrecision(3)} ms`;
  const network = sizes.length > 6 ? `${sizes[0]}-(${sizes.length - 2} × ${sizes[1]})-1` : sizes.join("-");
  const share = `${((100 * rate) / ceiling[dtype]).toFixed(0)} %`;
  return `| ${network} | ${examples.toLocaleString("en")} | ${dtype} | ${time} | ${rate.toFixed(1)} | ${share} | ${megabytes} MB |`;
}

/** A run in a process of its own, so that its peak of memory is its own. */
function probe(job) {
  const { stdout, stderr } = spawnSync(process.execPath, [here("probe.js"), JSON.stringify(job)], { encoding: "utf8" });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** GFLOP/s of NumPy's matrix product, or NaN without NumPy. */
function peak(dtype) {
  const program = `
import os
os.environ["OPENBLAS_NUM_THREADS"] = "1"
import time, numpy as np
A = np.random.rand(1024, 1024).astype("${dtype}")
best = 9e9
for _ in range(20):
    start = time.perf_counter(); A @ A; best = min(best, time.perf_counter() - start)
print(2 * 1024 ** 3 / best / 1e9)`;
  const { status, stdout } = spawnSync("python3", ["-c", program], { encoding: "utf8" });
  return status === 0 ? Number(stdout) : Number.NaN;
}

function startUp() {
  const times = Array.from({ length: 5 }, () =>
    probe({ sizes: [2, 10, 5, 1], examples: 300, dtype: "float64", start: true }),
  );
  const best = (name) => Math.min(...times.map((time) => time[name])).toFixed(0);
  return [
    `A fresh process imports gradproof in ${best("importing")} ms, and has made the first 1,000 steps of 2-10-5-1 on 300 examples ` +
      `${best("thousand")} ms later.`,
    "",
  ];
}

function size() {
  const packed = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: here(".."),
    encoding: "utf8",
  });
  const [{ size: compressed, unpackedSize, entryCount }] = JSON.parse(packed.stdout);
  const kB = (bytes) => `${Math.round(bytes / 1000).toLocaleString("en")} kB`;
  const lines = [`The package is ${kB(compressed)} compressed, ${kB(unpackedSize)} in ${entryCount} files.`];
  const esbuild = here("node_modules/.bin/esbuild");
  if (!existsSync(esbuild)) return lines;
  const bundle = spawnSync(esbuild, ["--bundle", "--minify", "--format=esm", "--log-level=error"], {
    input: 'import { dense, network, train } from "./dist/index.js"; console.log(dense, network, train);',
    cwd: here(".."),
  }).stdout;
  return [
    ...lines,
    `A bundle with \`network\` and \`train\` is ${kB(bundle.length)}, ${kB(gzipSync(bundle).length)} gzipped.`,
  ];
}
