import { numbersOf } from "../ops/choice.js";
import { lossPytorch } from "../ops/generated/lossPytorch.js";
import { optimizerPytorch } from "../ops/generated/optimizerPytorch.js";
import { optimizers } from "../ops/generated/optimizers.js";
import { indented, type Line, textOf } from "../ops/text/lines.js";
import type { LossPytorch, OptimizerPytorch } from "../ops/text/pytorch.js";
import { describe, requireNoAugmentation } from "./heading.js";
import { type PreparedRun, preparedRun, requireOneNetwork } from "./preparedRun.js";
import { pytorchAverage } from "./python/average.js";
import { pytorchClip } from "./python/clip.js";
import { dataFunctions } from "./python/data.js";
import { exampleWeightsFunction } from "./python/exampleWeights.js";
import { initializeFunction } from "./python/initialize.js";
import { type LoopDialect, trainFunction } from "./python/loop.js";
import { metricFunctions } from "./python/metrics.js";
import {
  buildFunction,
  decayFunction,
  type PytorchModel,
  parameterGroups,
  penalty,
  pytorchModel,
} from "./python/modules.js";
import { scheduleFunctions, torchScheduler } from "./python/schedules.js";
import { settings } from "./python/settings.js";
import { streamFunctions } from "./python/streams.js";
import { lastLayer, sharpnessFunction } from "./python/temperature.js";
import { requireText } from "./requireText.js";
import type { RunToExport } from "./runToExport.js";

/**
 * A run as a PyTorch program: an `nn.Sequential`, or a module of its own where values meet or part, the loss from logits,
 * the optimizer, and one array of numbers for the examples.
 *
 * It starts from the same weights (drawn by NumPy's `RandomState`), meets the same batches and dropout masks, computes in
 * the run's own precision, and prints the cost at every iteration that the run records: the run's own, up to rounding.
 *
 * @param run see `RunToExport`; the examples come from a generator of the library or are given as they are
 * @returns the text of the program; it needs Python 3, NumPy and PyTorch (tested with 1.13)
 * @throws OptionError, ShapeError or RangeError where `train` would not take the run, and OptionError for augmentation,
 *   for an operation that has no text in the language, and for more than 1,000,000 numbers of examples
 *
 * @example
 * import { dense } from "gradproof";
 * import { exportPytorch } from "gradproof/export";
 * const program = exportPytorch({
 *   network: { inputs: 2, layers: [dense(10, "relu"), dense(1, "sigmoid")], seed: 3 },
 *   training: { optimizer: "adam", iterations: 1000, batchSize: 32 },
 *   data: { generator: "circles", options: { examples: 300, noise: 0.05, seed: 1 } },
 * });
 * program.includes("nn.Linear(2, 10),"); // => true
 * program.includes("torch.optim.Adam(model.parameters()"); // => true
 */
