import { OptionError } from "../constraint/constraint.js";
import { isHigherBetter } from "../metrics/isHigherBetter.js";
import { indented, type Line, textOf } from "./lines.js";
import { type PreparedRun, preparedRun } from "./preparedRun.js";
import { activationFunctions } from "./python/activations.js";
import { dataFunctions } from "./python/data.js";
import { equations } from "./python/equations.js";
import { exampleWeightsFunction } from "./python/exampleWeights.js";
import { initializeFunction } from "./python/initialize.js";
import { metricFunctions, metricName, metricsOf } from "./python/metrics.js";
import { changedNames, changeLines, settings } from "./python/settings.js";
import { streamFunctions } from "./python/streams.js";
import { updateFunction } from "./python/update.js";
import type { RunToExport } from "./runToExport.js";

export function exportNumpy(run: RunToExport): string {
  const where = "exportNumpy()";
  const prepared = preparedRun(where, run);
  requireNoAugmentation(where, prepared);
  const update = updateFunction(prepared.training.optimizer);
  const weights = exampleWeightsFunction(prepared);
  const functions = [
    initializeFunction(prepared.network),
    ...activationFunctions(prepared.network),
    ...equations(prepared),
    update.lines,
    ...(weights === undefined ? [] : [weights]),
    ...streamFunctions(prepared),
    ...metricFunctions(prepared),
    trainFunction(prepared, update.state),
    dataFunctions(where, prepared),
  ];
  return textOf([
    `"""${describe(prepared)}`,
    "",
    "Exported by gradproof; needs NumPy alone. Examples are columns. The printed costs are those of the run, up to",
    "rounding: NumPy adds up in another order.",
    '"""',
    "import numpy as np",
    "",
    ...settings(prepared),
    ...functions.flatMap((lines): Line[] => ["", "", ...lines]),
    "",
    "",
    'if __name__ == "__main__":',
    "    train()",
  ]);
}

/** @throws OptionError where the run augments its images */
export function requireNoAugmentation(where: string, { training }: PreparedRun): void {
  if (training.augmentation === undefined) return;
  throw new OptionError(
    `${where}: augmentation has no counterpart in the exported program; leave it out, or export as TypeScript`,
  );
}

/** The network and how it is trained, in a sentence. */
export function describe({ network, training, pace }: PreparedRun): string {
  const units = [network.inputs, ...network.layers.map((layer) => layer.units)].join("-");
  const optimizers = {
    gradientDescent: "gradient descent",
    momentum: "gradient descent with momentum",
    rmsprop: "RMSprop",
    adam: training.optimizer.type === "adam" && training.optimizer.weightDecay > 0 ? "AdamW" : "Adam",
  };
  const batches = pace.stepsPerEpoch > 1 ? `batches of ${pace.batchSize}` : "full batches";
  return `A ${units} network, trained by ${optimizers[training.optimizer.type]} on ${batches}.`;
}

function trainFunction(run: PreparedRun, state: readonly string[]): Line[] {
  const { training, validation } = run;
  const changed = changedNames(run);
  const stopping = training.earlyStopping !== undefined;
  const batches = run.pace.stepsPerEpoch > 1;
  const weighted = training.classWeight !== undefined;
  return [
    "def train():",
    ...indented([
      ...(changed.length > 0 ? [`global ${changed.join(", ")}`] : []),
      batches ? "X_train, Y_train = training_data()" : "X, Y = training_data()",
      ...(validation === undefined ? [] : ["X_val, Y_val = validation_data()"]),
      ...(weighted ? [`${batches ? "all_weights" : "weights"} = example_weights(Y${batches ? "_train" : ""})`] : []),
      `m = ${batches ? "X_train" : "X"}.shape[1]`,
      ...(batches ? ["steps_per_epoch = -(-m // batch_size)  # rounded up"] : []),
      "p = initialize()",
      ...state
        .filter((name) => name !== "t")
        .map((name) => `${name} = {name: np.zeros_like(value) for name, value in p.items()}`),
      ...(batches ? ["costs = []  # of the batches since the last record"] : []),
      ...(stopping ? ["best, stale = None, 0"] : []),
      "for iteration in range(iterations + 1):",
      ...indented(stepLines(run, state)),
      ...endLines(run),
    ]),
  ];
}

