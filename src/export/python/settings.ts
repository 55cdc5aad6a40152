import { type PenaltyStrength, strengthAt } from "../../network/penalty.js";
import { indented, type Line } from "../../ops/text/lines.js";
import { pythonNumber } from "../../ops/text/python.js";
import type { CompleteChange, PreparedRun } from "../preparedRun.js";
import { baseName, scheduledNames } from "./schedules.js";

/** The numbers of the run, each where it is used at all. */
export function settings(run: PreparedRun): Line[] {
  const { training, pace, drops, penalized } = run;
  const lines: Line[] = [
    `iterations = ${pace.iterations}`,
    [`record_every = ${pace.recordEvery}`, "print the cost at each of these"],
    [`${baseName(run, "schedule")} = ${pythonNumber(training.learningRate)}`, "α"],
  ];
  for (const [name, clips, value] of [
    ["clip_value", run.clips.value, training.clipValue],
    ["clip_norm", run.clips.norm, training.clipNorm],
  ] as const) {
    if (clips) lines.push([`${name} = ${value === undefined ? "np.inf" : pythonNumber(value)}`, "of the gradient"]);
  }
  const { average } = run;
  if (average && average.decay < 1) lines.push([`average_decay = ${pythonNumber(average.decay)}`, "of older weights"]);
  if (average && average.from > 1) {
    lines.push([`average_from = ${pythonNumber(Math.ceil(average.from))}`, "the first update whose weights may count"]);
  }
  const { weightDecay } = training.optimizer;
  if (weightDecay > 0)
    lines.push([
      `${baseName(run, "weightDecaySchedule")} = ${pythonNumber(weightDecay)}`,
      "of the weights, times α a step",
    ]);
  if (pace.stepsPerEpoch > 1) lines.push([`batch_size = ${pace.batchSize}`, "examples a step"]);
  if (run.penalizedEach)
    lines.push([`l1 = ${strengthText(run, training.l1 ?? 0)}`, "λ of the penalties by weights: those of L1"]);
  if (penalized)
    lines.push([
      `${baseName(run, "l2Schedule")} = ${strengthText(run, training.l2)}`,
      run.penalizedEach ? "those of L2" : "λ of the penalty",
    ]);
  if (drops.some(Boolean))
    lines.push([
      `${baseName(run, "keepSchedule")} = ${keepText(run, run.keep)}`,
      "probability to keep a unit, by layer (0: the inputs)",
    ]);
  if (usesStreams(run)) lines.push([`seed = ${training.seed}`, seedOf(run)]);
  for (const [name, base] of scheduledNames(run)) lines.push([`${name} = ${base}`, "times its schedule"]);
  const { earlyStopping } = training;
  if (earlyStopping !== undefined) {
    lines.push([`patience = ${earlyStopping.patience}`, "checks without improvement before stopping"]);
    if (earlyStopping.minDelta)
      lines.push([`min_delta = ${pythonNumber(earlyStopping.minDelta)}`, "what counts as one"]);
  }
  if (run.threshold !== undefined) {
    lines.push([`threshold = ${pythonNumber(run.threshold)}`, "the probability above which class 1 is predicted"]);
  }
  return lines;
}

/** Whether anything is drawn from the seeded streams. */
export function usesStreams({ training, pace, drops }: PreparedRun): boolean {
  return pace.stepsPerEpoch > 1 || (drops.some(Boolean) && training.dropoutReseed === undefined);
}

function seedOf({ training, pace, drops }: PreparedRun): string {
  const masks = drops.some(Boolean) && training.dropoutReseed === undefined;
  return ["of", [pace.stepsPerEpoch > 1 && "the batches", masks && "the masks"].filter(Boolean).join(" and ")].join(
    " ",
  );
}

/**
 * Lines of the loop that give settings their new values.
 *
 * @param newLearningRate what else a new learning rate needs
 */
export function changeLines(run: PreparedRun, newLearningRate: readonly Line[]): Line[] {
  return run.changes.flatMap((change) => {
    const assignments = assignmentsOf(run, change);
    if (assignments.length === 0) return [];
    const names = assignments.map(([name]) => name).join(", ");
    return [
      `if iteration == ${change.iteration}:`,
      `    ${names} = ${assignments.map(([, value]) => value).join(", ")}`,
      // One with a schedule gets its new value below.
      ...(change.learningRate === undefined || baseName(run, "schedule") !== "learning_rate"
        ? []
        : indented(newLearningRate)),
    ];
  });
}

/** Settings that change during the run. */
export function changedNames(run: PreparedRun): string[] {
  const changed = run.changes.flatMap((change) => assignmentsOf(run, change).map(([name]) => name));
  return [...new Set([...changed, ...scheduledNames(run).map(([name]) => name)])];
}

function assignmentsOf(run: PreparedRun, change: CompleteChange): [string, string][] {
  const { learningRate, l1, l2, keep, clipNorm, clipValue } = change;
  return [
    ...(clipNorm === undefined ? [] : [["clip_norm", pythonNumber(clipNorm)] satisfies [string, string]]),
    ...(clipValue === undefined ? [] : [["clip_value", pythonNumber(clipValue)] satisfies [string, string]]),
    ...(learningRate === undefined
      ? []
      : [[baseName(run, "schedule"), pythonNumber(learningRate)] satisfies [string, string]]),
    ...(l1 === undefined || !run.penalizedEach ? [] : [["l1", strengthText(run, l1)] satisfies [string, string]]),
    ...(l2 === undefined || !run.penalized
      ? []
      : [[baseName(run, "l2Schedule"), strengthText(run, l2)] satisfies [string, string]]),
    ...(keep === undefined || !run.drops.some(Boolean)
      ? []
      : [[baseName(run, "keepSchedule"), keepText(run, keep)] satisfies [string, string]]),
  ];
}

/** λ for all weights, or by the name of each where they differ at any time. */
function strengthText({ program, penalizedEach }: PreparedRun, strength: PenaltyStrength): string {
  if (typeof strength === "number" && !penalizedEach) return pythonNumber(strength);
  const weights = program.layout.filter(({ decays }) => decays);
  return `{${weights.map(({ name }, k) => `"${name}": ${pythonNumber(strengthAt(strength, k))}`).join(", ")}}`;
}

function keepText({ drops }: PreparedRun, keep: readonly number[]): string {
  const entries = keep.flatMap((probability, l) => (drops[l] ? [`${l}: ${pythonNumber(probability)}`] : []));
  return `{${entries.join(", ")}}`;
}
