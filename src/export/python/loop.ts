import { isHigherBetter } from "../../metrics/isHigherBetter.js";
import { indented, type Line } from "../../ops/text/lines.js";
import type { PreparedRun } from "../preparedRun.js";
import type { AverageLines } from "./average.js";
import { finalMetric, metricName, metricsOf } from "./metrics.js";
import { followLines, scheduleLines } from "./schedules.js";
import { changedNames, changeLines } from "./settings.js";

/** What the training loops of NumPy and PyTorch differ in. */
export interface LoopDialect {
  /** What holds the parameters: handed to `evaluate` and `penalty`. */
  readonly holder: string;
  /** Lines that turn the arrays of a set of examples into what the program computes with. */
  readonly convert: (X: string, Y: string) => Line[];
  /** The weights of the examples, of their targets. */
  readonly weights: (Y: string) => string;
  /** Number of examples of X. */
  readonly count: (X: string) => string;
  /** The chosen examples of an array. */
  readonly choose: (array: string) => string;
  /** Lines before the loop: the parameters to start from, the optimizer. */
  readonly start: Line[];
  /** Lines of a step after its settings are made: the cost, in `cost`. */
  readonly cost: Line[];
  /** Lines that a change of the learning rate needs. */
  readonly newLearningRate: Line[];
  /** Lines that a change of the weight decay needs. */
  readonly newWeightDecay: Line[];
  /** Lines of a record that show a scheduler of its own what is watched. */
  readonly check: (value: string) => Line[];
  readonly update: Line[];
  /** Where the weights are averaged. */
  readonly average: AverageLines | undefined;
  /** Targets as an array, outputs × m. */
  readonly targets: (Y: string) => string;
  /** A cost as a plain number. */
  readonly number: (cost: string) => string;
  /** A copy of the parameters that a name holds, and how it is put back from `best`. */
  readonly copy: (holder: string) => string;
  readonly restore: (best: string) => string;
  /** Lines that multiply the logits by the sharpness of `Y_val`, by way of the last layer. */
  readonly temper: readonly Line[];
}

/** `train()`: steps, records, early stopping, and what comes out. */
export function trainFunction(run: PreparedRun, dialect: LoopDialect): Line[] {
  const { training, validation, pace } = run;
  const changed = changedNames(run);
  const batches = pace.stepsPerEpoch > 1;
  const part = batches ? "_train" : "";
  const [X, Y] = [`X${part}`, `Y${part}`];
  return [
    "def train():",
    ...indented([
      ...(changed.length > 0 ? [`global ${changed.join(", ")}`] : []),
      `${X}, ${Y} = training_data()`,
      ...(training.classWeight === undefined ? [] : [`weights${part} = ${dialect.weights(Y)}`]),
      ...dialect.convert(X, Y),
      ...(validation === undefined ? [] : ["X_val, Y_val = validation_data()", ...dialect.convert("X_val", "Y_val")]),
      ...(batches || run.penalized ? [`m = ${dialect.count(X)}`] : []),
      ...(batches ? ["steps_per_epoch = -(-m // batch_size)  # rounded up"] : []),
      ...dialect.start,
      ...(dialect.average?.start ?? []),
      ...(batches ? ["costs = []  # of the batches since the last record"] : []),
      ...(training.earlyStopping === undefined ? [] : ["best, stale = None, 0"]),
      "for iteration in range(iterations + 1):",
      ...indented(stepLines(run, dialect)),
      ...endLines(run, dialect),
    ]),
  ];
}

function stepLines(run: PreparedRun, dialect: LoopDialect): Line[] {
  const { training, pace } = run;
  const batches = pace.stepsPerEpoch > 1;
  return [
    ...changeLines(run, dialect.newLearningRate),
    ...scheduleLines(run, dialect.newLearningRate, dialect.newWeightDecay),
    ...(batches
      ? [
          "epoch, step = divmod(iteration, steps_per_epoch)",
          "if step == 0:",
          "    order = shuffled(m, epoch + 1)",
          "chosen = order[step * batch_size:(step + 1) * batch_size]",
          `X, Y = ${dialect.choose("X_train")}, ${dialect.choose("Y_train")}`,
          ...(training.classWeight === undefined ? [] : [`weights = ${dialect.choose("weights_train")}`]),
        ]
      : []),
    ...dialect.cost,
    "if iteration % record_every == 0 or iteration == iterations:",
    ...indented(recordLines(run, dialect)),
    "if iteration < iterations:",
    ...indented([
      ...(batches ? [`costs.append(${dialect.number("cost")})`] : []),
      ...dialect.update,
      ...(dialect.average?.add ?? []),
    ]),
  ];
}