export function exportPytorch(run: RunToExport): string {
  const where = "exportPytorch()";
  const whole = preparedRun(where, run);
  requireOneNetwork(whole);
  requireNoAugmentation(where, whole);
  const losses: Readonly<Record<string, LossPytorch>> = lossPytorch;
  const loss = requireText(where, "pytorch", losses, whole.loss.name);
  const optimizerTexts: Readonly<Record<string, OptimizerPytorch>> = optimizerPytorch;
  const optimizer = requireText(where, "pytorch", optimizerTexts, whole.training.optimizer.type);
  const rate = optimizer.learningRate(numbersOf(whole.training.optimizer, optimizers));
  // decay_weights goes by learning_rate, which a scheduler of PyTorch leaves as it is.
  const scheduler = decaysApart(whole, optimizer) ? undefined : torchScheduler(whole, rate);
  const prepared = scheduler ? { ...whole, scheduled: whole.scheduled.filter((key) => key !== "schedule") } : whole;
  const model = pytorchModel(prepared);
  const weights = exampleWeightsFunction(prepared);
  const functions = [
    initializeFunction(prepared, false),
    ...(prepared.drops.some(Boolean) ? [dropoutModule] : []),
    ...model.classes,
    buildFunction(prepared, model),
    ...(prepared.penalized ? [penalty(prepared, model)] : []),
    ...(decaysApart(prepared, optimizer) ? [decayFunction(model)] : []),
    ...(optimizer.functions ?? []),
    dataCost(prepared, loss),
    evaluateFunction(prepared, loss),
    ...(prepared.program.stateLayout.length > 0 ? [swapFunction] : []),
    ...(weights === undefined ? [] : [weights]),
    ...scheduleFunctions(prepared),
    ...streamFunctions(prepared),
    ...metricFunctions(prepared),
    ...sharpnessFunction(prepared),
    trainFunction(prepared, loopDialect(prepared, model, optimizer, scheduler)),
    dataFunctions(where, prepared),
  ];
  return textOf([
    `"""${describe(prepared)}`,
    "",
    "Exported by gradproof; needs PyTorch and NumPy. In the tensors examples are rows, in the arrays columns. The printed",
    "costs are those of the run, up to rounding: PyTorch adds up in another order.",
    '"""',
    "import numpy as np",
    "import torch",
    "from torch import nn",
    "from torch.nn import functional as F",
    ...(prepared.average === undefined ? [] : ["from torch.optim.swa_utils import AveragedModel"]),
    "",
    `torch.set_default_dtype(torch.${prepared.network.dtype})`,
    "",
    ...settings(prepared),
    ...functions.flatMap((lines): Line[] => ["", "", ...lines]),
    "",
    "",
    'if __name__ == "__main__":',
    "    train()",
  ]);
}

const dropoutModule: Line[] = [
  "class Dropout(nn.Module):",
  ...indented([
    '"""Inverted dropout by the masks of the run, which are set before each step."""',
    "",
    "def __init__(self, layer):",
    "    super().__init__()",
    "    self.layer, self.mask = layer, None",
    "",
    "def forward(self, A):",
    "    return A * self.mask / keep[self.layer] if self.training else A",
  ]),
];

const swapFunction: Line[] = [
  "def swapped(model, values):",
  ...indented([
    '"""Puts values into the running averages, which follow a step and not the pass before it; returns what was there."""',
    "for buffer, value in zip(model.buffers(), values):",
    "    buffer.data, value.data = value.data, buffer.data",
    "return values",
  ]),
];

function dataCost({ program, training, loss: { options } }: PreparedRun, { losses }: LossPytorch): Line[] {
  const weighted = training.classWeight !== undefined;
  const { members, outputs } = program;
  return [
    `def data_cost(output, Y${weighted ? ", weights=1" : ""}):`,
    ...indented([
      ...(members === 1
        ? []
        : [`output, Y = output.reshape(-1, ${outputs}), Y.repeat_interleave(${members}, dim=0)  # each member's`]),
      [`losses = ${losses(options)}`, members === 1 ? "(m)" : `(m · ${members})`],
      ...(members === 1 ? [] : [[`losses = losses.reshape(-1, ${members}).mean(dim=1)`, "(m)"] satisfies Line]),
      `return ${weighted ? "(weights * losses)" : "losses"}.mean()`,
    ]),
  ];
}

function evaluateFunction({ program, training }: PreparedRun, { predictions }: LossPytorch): Line[] {
  const weighted = training.classWeight !== undefined;
  const { members, outputs } = program;
  const cost = `data_cost(output, Y${weighted ? ", weights" : ""}).item()`;
  const mean = `${predictions}.reshape(-1, ${members}, ${outputs}).mean(dim=1)`;
  return [
    "@torch.no_grad()",
    `def evaluate(model, X, Y${weighted ? ", weights=1" : ""}):`,
    ...indented([
      '"""Cost and predictions (outputs × m), every unit kept."""',
      "model.eval()",
      "output = model(X)",
      "model.train()",
      ...(members === 1
        ? [`return ${cost}, ${predictions}.T.numpy()`]
        : [`cost, output = ${cost}, output.reshape(-1, ${outputs})`, `return cost, ${mean}.T.numpy()`]),
    ]),
  ];
}

