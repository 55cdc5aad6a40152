// npm run calibrate [-- --networks 10000 --bugs 6000 --operations 3000 --workers 2 --seed 1]
// npm run calibrate -- --families [--cases 400 --family scale]: those alone
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { families, familyNamed } from "./families/families.js";
import { familiesLines } from "./families/familiesLines.js";
import { operationsLines } from "./operationsLines.js";
import { Tally } from "./tally.js";
import type { Done, Task } from "./worker.js";

const { values } = parseArgs({
  options: {
    networks: { type: "string", default: "10000" },
    bugs: { type: "string", default: "9000" },
    operations: { type: "string", default: "3000" },
    families: { type: "boolean", default: false },
    family: { type: "string", multiple: true },
    cases: { type: "string", default: "400" },
    workers: { type: "string", default: String(availableParallelism()) },
    seed: { type: "string", default: "1" },
    write: { type: "boolean", default: true },
  },
  allowNegative: true,
});
const [networks, bugs, operations] = [values.networks, values.bugs, values.operations].map((value) =>
  values.families ? 0 : Number(value),
);
const [cases, workers, seed] = [values.cases, values.workers, values.seed].map(Number);
const chosen = values.families ? (values.family?.map(familyNamed) ?? families) : [];
const stretch = 50;

const tasks: Task[] = [
  ...stretches("correct", networks),
  ...stretches("mutants", bugs),
  ...stretches("operations", operations),
  ...chosen.flatMap(({ name }) => stretches("families", cases).map((task) => ({ ...task, family: name }))),
];
const total = networks + bugs + operations + chosen.length * cases;
const tally = new Tally();
const began = performance.now();
let done = 0;
await Promise.all(Array.from({ length: workers }, work));

const made =
  `Made by \`npm run calibrate\` (seed ${seed}) in ${Math.round((performance.now() - began) / 1000)} s on ${workers} threads, ` +
  `${cpus()[0]?.model.trim()}, Node ${process.version}.`;
if (networks + bugs > 0) {
  const apart = "The checker sees a cost, parameters and a gradient, nothing else.";
  report("RESULTS.md", ["# Calibration of the gradient check", "", `${made} ${apart}`, "", ...tally.lines()]);
}
if (operations > 0) {
  const title = "# Calibration of the gradient check: every operation";
  report("OPERATIONS.md", [title, "", made, "", ...operationsLines(tally.operations)]);
}
if (chosen.length > 0) {
  const title = "# Calibration of the gradient check: everyone's code";
  const how = made.replace("calibrate`", "calibrate -- --families`");
  report("FAMILIES.md", [title, "", how, "", ...familiesLines(tally.families)]);
}

function report(file: string, lines: readonly string[]): void {
  const text = `${lines.join("\n")}\n`;
  console.log(text);
  if (values.write) writeFileSync(fileURLToPath(new URL(file, import.meta.url)), text);
}

function stretches(what: Task["what"], count: number): Task[] {
  return Array.from({ length: Math.ceil(count / stretch) }, (_, k) => ({
    what,
    seed,
    from: k * stretch,
    to: Math.min(count, (k + 1) * stretch),
  }));
}

/** One worker, task after task; the outcomes do not depend on who did them. */
async function work(): Promise<void> {
  const worker = new Worker(new URL("worker.ts", import.meta.url), { execArgv: ["--import", "jiti/register"] });
  try {
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
      worker.postMessage(task);
      // Rejects with the worker's error, if it has one.
      const [{ what, outcomes }] = (await once(worker, "message")) as [Done];
      if (what === "correct") tally.correct.push(...outcomes);
      else if (what === "operations") tally.operations.push(...outcomes);
      else if (what === "families") tally.families.push(...outcomes);
      else for (const outcome of outcomes) tally.addMutant(outcome);
      done += outcomes.length;
      if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${total}`);
    }
  } finally {
    await worker.terminate();
  }
}