/** What is printed, and watched, at a record. */
function recordLines(run: PreparedRun, dialect: LoopDialect): Line[] {
  const { holder, number, average } = dialect;
  const current = average === undefined ? holder : "current";
  const { training, pace, penalized, validation } = run;
  const { earlyStopping, classWeight, recordCleanCost } = training;
  const batches = pace.stepsPerEpoch > 1;
  const part = batches ? "_train" : "";
  const penalty = penalized ? ` + ${number(`penalty(${holder}, m)`)}` : "";
  const cost = batches ? `(float(np.mean(costs)) if costs else ${number("cost")})` : number("cost");
  const computed = `${cost}${penalty}`;
  const metric = earlyStopping?.metric ?? "cost";
  const value = metric === "cost" ? "validation" : metricName(metric);
  const printed = ["iteration {iteration}", `cost {${computed === "cost" ? computed : "recorded"}!r}`];
  const lines: Line[] = [
    ...(computed === "cost" ? [] : [`recorded = ${computed}`]),
    ...(batches ? ["costs = []"] : []),
  ];
  if (recordCleanCost) {
    const weights = classWeight === undefined ? "" : `, weights${part}`;
    lines.push(`clean = evaluate(${holder}, X${part}, Y${part}${weights})[0]${penalty}`);
    printed.push("clean {clean!r}");
  }
  if (validation !== undefined) {
    if (average !== undefined) lines.push(`current = ${average.current}`);
    lines.push(`validation, ${metric === "cost" ? "_" : "A"} = evaluate(${current}, X_val, Y_val)`);
    printed.push("validation {validation!r}");
  }
  if (metric !== "cost") {
    lines.push(`watched = ${value}(A, ${dialect.targets("Y_val")})`);
    printed.push(`${value} {watched!r}`);
  }
  const watched = metric === "cost" ? "validation" : "watched";
  const shown = validation === undefined ? (computed === "cost" ? "cost" : "recorded") : watched;
  const higher = validation !== undefined && isHigherBetter(metric);
  return [
    ...lines,
    `print(f"${printed.join(" ")}")`,
    ...followLines(run, `${higher ? "-" : ""}${shown}`, dialect.newLearningRate),
    ...dialect.check(shown),
    ...stoppingLines(run, watched, dialect.copy(current)),
  ];
}

function stoppingLines({ training: { earlyStopping } }: PreparedRun, value: string, copy: string): Line[] {
  if (earlyStopping === undefined) return [];
  const better = isHigherBetter(earlyStopping.metric ?? "cost")
    ? `${value} > best["value"]${earlyStopping.minDelta ? " + min_delta" : ""}`
    : `${value} < best["value"]${earlyStopping.minDelta ? " - min_delta" : ""}`;
  return [
    `if best is None or ${better}:`,
    `    best, stale = {"value": ${value}, "iteration": iteration, "parameters": ${copy}}, 0`,
    "else:",
    "    stale += 1",
    "if stale >= patience:",
    "    break",
  ];
}

/** What is said of the network after its last step. */
function endLines(run: PreparedRun, { holder, restore, targets, average, temper }: LoopDialect): Line[] {
  const lines: Line[] = [];
  if (run.training.earlyStopping !== undefined) {
    lines.push(restore('best["parameters"]'), `print(f"best weights: iteration {best['iteration']}")`);
  } else if (average !== undefined) lines.push(`${holder} = ${average.current}`);
  if (run.tempers) lines.push(...temper, 'print(f"temperature {1 / s!r}")');
  const parts = [["training", run.pace.stepsPerEpoch > 1 ? "_train" : ""]];
  if (run.validation !== undefined) parts.push(["validation", "_val"]);
  for (const [name, part] of parts) {
    const metrics = metricsOf(run).map(
      (metric) => ` ${metricName(metric)} {${finalMetric(run, metric, targets(`Y${part}`))}!r}`,
    );
    lines.push(
      `cost, ${metrics.length === 0 ? "_" : "A"} = evaluate(${holder}, X${part}, Y${part})`,
      `print(f"${name}: cost {cost!r}${metrics.join("")}")`,
    );
  }
  return [...lines, `return ${holder}`];
}
