import type { Pace } from "./pace.js";
import type { Run, StopReason } from "./run.js";
import type { TrainingSpec } from "./spec.js";

/** A run from its numbers. `JSON.stringify` gives these alone; `String(run)` says in one line what it did. */
export function runOf(fields: Omit<Run, "toString">, pace: Pace, given: TrainingSpec): Run {
  const run = { ...fields };
  // Not enumerable, so that the run stays plain data.
  Object.defineProperty(run, "toString", { value: () => courseOf(run, pace, given) });
  return run as Run;
}

const endings: Readonly<Record<StopReason, string>> = {
  finished: "finished",
  earlyStopping: "stopped early",
  aborted: "aborted",
  nonFinite: "stopped by a cost that is not finite",
};

function courseOf({ history, stopped, iterations, best, spec }: Run, pace: Pace, given: TrainingSpec): string {
  const { optimizer = "adam", learningRate, batchSize = 0, changes = [] } = spec;
  const name = typeof optimizer === "string" ? optimizer : optimizer.type;
  const steps =
    iterations === pace.iterations ? count(iterations) : `${count(iterations)} of ${count(pace.iterations)}`;
  const epochs = `${count(pace.epochs)} ${pace.epochs === 1 ? "epoch" : "epochs"}`;
  return [
    pace.stepsPerEpoch === 1
      ? `${steps} full-batch steps of ${name}, α = ${learningRate}${defaultsOf(given)}`
      : `${steps} steps of ${name} in batches of ${count(batchSize)} (${epochs}), α = ${learningRate}${defaultsOf(given)}`,
    ...(changes.length > 0 ? ["settings changed on the way"] : []),
    ...(history.length > 0 ? [`cost ${rounded(history[0].cost)} → ${rounded(history[history.length - 1].cost)}`] : []),
    endings[stopped],
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
