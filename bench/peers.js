// Everyone on the same jobs, in turns on this machine; what comes out is RESULTS.md.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createJiti } from "jiti";
import { engines } from "../dist/node/index.js";
import { ceiling } from "./ceiling.js";
import { report } from "./report.js";
import { jobOf, rows } from "./rows.js";
import { scaling } from "./scaling.js";
import { linesOf } from "./tables.js";

const { chooseRows } = await createJiti(import.meta.url).import("./options.ts");
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const node = (file, ...words) => ({ command: process.execPath, words: [here(`contenders/${file}`), ...words] });
const python = (command, who) => ({ command, words: [here("contenders/peers.py"), who] });
const available = engines().filter((engine) => engine.available);

/** Who takes part: a name, a command, and which rows it can run. In Node, jax-js and TensorFlow.js have one thread. */
const contenders = [
  ...available.map(({ name }) => ({
    name: `gradproof ${name}`,
    ...node("gradproof.js", name),
    takes: (row) => ours(name, row),
  })),
  {
    name: "gradproof with ReLU alone",
    ...node("gradproof.js", "wasm", "reluAlone"),
    takes: (row) => !isUsual(row),
  },
  { name: "NumPy", ...python("python3", "numpy"), takes: isUsual },
  { name: "PyTorch", ...python(pythonWith("torch"), "torch"), takes: () => true },
  {
    name: "scikit-learn",
    ...python(pythonWith("sklearn"), "sklearn"),
    takes: (row) => isUsual(row) && !row.keep && row.threads !== 2,
  },
  { name: "jax-js (f32)", ...node("jaxjs.js"), takes: (row) => isUsual(row) && !row.keep },
  { name: "TF.js wasm (f32)", ...node("tfjs.js", "wasm"), takes: isUsual },
  { name: "TF.js cpu (f32)", ...node("tfjs.js", "cpu"), takes: (row) => row.threads !== 2 && isSmall(row) },
  { name: "brain.js", ...node("brainjs.js"), takes: (row) => isSmall(row) && !row.keep && !row.threads },
  { name: "ConvNetJS", ...node("convnetjs.js"), takes: (row) => isSmall(row) && !row.keep && !row.threads },
];

/** What every contender has been told, and NumPy's own program: no norms, and the activations of before. */
function isUsual({ activations, norm }) {
  return norm === undefined && activations.every((name) => ["relu", "tanh", "sigmoid", "softmax"].includes(name));
}

/** What those that take seconds for it can do. */
function isSmall(row) {
  return row.examples < 20_000 && isUsual(row);
}

/** Threads and BLAS where a step is large enough. */
function ours(name, row) {
  if (name === "wasm") return true;
  if (name === "native") return row.threads !== undefined;
  if (name === "readable") return row.threads === undefined;
  return row.threads !== 2;
}

/** The first Python that has a package. */
function pythonWith(name) {
  const found = ["python3", "/usr/bin/python3"].find(
    (command) => spawnSync(command, ["-c", `import ${name}`]).status === 0,
  );
  return found ?? "python3";
}

/** Measures the rows chosen, prints them, and writes RESULTS.md if nothing is left out. */
export async function measurePeers(options) {
  const chosen = chooseRows(rows, options);
  const began = performance.now();
  const ceilings = { float32: await ceiling("f32"), float64: await ceiling("f64") };
  const results = [];
  for (const [r, row] of chosen.entries()) {
    const minutes = Math.round((performance.now() - began) / 60_000);
    console.log(`[${minutes} min, row ${r + 1} of ${chosen.length}]`);
    const measured = everyoneOn(row, options.rounds);
    results.push({ row, measured });
    for (const line of linesOf(row, measured, ceilings)) console.log(line);
  }
  if (!options.whole) return;
  const extra = await scaling(ceilings);
  const machine = { cpu: cpus()[0]?.model.trim(), cores: cpus().length, ceilings };
  const blas = available.find(({ name }) => name === "native")?.description;
  writeFileSync(here("RESULTS.md"), report(results, extra, { rounds: options.rounds, ...machine, blas }));
  console.log(`written to ${here("RESULTS.md")}`);
}

/** What each contender that takes a row has measured, by its name. */
function everyoneOn(row, rounds) {
  const folder = mkdtempSync(join(tmpdir(), "gradproof-bench-"));
  try {
    const job = join(folder, "job.json");
    writeFileSync(job, JSON.stringify(jobOf(row)));
    const measured = new Map(contenders.filter(({ takes }) => takes(row)).map(({ name }) => [name, { times: [] }]));
    for (let round = 0; round < rounds; round++) {
      for (const contender of contenders) {
        const entry = measured.get(contender.name);
        if (entry === undefined || entry.failure !== undefined) continue;
        const { microseconds, ...rest } = measure(contender, job, row);
        Object.assign(entry, rest);
        if (microseconds !== undefined) entry.times.push(microseconds);
      }
    }
    return measured;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One turn: microseconds, check and version, or a failure. */
function measure({ command, words }, job, row) {
  const [file, ...rest] = words;
  if (/jaxjs|tfjs|brainjs|convnetjs/.test(file) && !existsSync(here("node_modules"))) {
    return { failure: "not installed: npm ci --ignore-scripts --prefix bench" };
  }
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
