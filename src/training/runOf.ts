import { nameOf } from "../ops/choice.js";
import type { Run, StopReason } from "./run.js";
import type { RunLength } from "./runLength.js";
import type { TrainingSpec } from "./spec.js";

/** A run from its numbers. `JSON.stringify` gives these alone; `String(run)` says in one line what it did. */
export function runOf(fields: Omit<Run, "toString">, runLength: RunLength, given: TrainingSpec): Run {
  const run = { ...fields };
  // Not enumerable, so that the run stays plain data.
  Object.defineProperty(run, "toString", { value: () => textOf(run, runLength, given) });
  return run as Run;
}

const endings: Readonly<Record<StopReason, string>> = {
  finished: "finished",
  earlyStopping: "stopped early",
  aborted: "aborted",
  nonFinite: "stopped by a cost that is not finite",
};

function textOf({ history, stopped, iterations, best, spec }: Run, runLength: RunLength, given: TrainingSpec): string {
  const { optimizer = "adam", learningRate, batchSize = 0, average, schedule, changes = [] } = spec;
  const name = nameOf(optimizer);
  const steps =
    iterations === runLength.iterations ? count(iterations) : `${count(iterations)} of ${count(runLength.iterations)}`;
  const epochs = `${count(runLength.epochs)} ${runLength.epochs === 1 ? "epoch" : "epochs"}`;
  return [
    runLength.stepsPerEpoch === 1
      ? `${steps} full-batch steps of ${name}, α = ${learningRate}${defaultsOf(given)}`
      : `${steps} steps of ${name} in batches of ${count(batchSize)} (${epochs}), α = ${learningRate}${defaultsOf(given)}`,
    ...(schedule === undefined ? [] : [`its schedule ${nameOf(schedule)}`]),
    ...(changes.length > 0 ? ["settings changed on the way"] : []),
    ...(history.length > 0 ? [`cost ${rounded(history[0].cost)} → ${rounded(history[history.length - 1].cost)}`] : []),
    endings[stopped],
    ...(average ? [`weights averaged (${nameOf(average)})`] : []),
    ...(best ? [`weights of epoch ${count(best.epoch)}, where ${best.metric} was best: ${rounded(best.value)}`] : []),
  ].join("; ");
}

/** Which of the settings that every run needs nobody gave. */
function defaultsOf({ iterations, epochs, batchSize, optimizer, learningRate }: TrainingSpec): string {
  const settings = { length: iterations ?? epochs, "batch size": batchSize, optimizer, α: learningRate };
  const missing = Object.entries(settings).flatMap(([setting, value]) => (value === undefined ? [setting] : []));
  return missing.length === 0 ? "" : ` (by default: ${missing.join(", ")})`;
}

function count(n: number): string {
  return n.toLocaleString("en-US");
}

function rounded(x: number): string {
  return String(Number(x.toPrecision(3)));
}
