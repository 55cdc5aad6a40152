// A table of 1,000,000 × 31: how fast it is read, beside others, and what `gradproof train` takes for it, time and memory.
// As a program (`node bench/csv.js read FILE`, …) it is one of the processes measured.
import { spawnSync } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const rows = 1_000_000;
const columns = 30;

/** Everything as lines of Markdown. */
export function largeTable() {
  const folder = mkdtempSync(join(tmpdir(), "gradproof-table-"));
  const file = join(folder, "large.csv");
  const ours = (...words) => [process.execPath, [here("csv.js"), ...words]];
  const python = (program) => ["python3", ["-c", `${program}\n${pythonEnd}`, file]];
  try {
    const megabytes = generate(file) / 1e6;
    const readers = [
      ["gradproof `readTable`, 64-bit columns", ...ours("read", file)],
      ["csv-parse, stream of rows of text", ...ours("csvParse", file)],
      [
        "Python `csv` and `float`, list of rows",
        ...python(
          "import csv\nfile = open(sys.argv[1])\nrows = csv.reader(file)\nnext(rows)\nA = [[float(c) for c in row] for row in rows]",
        ),
      ],
      ["NumPy `loadtxt`", ...python("import numpy as np\nA = np.loadtxt(sys.argv[1], delimiter=',', skiprows=1)")],
    ].map(([name, command, words]) => [name, measured(command, words)]);
    const run = measured(...ours("train", file, folder));
    return [
      "### A large table",
      "",
      `A CSV file of 1,000,000 rows and 31 columns of numbers, ${megabytes.toFixed(0)} MB, read once each:`,
      "",
      "| | s | MB/s | peak memory |",
      "|---|--:|--:|--:|",
      ...readers.map(([name, { seconds, peak, failure }]) =>
        failure
          ? `| ${name} | ${failure} | | |`
          : `| ${name} | ${seconds.toFixed(1)} | ${(megabytes / seconds).toFixed(0)} | ${peak} MB |`,
      ),
      "",
      run.failure
        ? `\`gradproof train\` failed: ${run.failure}`
        : `\`gradproof train large.csv --target y --dtype float32 --epochs 3\`, from the command to the report, takes ` +
          `${run.seconds.toFixed(1)} s and ${run.peak} MB at its peak.`,
      "",
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const pythonEnd =
  "print(json.dumps({'seconds': time.perf_counter() - start, 'peak': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))";
const pythonStart = "import json, resource, sys, time\nstart = time.perf_counter()\n";

function measured(command, words) {
  const program = command === "python3" ? [words[0], pythonStart + words[1], ...words.slice(2)] : words;
  const { status, stdout, stderr, error } = spawnSync(command, program, { encoding: "utf8" });
  if (status === 0) return JSON.parse(stdout.trim().split("\n").at(-1));
  return { failure: (error?.message ?? stderr).trim().split("\n").at(-1).slice(0, 120) };
}

/** Writes the table; the label is whether the first five columns add up to more than 0. */
function generate(path) {
  const file = openSync(path, "w");
  let bytes = writeSync(file, `${Array.from({ length: columns }, (_, i) => `x${i}`).join()},y\n`);
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let done = 0; done < rows; done += 10_000) {
    let text = "";
    for (let i = 0; i < 10_000; i++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) {
        const x = 4 * uniform() - 2;
        if (j < 5) sum += x;
        text += `${x.toFixed(4)},`;
      }
      text += `${sum > 0 ? 1 : 0}\n`;
    }
    bytes += writeSync(file, text);
  }
  return bytes;
}

const tasks = {
  async read(file) {
    const { readTable } = await import("../dist/node/index.js");
    const start = performance.now();
    const table = await readTable(file);
    return { seconds: (performance.now() - start) / 1000, rows: table.rows };
  },
  async csvParse(file) {
    const { parse } = await import("csv-parse");
    const start = performance.now();
    let count = 0;
    for await (const _row of createReadStream(file).pipe(parse({ from_line: 2 }))) count++;
    return { seconds: (performance.now() - start) / 1000, rows: count };
  },
  async train(file, folder) {
    const out = join(folder, "run");
    process.argv.splice(2, 3, "train", file, "--target", "y", "--dtype", "float32", "--epochs", "3", "--out", out);
    const unread = (_text, written) => {
      written?.();
      return true;
    };
    process.stdout.write = unread;
    process.stderr.write = unread;
    await import("../dist/cli/main.js");
    if (!existsSync(join(out, "report.html"))) throw new Error("no report was written");
    return { seconds: performance.now() / 1000 };
  },
};

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , task, ...words] = process.argv;
  const write = process.stdout.write.bind(process.stdout);
  const result = await tasks[task](...words);
  write(`${JSON.stringify({ ...result, peak: Math.round(process.resourceUsage().maxRSS / 1024) })}\n`);
}
