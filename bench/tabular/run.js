// `npm run bench-tables [FOLDER]`: `fit` with its defaults beside five methods of scikit-learn, on the same splits.
//
// Each CSV file of FOLDER is a table, its last column what is predicted. Without a folder: tables that come with scikit-learn.
// What has been measured stands in results.jsonl beside this file, so that it can be stopped and taken up again: scikit-learn's
// results by its version, ours by the program that was measured.
//
//   --seeds N          splits of each table, default 5
//   --tables PATTERN   only the tables whose name matches this regular expression
//   --report           print what has been measured, measure nothing
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createJiti } from "jiti";
import { readTable } from "../../dist/node/index.js";

/** One thread for everyone: on a busy machine threads that wait for each other take any time. */
const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };

const jiti = createJiti(import.meta.url);
const { jobOf, jobText } = await jiti.import("./job.ts");
const { methods, reportOf } = await jiti.import("./report.ts");
const { scoresOf } = await jiti.import("./scores.ts");

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const resultsFile = here("results.jsonl");
const python = "/usr/bin/python3";
const sklearn = here("sklearn_methods.py");

const { values: options, positionals } = parseArgs({
  options: {
    seeds: { type: "string", default: "5" },
    tables: { type: "string", default: "" },
    report: { type: "boolean", default: false },
  },
  allowPositionals: true,
});

const programs = [
  {
    names: ["gradproof"],
    words: [process.execPath, here("gradproofMethod.js")],
    version: hashOf(here("../../dist")),
  },
  {
    names: methods.filter((method) => method !== "gradproof"),
    words: [python, sklearn],
    version: output(python, [sklearn, "version"]).trim(),
  },
];
const builtIn = positionals[0] === undefined ? mkdtempSync(join(tmpdir(), "gradproof-tables-")) : undefined;
try {
  if (builtIn !== undefined) output(python, [sklearn, "tables", builtIn]);
  const folder = positionals[0] ?? builtIn ?? "";
  const pattern = new RegExp(options.tables);
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".csv") && pattern.test(basename(file, ".csv")))
    .map((file) => join(folder, file))
    // The small ones first: a run that is stopped has the most of them.
    .sort((a, b) => statSync(a).size - statSync(b).size);
  const seeds = Number(options.seeds);
  if (!options.report) for (let seed = 0; seed < seeds; seed++) for (const file of files) await measure(file, seed);
  const names = new Set(files.map((file) => basename(file, ".csv")));
  const results = known().filter(({ table, seed }) => names.has(table) && seed < seeds);
  console.log(reportOf(results).join("\n"));
} finally {
  if (builtIn !== undefined) rmSync(builtIn, { recursive: true });
}

/** Every method that has no result yet, one after the other, so that they share the machine's moods. */
async function measure(file, seed) {
  const table = basename(file, ".csv");
  const ofSplit = known().filter((result) => result.table === table && result.seed === seed);
  const missing = methods.filter((method) => !ofSplit.some((result) => result.method === method));
  if (missing.length === 0) return;
  const job = jobOf(table, await readTable(file), seed);
  for (const { names, words, version } of programs) {
    const wanted = names.filter((name) => missing.includes(name));
    for (const { predictions, ...line } of wanted.length === 0 ? [] : answers(words, job, wanted)) {
      const scores = predictions === undefined ? {} : scoresOf(job, predictions);
      const result = { table, seed, version, rows: job.y.length, task: job.task, ...line, ...scores };
      appendFileSync(resultsFile, `${JSON.stringify(result)}\n`);
      const { method, failure, hit, loss, seconds } = result;
      const said = failure ?? `${hit.toFixed(3)}, ${loss.toPrecision(4)}, ${seconds.toFixed(2)} s`;
      console.error(`${table} ${seed} ${method}: ${said}`);
    }
  }
}

/** What a program answers for some methods: predictions and seconds, or its failure. */
function answers([program, ...words], job, wanted) {
  const input = jobText(job, wanted);
  const { stdout, stderr } = spawnSync(program, words, { input, encoding: "utf8", maxBuffer: 2 ** 30, env });
  const lines = stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const rest = wanted.filter((method) => !lines.some((line) => line.method === method));
  const failure = stderr.split("\n").find((line) => /Error/.test(line)) ?? stderr.slice(-200);
  return [...lines, ...rest.map((method) => ({ method, failure }))];
}

function output(program, words) {
  const { status, stdout, stderr, error } = spawnSync(program, words, { encoding: "utf8" });
  if (status !== 0) throw error ?? new Error(`${program} ${words.join(" ")}: ${stderr}`);
  return stdout;
}

/** Results of the programs as they are now. */
function known() {
  if (!existsSync(resultsFile)) return [];
  const results = readFileSync(resultsFile, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return results.filter(({ method, version }) =>
    programs.some((program) => program.names.includes(method) && program.version === version),
  );
}

/** What the library's text comes to: another program is measured anew. */
function hashOf(folder) {
  const hash = createHash("sha256");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".js") && !file.startsWith("lab"),
  );
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(folder, file)));
  return hash.digest("hex").slice(0, 12);
}
