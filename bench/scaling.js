// How time grows with the problem, and what memory, start-up and size cost.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { createJiti } from "jiti";
import { largeTable } from "./csv.js";
import { gradientChecking } from "./gradcheck.js";
import { members } from "./members.js";
import { recorderCosts } from "./recorder.js";
import { flopsOf, nameOf, shareOfCeiling } from "./rows.js";
import { besideProcesses } from "./threads.js";
import { timeText } from "./timeText.js";

const { targetLine } = await createJiti(import.meta.url).import("./targets.ts");
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Widths from which a product is to come near the ceiling. */
const wideEnough = 64;

/**
 * Everything as lines of Markdown.
 *
 * @param ceilings GFLOP/s of the 128-bit ceiling by type, one thread
 */
export async function scaling(ceilings) {
  const both = (jobs) => ["float64", "float32"].flatMap((dtype) => jobs.map((job) => ({ ...job, dtype })));
  const examples = [100, 1e3, 1e4, 1e5, 1e6].map((examples) => ({ sizes: [2, 10, 5, 1], examples, dtype: "float64" }));
  const widths = both([10, 32, 64, 100, 316, 1000, 4096].map((n) => ({ sizes: [n, n, 1], examples: 128 })));
  const depths = [1, 3, 10, 30, 100].map((depth) => ({
    sizes: [16, ...Array(depth).fill(16), 1],
    examples: 128,
    dtype: "float64",
  }));
  console.log("how time grows …");
  const wide = grown(widths, ceilings);
  const least = wide.filter(({ job }) => job.sizes[0] >= wideEnough).reduce((a, b) => (a.share < b.share ? a : b));
  const lines = [
    "## How time grows",
    "",
    "Steps alone, engine wasm, one thread. FLOP of a step: `2 · examples · (3 Σ n[l] n[l−1] − n[1] n[0])`, forward, dW, and dA " +
      "for all layers but the first; what else a step does counts as time alone.",
    ...table("With examples", grown(examples, ceilings)),
    ...table("With width", wide),
    "",
    `- Target from width ${wideEnough} on, at the lowest (${nameOf(least.job.sizes)}, ${least.job.dtype}) ` +
      targetLine(shareOfCeiling, least.share),
    ...table("With depth", grown(depths, ceilings)),
    "",
    ...(await besideProcesses()),
    "",
    ...(await members()),
    "## What else it costs",
    "",
    ...startUp(),
    ...size(),
    "",
    ...largeTable(),
    ...(await gradientChecking()),
    ...(await recorderCosts()),
  ];
  console.log(lines.join("\n"));
  return lines;
}

/** Jobs with the time of a step, its GFLOP/s and share of the ceiling, and the memory it takes. */
function grown(jobs, ceilings) {
  return jobs.map((job) => {
    const { microseconds, megabytes } = probe(job);
    const rate = flopsOf(job) / microseconds / 1000;
    return { job, microseconds, megabytes, rate, share: rate / ceilings[job.dtype] };
  });
}

function table(title, results) {
  return [
    "",
    `### ${title}`,
    "",
    "| network | examples | type | a step | GFLOP/s | of the ceiling | peak memory |",
    "|---|--:|---|--:|--:|--:|--:|",
    ...results.map(
      ({ job: { sizes, examples, dtype }, microseconds, megabytes, rate, share }) =>
        `| ${nameOf(sizes)} | ${examples.toLocaleString("en")} | ${dtype} | ${timeText(microseconds)} | ${rate.toFixed(1)} | ` +
        `${(100 * share).toFixed(0)} % | ${megabytes} MB |`,
    ),
  ];
}

/** A run in a process of its own, so that its peak of memory is its own. */
function probe(job) {
  const { stdout, stderr } = spawnSync(process.execPath, [here("probe.js"), JSON.stringify(job)], { encoding: "utf8" });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout);
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
