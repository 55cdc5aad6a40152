// A job on standard input, a JSON line with the predictions of `fit` and its defaults on standard output.
import { text } from "node:stream/consumers";
import { createJiti } from "jiti";
import { predictTable } from "../../dist/index.js";
import { fit } from "../../dist/pipeline/index.js";

const { rowsOf } = await createJiti(import.meta.url).import("./job.ts");

const job = JSON.parse(await text(process.stdin));
const numbers = job.task === "numbers";
const target = numbers
  ? { kind: "numeric", name: "(target)", values: Float64Array.from(job.y) }
  : { kind: "categorical", name: "(target)", values: job.y.map((k) => job.names[k]) };
// In JSON a missing number is null.
const columns = job.columns.map((column) =>
  column.kind === "categorical"
    ? column
    : { ...column, values: Float64Array.from(column.values, (value) => value ?? Number.NaN) },
);
const tableOf = (rows) => ({
  rows: rows.length,
  columns: [...columns, target].map((column) => rowsOf(column, rows)),
});

const { seed } = job;
const task = numbers ? "regression" : job.classes === 2 ? "binary" : "multiclass";
const configuration = { data: { target: target.name, task, seed }, network: { seed }, training: { seed } };
const train = tableOf(job.train);
// What JavaScript compiles when it is first used counts as what Python imports does: for nobody.
await fit(train, configuration);
const start = process.cpuUsage();
const { model } = await fit(train, configuration);
const { user, system } = process.cpuUsage(start);
const { outputs, classNames = [] } = predictTable(model, tableOf(job.test));

function rowOf(j) {
  if (numbers) return outputs.get(0, j);
  const probability = (k) =>
    job.classes > 2 ? outputs.get(k, j) : k === 1 ? outputs.get(0, j) : 1 - outputs.get(0, j);
  return job.names.map((name) => (classNames.includes(name) ? probability(classNames.indexOf(name)) : 0));
}

const predictions = job.test.map((_, j) => rowOf(j));
console.log(JSON.stringify({ method: "gradproof", seconds: (user + system) / 1e6, predictions }));
