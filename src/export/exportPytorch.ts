import type { ActivationSpec } from "../ops/names.js";
import { describe, requireNoAugmentation } from "./heading.js";
import { indented, type Line, textOf } from "./lines.js";
import { type PreparedRun, preparedRun } from "./preparedRun.js";
import { nameOf, slopeOf } from "./python/activations.js";
import { dataFunctions } from "./python/data.js";
import { exampleWeightsFunction } from "./python/exampleWeights.js";
import { initializeFunction, inputsOf } from "./python/initialize.js";
import { pythonNumber } from "./python/literals.js";
import { type LoopDialect, trainFunction } from "./python/loop.js";
import { metricFunctions } from "./python/metrics.js";
import { settings } from "./python/settings.js";
import { streamFunctions } from "./python/streams.js";
import type { RunToExport } from "./runToExport.js";

/**
 * A run as a PyTorch program: an `nn.Sequential`, the loss from logits, the optimizer, and one array of numbers for the
 * examples.
 *
 * It starts from the same weights (drawn by NumPy's `RandomState`), meets the same batches and dropout masks, computes in
 * the run's own precision, and prints the cost at every iteration that the run records: the run's own, up to rounding.
 *
 * @param run see `RunToExport`; the examples come from a generator of the library or are given as they are
 * @returns the text of the program; it needs Python 3, NumPy and PyTorch (tested with 1.13)
 * @throws OptionError, ShapeError or RangeError where `train` would not take the run, and OptionError for augmentation
 *   and for more than 1,000,000 numbers of examples
 *
 * @example
 * import { dense, exportPytorch } from "gradproof";
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
  const prepared = preparedRun(where, run);
  requireNoAugmentation(where, prepared);
  const weights = exampleWeightsFunction(prepared);
  const functions = [
    initializeFunction(prepared.network),
    ...(prepared.drops.some(Boolean) ? [dropoutModule] : []),
    buildFunction(prepared),
    ...(prepared.penalized ? [penalty] : []),
    dataCost(prepared),
    evaluateFunction(prepared),
    ...(weights === undefined ? [] : [weights]),
    ...streamFunctions(prepared),
    ...metricFunctions(prepared),
    trainFunction(prepared, loopDialect(prepared)),
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

function buildFunction({ network, drops }: PreparedRun): Line[] {
  const { layers, loss } = network;
  const modules: Line[] = drops[0] ? ["Dropout(0),"] : [];
  for (const [index, { units, activation }] of layers.entries()) {
    modules.push(`nn.Linear(${inputsOf(network, index)}, ${units}),`);
    // The cross-entropies take logits: their activation is part of the loss.
    const isOutput = index === layers.length - 1;
    const module = isOutput && loss !== "meanSquaredError" ? undefined : moduleOf(activation);
    if (module !== undefined) modules.push(`${module},`);
    if (!isOutput && drops[index + 1]) modules.push(`Dropout(${index + 1}),`);
  }
  return [
    "def build():",
    ...indented([
      loss === "meanSquaredError" ? '"""The network."""' : '"""The network up to its logits."""',
      "model = nn.Sequential(",
      ...indented(modules),
      ")",
      "p = initialize()",
      "layers = [module for module in model if isinstance(module, nn.Linear)]",
      "with torch.no_grad():",
      "    for l, layer in enumerate(layers, start=1):",
      '        layer.weight.copy_(torch.from_numpy(p[f"W{l}"]))',
      '        layer.bias.copy_(torch.from_numpy(p[f"b{l}"][:, 0]))',
      "return model",
    ]),
  ];
}

function moduleOf(activation: ActivationSpec): string | undefined {
  const modules = {
    relu: "nn.ReLU()",
    leakyRelu: `nn.LeakyReLU(${slopeOf(activation)})`,
    sigmoid: "nn.Sigmoid()",
    tanh: "nn.Tanh()",
    softmax: "nn.Softmax(dim=1)",
    linear: undefined,
  };
  return modules[nameOf(activation)];
}

const penalty: Line[] = [
  "def penalty(model, m):",
  ...indented([
    '"""λ/(2m) Σ‖W‖², m the training examples; weights only, never biases."""',
    "weights = [module.weight for module in model if isinstance(module, nn.Linear)]",
    "return l2 / (2 * m) * sum((W ** 2).sum() for W in weights)",
  ]),
];

function dataCost({ network, training }: PreparedRun): Line[] {
  const weighted = training.classWeight !== undefined;
  const losses = {
    binaryCrossEntropy: 'F.binary_cross_entropy_with_logits(output, Y, reduction="none").sum(dim=1)',
    categoricalCrossEntropy: 'F.cross_entropy(output, Y.argmax(dim=1), reduction="none")',
    meanSquaredError: "((output - Y) ** 2).mean(dim=1)",
  };
  return [
    `def data_cost(output, Y${weighted ? ", weights=1" : ""}):`,
    ...indented([
      [`losses = ${losses[network.loss]}`, "(m)"],
      `return ${weighted ? "(weights * losses)" : "losses"}.mean()`,
    ]),
  ];
}

function evaluateFunction({ network, training }: PreparedRun): Line[] {
  const weighted = training.classWeight !== undefined;
  const predictions = {
    binaryCrossEntropy: "torch.sigmoid(output)",
    categoricalCrossEntropy: "torch.softmax(output, dim=1)",
    meanSquaredError: "output",
  };
  return [
    "@torch.no_grad()",
    `def evaluate(model, X, Y${weighted ? ", weights=1" : ""}):`,
    ...indented([
      '"""Cost and predictions (outputs × m), every unit kept."""',
      "model.eval()",
      "output = model(X)",
      "model.train()",
      `return data_cost(output, Y${weighted ? ", weights" : ""}).item(), ${predictions[network.loss]}.T.numpy()`,
    ]),
  ];
}

function loopDialect({ training, drops, penalized }: PreparedRun): LoopDialect {
  const weighted = training.classWeight !== undefined;
  const step = training.dropoutReseed === undefined ? ", iteration" : "";
  const masks: Line[] = [
    `masks = draw_masks(X.shape[0]${step})`,
    "for module in model:",
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
    start: ["model = build()", ...optimizer(training.optimizer)],
    cost: [...(drops.some(Boolean) ? masks : []), `cost = data_cost(model(X), Y${weighted ? ", weights" : ""})`],
    newLearningRate: ["for group in optimizer.param_groups:", `    group["lr"] = ${rate(training.optimizer)}`],
    update: [
      "optimizer.zero_grad()",
      penalized ? "(cost + penalty(model, m)).backward()" : "cost.backward()",
      "optimizer.step()",
    ],
    targets: (Y) => `${Y}.T.numpy()`,
    number: (cost) => `${cost}.item()`,
    copy: "{name: value.clone() for name, value in model.state_dict().items()}",
    restore: (best) => `model.load_state_dict(${best})`,
  };
}

type Optimizer = PreparedRun["training"]["optimizer"];

function optimizer(spec: Optimizer): Line[] {
  const lr = `lr=${rate(spec)}`;
  const number = pythonNumber;
  switch (spec.type) {
    case "gradientDescent":
      return [`optimizer = torch.optim.SGD(model.parameters(), ${lr})`];
    case "momentum":
      return [
        "# PyTorch's v = βv + g is ours, v = βv + (1 − β)g, but for the factor in the learning rate.",
        `optimizer = torch.optim.SGD(model.parameters(), ${lr}, momentum=${number(spec.momentum)})`,
      ];
    case "rmsprop":
      return [
        `optimizer = torch.optim.RMSprop(model.parameters(), ${lr}, alpha=${number(spec.decay)}, eps=${number(spec.epsilon)})`,
      ];
    case "adam": {
      const numbers = `${lr}, betas=(${number(spec.beta1)}, ${number(spec.beta2)}), eps=${number(spec.epsilon)}`;
      if (spec.weightDecay === 0) return [`optimizer = torch.optim.Adam(model.parameters(), ${numbers})`];
      return [
        "optimizer = torch.optim.AdamW([",
        '    {"params": [value for name, value in model.named_parameters() if name.endswith("weight")]},',
        '    {"params": [value for name, value in model.named_parameters() if name.endswith("bias")], "weight_decay": 0},',
        `], ${numbers}, weight_decay=${number(spec.weightDecay)})`,
      ];
    }
  }
}

function rate(spec: Optimizer): string {
  return spec.type === "momentum" ? `learning_rate * (1 - ${pythonNumber(spec.momentum)})` : "learning_rate";
}
