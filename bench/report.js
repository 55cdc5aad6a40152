// Writes RESULTS.md.
import { cells, reference, verdict } from "./tables.js";

export function report(results, extra, { rounds, cpu, cores }) {
  const versions = new Map();
  for (const { measured } of results) {
    for (const [name, { version }] of measured)
      if (version) versions.set(name.replace(/ (\(f32\)|wasm.*|cpu.*|plain|native)/, ""), version);
  }
  return `${[
    "# Benchmark",
    "",
    "Made by `npm run bench`; every number below is measured, none is typed. Times are medians of " +
      `${rounds} rounds in which everyone takes a turn, each in a process of its own, warmed up; in brackets the least and the ` +
      "most. Everyone trains the same network from the same start on the same data by gradient descent and computes the cost at " +
      "every step; the cost after 20 steps must agree to 1e-6 (float32: 1e-3). `ratio` is the time over that of the row's " +
      "reference, gradproof's default engine, or with 2 threads the same kernels on 2 threads.",
    "",
    "NumPy and PyTorch have one thread where a row says nothing else. jax-js and TensorFlow.js compute in float32. brain.js and " +
      "ConvNetJS update after each example, so theirs is the time of one pass over the same examples, with other numbers.",
    "",
    `Processor: ${cpu}, ${cores} cores. Node ${process.version}. ` +
      `${[...versions].map(([name, version]) => `${name} ${version}`).join(", ")}.`,
    "",
    "## A training step, a prediction",
    ...results.flatMap(({ row, measured }) => [
      "",
      `### ${row.name}`,
      "",
      `| | ${row.unit} | least … most | ratio | |`,
      "|---|--:|---|--:|---|",
      ...cells(row, measured).map(
        (line) => `| ${line[0] === reference(row) ? `**${line[0]}**` : line[0]} | ${line.slice(1).join(" | ")} |`,
      ),
      ...(verdict(row, measured) ? ["", `Design ${verdict(row, measured)}.`] : []),
    ]),
    "",
    ...extra,
  ].join("\n")}\n`;
}