/** One turn of the training loop. */
function stepLines(run: PreparedRun, state: readonly string[]): Line[] {
  const { training, pace, drops, penalized } = run;
  const batches = pace.stepsPerEpoch > 1;
  const weighted = training.classWeight !== undefined;
  const dropout = drops.some(Boolean);
  const lines: Line[] = [...changeLines(run)];
  if (batches) {
    lines.push(
      "epoch, step = divmod(iteration, steps_per_epoch)",
      "if step == 0:",
      "    order = shuffled(m, epoch + 1)",
      "chosen = order[step * batch_size:(step + 1) * batch_size]",
      "X, Y = X_train[:, chosen], Y_train[:, chosen]",
      ...(weighted ? ["weights = all_weights[:, chosen]"] : []),
    );
  }
  if (dropout) lines.push(`D = draw_masks(X.shape[1]${training.dropoutReseed === undefined ? ", iteration" : ""})`);
  lines.push(
    `c = forward(X, p${dropout ? ", D" : ""})`,
    `cost = data_cost(c, Y${weighted ? ", weights" : ""})`,
    "if iteration % record_every == 0 or iteration == iterations:",
    ...indented(recordLines(run)),
    "if iteration < iterations:",
  );
  const given = ["X", "Y", "p", "c"];
  if (drops.slice(1).some(Boolean)) given.push("D");
  if (penalized && batches) given.push("m");
  if (weighted) given.push("weights");
  const stateText = state.map((name) => `, ${name === "t" ? "iteration + 1" : name}`).join("");
  lines.push(
    ...indented([
      ...(batches ? ["costs.append(cost)"] : []),
      `gradients = backward(${given.join(", ")})`,
      `update(p, gradients${stateText})`,
    ]),
  );
  return lines;
}

/** What is printed, and watched, at a record. */
function recordLines(run: PreparedRun): Line[] {
  const { training, pace, penalized, validation, network } = run;
  const batches = pace.stepsPerEpoch > 1;
  const weighted = training.classWeight !== undefined;
  const lines: Line[] = [];
  const penalty = penalized ? " + penalty(p, m)" : "";
  if (batches) {
    lines.push(
      `recorded = (float(np.mean(costs)) if costs else cost)${penalty}`,
      "costs = []",
      'line = f"iteration {iteration} cost {recorded!r}"',
    );
  } else {
    lines.push(`line = f"iteration {iteration} cost {cost${penalty}!r}"`);
  }
  if (training.recordCleanCost) {
    const suffix = batches ? "_train" : "";
    const weights = weighted ? `, ${batches ? "all_weights" : "weights"}` : "";
    lines.push(
      `clean = data_cost(forward(X${suffix}, p), Y${suffix}${weights})${penalty}`,
      'line += f" clean {clean!r}"',
    );
  }
  if (validation !== undefined) {
    lines.push(
      "c_val = forward(X_val, p)",
      "validation_cost = data_cost(c_val, Y_val)",
      'line += f" validation {validation_cost!r}"',
    );
  }
  const { earlyStopping } = training;
  const metric = earlyStopping?.metric ?? "cost";
  if (earlyStopping === undefined) return [...lines, "print(line)"];
  if (metric !== "cost") {
    lines.push(
      `watched = ${metricName(metric)}(c_val["A${network.layers.length}"], Y_val)`,
      `line += f" ${metricName(metric)} {watched!r}"`,
    );
  }
  const value = metric === "cost" ? "validation_cost" : "watched";
  const better = isHigherBetter(metric)
    ? `${value} > best["value"]${earlyStopping.minDelta ? " + min_delta" : ""}`
    : `${value} < best["value"]${earlyStopping.minDelta ? " - min_delta" : ""}`;
  return [
    ...lines,
    "print(line)",
    `if best is None or ${better}:`,
    `    best, stale = {"value": ${value}, "iteration": iteration, "p": dict(p)}, 0`,
    "else:",
    "    stale += 1",
    "if stale >= patience:",
    "    break",
  ];
}

/** What is said of the network after its last step. */
function endLines(run: PreparedRun): Line[] {
  const { training, pace, validation, network } = run;
  const lines: Line[] = [];
  if (training.earlyStopping !== undefined) {
    lines.push('p = best["p"]', `print(f"best weights: iteration {best['iteration']}")`);
  }
  const suffix = pace.stepsPerEpoch > 1 ? "_train" : "";
  const A = `c["A${network.layers.length}"]`;
  const parts: [string, string][] = [
    ["training", suffix],
    ...(validation === undefined ? [] : ([["validation", "_val"]] satisfies [string, string][])),
  ];
  for (const [name, part] of parts) {
    const metrics = metricsOf(run).map((metric) => ` ${metricName(metric)} {${metricName(metric)}(A, Y${part})!r}`);
    lines.push(
      `c = forward(X${part}, p)`,
      ...(metrics.length === 0 ? [] : [`A = ${A}`]),
      `print(f"${name}: cost {data_cost(c, Y${part})!r}${metrics.join("")}")`,
    );
  }
  return lines;
}