/** The parameters of the last layer. */
function lastOf(prepared: PreparedRun, { modules }: PytorchModel): string[] {
  const names = lastLayer(prepared);
  return modules.flatMap(({ path, parameters }) =>
    parameters.flatMap(({ attribute, window }) => (names.includes(window.name) ? [`${path}.${attribute}`] : [])),
  );
}

/** Whether weight decay is left to the program. */
function decaysApart({ training }: PreparedRun, { decays }: OptimizerPytorch): boolean {
  return training.optimizer.weightDecay > 0 && !decays;
}

function loopDialect(
  prepared: PreparedRun,
  model: PytorchModel,
  text: OptimizerPytorch,
  scheduler: ReturnType<typeof torchScheduler>,
): LoopDialect {
  const { program, training, drops, penalized } = prepared;
  const numbers = numbersOf(training.optimizer, optimizers);
  const rate = text.learningRate(numbers);
  const weighted = training.classWeight !== undefined;
  const keeps = program.stateLayout.length > 0;
  const step = training.dropoutReseed === undefined ? ", iteration" : "";
  const made = scheduler === undefined ? [] : [`scheduler = ${scheduler.create}`];
  const masks: Line[] = [
    `masks = draw_masks(X.shape[0]${step})`,
    `for module in ${model.all}:`,
    "    if isinstance(module, Dropout):",
    "        module.mask = torch.from_numpy(masks[module.layer].T)",
  ];
  return {
    holder: "model",
    convert: (X, Y) => [
      `${X}, ${Y} = torch.from_numpy(${X}.T), torch.from_numpy(${Y}.T)  # (m × features), (m × outputs)`,
    ],
    weights: (Y) => `torch.from_numpy(example_weights(${Y})[0])`,
    count: (X) => `${X}.shape[0]`,
    choose: (array) => `${array}[chosen]`,
    start: ["model = build()", ...text.create(numbers, parameterGroups(model)), ...made],
    cost: [
      ...(drops.some(Boolean) ? masks : []),
      ...(keeps ? ["kept = [value.clone() for value in model.buffers()]"] : []),
      `cost = data_cost(model(X), Y${weighted ? ", weights" : ""})`,
      ...(keeps ? ["kept = swapped(model, kept)"] : []),
    ],
    newLearningRate: ["for group in optimizer.param_groups:", `    group["lr"] = ${rate}`],
    average: pytorchAverage(prepared),
    newWeightDecay: text.decays ? ['optimizer.param_groups[0]["weight_decay"] = weight_decay'] : [],
    update: [
      "optimizer.zero_grad()",
      penalized ? "(cost + penalty(model, m)).backward()" : "cost.backward()",
      ...pytorchClip(prepared),
      ...(decaysApart(prepared, text) ? ["decay_weights(model)"] : []),
      "optimizer.step()",
      ...(keeps ? ["swapped(model, kept)"] : []),
      ...(scheduler !== undefined && !scheduler.checks ? ["scheduler.step()"] : []),
    ],
    check: (value) => (scheduler?.checks ? ["if iteration < iterations:", `    scheduler.step(${value})`] : []),
    targets: (Y) => `${Y}.T.numpy()`,
    number: (cost) => `${cost}.item()`,
    copy: (holder) => `{name: value.clone() for name, value in ${holder}.state_dict().items()}`,
    restore: (best) => `model.load_state_dict(${best})`,
    temper: [
      "model.eval()",
      "with torch.no_grad():",
      "    s = sharpness(model(X_val).T.numpy(), Y_val.T.numpy())",
      ...lastOf(prepared, model).map((value) => `    ${value}.mul_(s)`),
    ],
  };
}
