// Everyone on the same jobs, in turns on this machine. `npm run bench` builds, runs this and writes RESULTS.md.
//
//   --quick        one round of a few rows, written nowhere
//   --only REGEX   only the rows whose name matches, written nowhere
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { engines } from "../dist/node/index.js";
import { report } from "./report.js";
import { jobOf, rows } from "./rows.js";
import { scaling } from "./scaling.js";
import { tables } from "./tables.js";

const { values: flags } = parseArgs({ options: { quick: { type: "boolean" }, only: { type: "string" } } });
const rounds = flags.quick ? 1 : 3;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "gradproof-bench-"));
const node = (file, ...words) => ({ command: process.execPath, words: [here(`contenders/${file}`), ...words] });
const python = (command, who) => ({ command, words: [here("contenders/peers.py"), who] });

/** Who takes part: a name, a command, and which rows it can run. */
const contenders = [
  ...engines()
    .filter(({ available, name }) => available && name !== "plain")
    .map(({ name }) => ({ name: `gradproof ${name}`, ...node("gradproof.js", name), takes: (row) => ours(name, row) })),
  { name: "gradproof plain", ...node("gradproof.js", "plain"), takes: (row) => row.threads === undefined },
  { name: "NumPy", ...python("python3", "numpy"), takes: () => true },
  { name: "PyTorch", ...python(pythonWith("torch"), "torch"), takes: () => true },
  { name: "scikit-learn", ...python(pythonWith("sklearn"), "sklearn"), takes: (row) => !row.keep && row.threads !== 2 },
  { name: "jax-js (f32)", ...node("jaxjs.js"), takes: (row) => !row.keep && row.threads !== 2 },
  { name: "TF.js wasm (f32)", ...node("tfjs.js", "wasm"), takes: (row) => row.threads !== 2 },
  { name: "TF.js cpu (f32)", ...node("tfjs.js", "cpu"), takes: (row) => row.threads !== 2 && row.examples < 20_000 },
  { name: "brain.js", ...node("brainjs.js"), takes: (row) => row.examples < 20_000 && !row.keep && !row.threads },
  { name: "ConvNetJS", ...node("convnetjs.js"), takes: (row) => row.examples < 20_000 && !row.keep && !row.threads },
];

/** Threads and BLAS where a step is large enough; the fused build everywhere. */
function ours(name, row) {
  if (name === "wasm") return row.threads !== 2;
  if (name === "wasm-threads") return row.threads === 2 || row.name.includes("20,000");
  if (name === "native") return row.threads !== undefined;
  return row.threads !== 2;
}

/** The first Python that has a package. */
function pythonWith(name) {
  const found = ["python3", "/usr/bin/python3"].find(
    (command) => spawnSync(command, ["-c", `import ${name}`]).status === 0,
  );
  return found ?? "python3";
}

const chosen = rows.filter(({ name }, k) => {
  if (flags.only !== undefined) return new RegExp(flags.only).test(name);
  return flags.quick ? k === 0 || k === 5 : true;
});
const missing = existsSync(here("node_modules")) ? undefined : "not installed: npm ci --ignore-scripts --prefix bench";

const results = [];
for (const row of chosen) {
  const job = join(folder, "job.json");
  writeFileSync(job, JSON.stringify(jobOf(row)));
  const measured = new Map(contenders.filter(({ takes }) => takes(row)).map(({ name }) => [name, { times: [] }]));
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      const entry = measured.get(contender.name);
      if (entry === undefined || entry.failure !== undefined) continue;
      const result = measure(contender, job, row);
      if (result.failure !== undefined) entry.failure = result.failure;
      else {
        entry.times.push(result.microseconds);
        entry.check = result.check;
        entry.version = result.version;
      }
    }
  }
  results.push({ row, measured });
  for (const line of tables.row(row, measured)) console.log(line);
}
rmSync(folder, { recursive: true });

if (!flags.quick && flags.only === undefined) {
  const extra = await scaling();
  writeFileSync(
    here("RESULTS.md"),
    report(results, extra, { rounds, cpu: cpus()[0]?.model.trim(), cores: cpus().length }),
  );
  console.log(`written to ${here("RESULTS.md")}`);
}

function measure({ command, words }, job, row) {
  if (missing !== undefined && /jaxjs|tfjs|brainjs|convnetjs/.test(words[0])) return { failure: missing };
  const [file, ...rest] = words;
  const { status, stdout, stderr, error } = spawnSync(command, [file, job, ...rest], {
    encoding: "utf8",
    timeout: 120_000,
    env: { ...process.env, OPENBLAS_NUM_THREADS: String(row.threads ?? 1), TF_CPP_MIN_LOG_LEVEL: "3" },
  });
  if (error !== undefined) return { failure: error.code === "ENOENT" ? `${command} is not installed` : error.message };
  const last = stdout.trim().split("\n").at(-1) ?? "";
  if (status === 0 && last.startsWith("{")) return JSON.parse(last);
  const reason = stderr
    .split("\n")
    .filter((line) => /Error|has no|not written/.test(line))
    .at(-1);
  return { failure: (reason ?? `ended with ${status}`).trim().slice(0, 120) };
}
