// Writes RESULTS.md.
import { cells, reference, verdicts } from "./tables.js";

/** The whole file, from what the rows have measured and more lines of Markdown. */
export function report(results, extra, { rounds, cpu, cores, ceilings, blas }) {
  const versions = new Map();
  for (const { measured } of results) {
    for (const [name, { version }] of measured)
      if (version) versions.set(name.replace(/ (\(f32\)|wasm.*|cpu.*|readable|native)/, ""), version);
  }
  return `${[
    "# Benchmark",
    "",
    "Made by `npm run bench`; every number below is measured, none is typed. Times are medians of " +
      `${rounds} rounds in which everyone takes a turn, each in a process of its own, warmed up; in brackets the least and the ` +
      "most. Everyone trains the same network from the same start on the same data by gradient descent and computes the cost at " +
      "every step, and nothing else: what a history costs has a table of its own. The cost after 20 steps must agree to 1e-6 (float32: 1e-3). `ratio` is the time over that of the row's " +
      "reference, gradproof's default engine, or with 2 threads the same kernels on 2 threads.",
    "",
    "NumPy and PyTorch have one thread where a row says nothing else. jax-js and TensorFlow.js compute in float32. brain.js and " +
      "ConvNetJS update after each example, so theirs is the time of one pass over the same examples, with other numbers.",
    "",
    `Processor: ${cpu}, ${cores} cores. Node ${process.version}. ` +
      `${[...versions].map(([name, version]) => `${name} ${version}`).join(", ")}.`,
    ...(blas === undefined ? [] : ["", `gradproof native uses ${blas}.`]),
    "",
    "Targets are ratios within this run: the other's time over gradproof's, or the share of the 128-bit ceiling, which is what a " +
      "WebAssembly loop of multiplications and additions in registers reaches here on one thread (`bench/ceiling.js`): " +
      `${ceilings.float64.toFixed(1)} GFLOP/s in float64, ${ceilings.float32.toFixed(1)} in float32.`,
    "",
    "## A training step, a prediction",
    ...results.flatMap(({ row, measured }) => [
      "",
      `### ${row.name}`,
      "",
      `| | ${row.unit} | least … most | ratio | |`,
      "|---|--:|---|--:|---|",
      ...cells(row, measured).map(
        (line) => `| ${line[0] === reference ? `**${line[0]}**` : line[0]} | ${line.slice(1).join(" | ")} |`,
      ),
      ...bullets(verdicts(row, measured, ceilings)),
    ]),
    "",
    ...extra,
  ].join("\n")}\n`;
}

function bullets(targets) {
  return targets.length === 0 ? [] : ["", ...targets.map((line) => `- Target ${line}`)];
}
