import { numbersOf } from "../ops/choice.js";
import { optimizerNumpy } from "../ops/generated/optimizerNumpy.js";
import { optimizers } from "../ops/generated/optimizers.js";
import { indented, type Line, textOf } from "../ops/text/lines.js";
import type { OptimizerNumpy } from "../ops/text/numpy.js";
import { describe, requireNoAugmentation } from "./heading.js";
import { type PreparedRun, preparedRun, requireOneNetwork } from "./preparedRun.js";
import { numpyAverage } from "./python/average.js";
import { numpyClip } from "./python/clip.js";
import { dataFunctions } from "./python/data.js";
import { endsOf, equations, predictionOf } from "./python/equations.js";
import { exampleWeightsFunction } from "./python/exampleWeights.js";
import { initializeFunction } from "./python/initialize.js";
import { type LoopDialect, trainFunction } from "./python/loop.js";
import { memberFunctions } from "./python/members.js";
import { metricFunctions } from "./python/metrics.js";
import { decayCondition } from "./python/parameters.js";
import { scheduleFunctions } from "./python/schedules.js";
import { settings } from "./python/settings.js";
import { numpyProgram, stepFunctions } from "./python/steps.js";
import { streamFunctions } from "./python/streams.js";
import { lastLayer, sharpnessFunction } from "./python/temperature.js";
import { updateFunction } from "./python/update.js";
import { requireText } from "./requireText.js";
import type { RunToExport } from "./runToExport.js";

/**
 * A run as a NumPy program: complete, readable, with only what the run needs, and one array of numbers for its examples.
 *
 * Run with `python3`, it starts from the same weights (NumPy's `RandomState` draws them), meets the same batches and
 * dropout masks, and prints the cost at every iteration that the run records: the run's own, up to rounding. NumPy adds
 * up in another order, which is some 1e-16 a step; in a run that is chaotic (large steps, many iterations) it grows.
 *
 * @param run see `RunToExport`; the examples come from a generator of the library or are given as they are
 * @returns the text of the program; it needs Python 3 and NumPy (tested with 1.24 and 2.4)
 * @throws OptionError, ShapeError or RangeError where `train` would not take the run, and OptionError for augmentation,
 *   for an operation that has no text in the language, and for more than 1,000,000 numbers of examples
 *
 * @example
 * import { dense } from "gradproof";
 * import { exportNumpy } from "gradproof/export";
 * const program = exportNumpy({
 *   network: { inputs: 2, layers: [dense(10, "relu"), dense(1, "sigmoid")], seed: 3 },
 *   training: { optimizer: "gradientDescent", learningRate: 0.1, iterations: 1000 },
 *   data: { generator: "circles", options: { examples: 300, noise: 0.05, seed: 1 } },
 * });
 * program.includes("rng = np.random.RandomState(3)"); // => true
 * program.includes("Z1 = p[\"W1\"] @ X + p[\"b1\"]"); // => true
 * program.includes("dropout"); // => false
 */
export function exportNumpy(run: RunToExport): string {
  const where = "exportNumpy()";
  const prepared = preparedRun(where, run);
  requireOneNetwork(prepared);
  requireNoAugmentation(where, prepared);
  const { optimizer } = prepared.training;
  const optimizerTexts: Readonly<Record<string, OptimizerNumpy>> = optimizerNumpy;
  const text = requireText(where, "numpy", optimizerTexts, optimizer.type);
  const program = numpyProgram(prepared);
  const weights = exampleWeightsFunction(prepared);
  const functions = [
    initializeFunction(prepared, true),
    ...stepFunctions(program.steps),
    ...memberFunctions(prepared),
    ...equations(prepared, program),
    updateFunction(text, numbersOf(optimizer, optimizers), decayCondition(prepared.program.layout)),
    ...(weights === undefined ? [] : [weights]),
    ...scheduleFunctions(prepared),
    ...streamFunctions(prepared),
    ...metricFunctions(prepared),
    ...sharpnessFunction(prepared),
    evaluateFunction(prepared, predictionOf(prepared, program)),
    trainFunction(prepared, loopDialect(prepared, text.state, endsOf(prepared, program).Z)),
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

function evaluateFunction({ training }: PreparedRun, output: string): Line[] {
  const weighted = training.classWeight !== undefined;
  return [
    `def evaluate(p, X, Y${weighted ? ", weights=1" : ""}):`,
    ...indented([
      '"""Cost and predictions, every unit kept."""',
      "c = forward(X, p)",
      `return data_cost(c, Y${weighted ? ", weights" : ""}), ${output}`,
    ]),
  ];
}

/** @param logits of the arrays `c` that `forward` gives */
function loopDialect(run: PreparedRun, state: readonly string[], logits: string): LoopDialect {
  const { program, training, pace, drops, penalized } = run;
  const batches = pace.stepsPerEpoch > 1;
  const weighted = training.classWeight !== undefined;
  const dropout = drops.some(Boolean);
  const keeps = program.stateLayout.length > 0;
  const given = ["X", "Y", "p", "c"];
  if (drops.slice(1).some(Boolean)) given.push("D");
  if (penalized && batches) given.push("m");
  if (weighted) given.push("weights");
  const averages = state.map((name) => (name === "t" ? "iteration + 1" : name));
  return {
    holder: "p",
    convert: () => [],
    weights: (Y) => `example_weights(${Y})`,
    count: (X) => `${X}.shape[1]`,
    choose: (array) => `${array}[:, chosen]`,
    start: [
      "p = initialize()",
      ...state
        .filter((name) => name !== "t")
        .map((name) => `${name} = {name: np.zeros_like(value) for name, value in p.items()}`),
    ],
    cost: [
      ...(dropout ? [`D = draw_masks(X.shape[1]${training.dropoutReseed === undefined ? ", iteration" : ""})`] : []),
      `c = forward(X, p${dropout ? ", D" : ""}${keeps ? ", training=True" : ""})`,
      `cost = data_cost(c, Y${weighted ? ", weights" : ""})`,
    ],
    newLearningRate: [],
    newWeightDecay: [],
    check: () => [],
    average: numpyAverage(run),
    update: [
      `gradients = backward(${given.join(", ")})`,
      ...numpyClip(run),
      `update(${["p", "gradients", ...averages].join(", ")})`,
      ...(keeps ? ["update_state(X, p, c)"] : []),
    ],
    targets: (Y) => Y,
    number: (cost) => cost,
    copy: (holder) => `dict(${holder})`,
    restore: (best) => `p = ${best}`,
    temper: [
      "c = forward(X_val, p)",
      `s = sharpness(${logits}, Y_val)`,
      `p = {**p, ${lastLayer(run)
        .map((name) => `"${name}": s * p["${name}"]`)
        .join(", ")}}`,
    ],
  };
}
