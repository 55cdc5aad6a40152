import type { Step } from "../../network/program.js";
import { activationPytorch } from "../../ops/generated/activationPytorch.js";
import { layerPytorch } from "../../ops/generated/layerPytorch.js";
import { structurePytorch } from "../../ops/generated/structurePytorch.js";
import type { ParameterWindow } from "../../ops/parameterWindow.js";
import { indented, type Line } from "../../ops/text/lines.js";
import type { PythonFunction } from "../../ops/text/numpy.js";
import type { ModuleParameter, OperationPytorch } from "../../ops/text/pytorch.js";
import type { PreparedRun } from "../preparedRun.js";
import { requireText } from "../requireText.js";
import { mixesRows } from "./members.js";
import { literalsOf } from "./parameters.js";

const texts: Readonly<Record<string, OperationPytorch>> = {
  ...activationPytorch,
  ...layerPytorch,
  ...structurePytorch,
};

/** A module of the network. */
export interface Module {
  /** How the program reaches it. */
  readonly path: string;
  readonly type: string;
  /** What it is made with. */
  readonly given: string;
  readonly parameters: readonly (ModuleParameter & { readonly window: ParameterWindow })[];
}

/** The network as PyTorch has it, up to what the loss is computed from. */
export interface PytorchModel {
  readonly modules: readonly Module[];
  /** Classes that the program defines, dropout apart. */
  readonly classes: readonly PythonFunction[];
  /** Lines that make `model`, with the starting weights still PyTorch's. */
  readonly made: readonly Line[];
  /** What goes over the modules. */
  readonly all: string;
}

/**
 * The network as an `nn.Sequential`, or, where values meet or part, as a class of its own.
 *
 * @throws OptionError for an operation that has no text in PyTorch
 */
export function pytorchModel(run: PreparedRun): PytorchModel {
  const { where, program, loss } = run;
  const { steps } = program;
  const end = loss.by === "logits" ? program.logits : program.output;
  const used = steps.slice(0, steps.findIndex(({ outputs }) => outputs.includes(end)) + 1);
  const textOf = ({ op, site }: Step): OperationPytorch =>
    site === undefined ? requireText(where, "pytorch", texts, op) : {};
  const chained = used.every((step) => textOf(step).forward === undefined && step.outputs.length === 1);
  const modules = new Map<Step, Module>();
  for (const step of used) {
    const module = moduleOf(run, step, textOf(step), chained ? `model[${modules.size}]` : `model.${step.name}`);
    if (module !== undefined) modules.set(step, module);
  }
  const definitions = new Set(used.map((step) => textOf(step).definition));
  const found = { modules: [...modules.values()] };
  const ofMembers = found.modules.some(({ type }) => type === "EachMember") ? [eachMember] : [];
  const classes = [...definitions, ...ofMembers].filter((text) => text !== undefined);
  if (chained) {
    const calls = found.modules.map(({ type, given }) => `${type}(${given}),`);
    return { ...found, classes, all: "model", made: ["model = nn.Sequential(", ...indented(calls), ")"] };
  }
  const network = networkClass(run, used, modules, textOf, end);
  return {
    ...found,
    classes: [...classes, network],
    all: "model.modules()",
    made: ["model = Network()"],
  };
}

/** A module that mixes the numbers of an example, for each member alone. */
const eachMember: PythonFunction = [
  "class EachMember(nn.Module):",
  '    """A module on the numbers of each of k members."""',
  "",
  "    def __init__(self, k, module):",
  "        super().__init__()",
  "        self.k, self.module = k, module",
  "",
  "    def forward(self, A):",
  "        return self.module(A.reshape(len(A) * self.k, -1)).reshape(len(A), -1)",
];

function moduleOf(
  { where, program: { values }, drops }: PreparedRun,
  step: Step,
  text: OperationPytorch,
  path: string,
): Module | undefined {
  const { op, site, options, inputs, outputs, parameters } = step;
  if (site !== undefined) {
    return drops[site] ? { path, type: "Dropout", given: String(site), parameters: [] } : undefined;
  }
  if (text.type === undefined) return undefined;
  const { rows: into, members = 1 } = values[inputs[0]];
  const rows = { inputs: into, units: values[outputs[0]].rows, members };
  const held = parameters.map((window) => ({
    ...requireText(`${where}: ${op}`, "pytorch", text.parameters ?? {}, window.role),
    window,
  }));
  const given = text.arguments?.({ ...rows, n: literalsOf(options) }) ?? "";
  if (members > 1 && mixesRows(step)) {
    return { path, type: "EachMember", given: `${members}, ${text.type}(${given})`, parameters: held };
  }
  return { path, type: text.type, given, parameters: held };
}

/** A class of which each step with a module is an attribute, and `forward` names values by the steps that make them. */
function networkClass(
  { loss }: PreparedRun,
  steps: readonly Step[],
  modules: ReadonlyMap<Step, Module>,
  textOf: (step: Step) => OperationPytorch,
  end: number,
): PythonFunction {
  const names = ["X"];
  const body: Line[] = [];
  for (const step of steps) {
    const inputs = step.inputs.map((value) => names[value]);
    const { forward } = textOf(step);
    const made = modules.has(step)
      ? `self.${step.name}(${inputs[0]})`
      : forward?.({ inputs, n: literalsOf(step.options) });
    if (made !== undefined) body.push(`${step.name} = ${made}`);
    for (const value of step.outputs) names[value] = made === undefined ? inputs[0] : step.name;
  }
  return [
    "class Network(nn.Module):",
    ...indented([
      loss.by === "logits" ? '"""The network up to its logits."""' : '"""The network."""',
      "",
      "def __init__(self):",
      "    super().__init__()",
      ...[...modules].map(([{ name }, { type, given }]) => `    self.${name} = ${type}(${given})`),
      "",
      "def forward(self, X):",
      ...indented([...body, `return ${names[end]}`]),
    ]),
  ];
}

/** `build()`: the model with its starting weights. */
export function buildFunction({ loss }: PreparedRun, model: PytorchModel): Line[] {
  const { modules, made } = model;
  const types = new Set(modules.flatMap(({ type, parameters }) => (parameters.length > 0 ? [type] : [])));
  return [
    "def build():",
    ...indented([
      loss.by === "logits" ? '"""The network up to its logits."""' : '"""The network."""',
      ...made,
      "p = initialize()",
      ...[...types].flatMap((type) => loading(type, model)),
      "return model",
    ]),
  ];
}

/** Copies the parameters of the modules of a type: in a loop where these are numbered 1, 2, …, otherwise one by one. */
function loading(type: string, { modules, all: over }: PytorchModel): Line[] {
  const all = modules.filter((module) => module.type === type);
  if (all.every(({ parameters: [{ window }] }, k) => window.layer === k + 1)) {
    const [{ parameters }] = all;
    return [
      `layers = ${listOf(type, over)}`,
      "with torch.no_grad():",
      "    for l, layer in enumerate(layers, start=1):",
      ...parameters.map((held) => `        ${copying("layer", held, `f"${held.window.role}{l}"`)}`),
    ];
  }
  return [
    "with torch.no_grad():",
    ...all.flatMap(({ path, parameters }) =>
      parameters.map((held) => `    ${copying(path, held, `"${held.window.name}"`)}`),
    ),
  ];
}

function copying(module: string, { attribute, flat }: ModuleParameter, name: string): string {
  return `${module}.${attribute}.copy_(torch.from_numpy(p[${name}]${flat ? "[:, 0]" : ""}))`;
}

function listOf(type: string, all: string, what = "module"): string {
  return `[${what} for module in ${all} if isinstance(module, ${type})]`;
}

/** `penalty(model, m)`, where the cost has one. */
export function penalty({ penalizedEach }: PreparedRun, model: PytorchModel): Line[] {
  if (penalizedEach) {
    const weights = model.modules.flatMap(({ path, parameters }) =>
      parameters.flatMap(({ attribute, window: { name, decays } }) =>
        decays ? [`"${name}": ${path}.${attribute}`] : [],
      ),
    );
    return [
      "def penalty(model, m):",
      ...indented([
        '"""(λ₁/m) Σ|W| + λ₂/(2m) Σ‖W‖², m the training examples; weights only, never biases."""',
        `weights = {${weights.join(", ")}}`,
        "return sum(l1[name] * W.abs().sum() + l2[name] / 2 * (W ** 2).sum() for name, W in weights.items()) / m",
      ]),
    ];
  }
  return [
    "def penalty(model, m):",
    ...indented([
      '"""λ/(2m) Σ‖W‖², m the training examples; weights only, never biases."""',
      `weights = ${parametersOf(model, true)}`,
      "return l2 / (2 * m) * sum((W ** 2).sum() for W in weights)",
    ]),
  ];
}

/** `decay_weights(model)`: the weights shrink before an update. */
export function decayFunction(model: PytorchModel): Line[] {
  return [
    "@torch.no_grad()",
    "def decay_weights(model):",
    ...indented([
      '"""Decoupled weight decay, W := W − α λ W; weights only, never biases."""',
      `for W in ${parametersOf(model, true)}:`,
      "    W.mul_(1 - learning_rate * weight_decay)",
    ]),
  ];
}

/** Lists of the parameters that weight decay acts on, and of the others. */
export function parameterGroups(model: PytorchModel): { readonly decaying: string; readonly others: string } {
  const decaying = attributesOf(model, true);
  const others = attributesOf(model, false);
  // The names of the attributes tell them apart, but where another module calls something else a weight.
  if (decaying.length === 1 && others.length === 1 && decaying[0] !== others[0]) {
    const named = (attribute: string): string =>
      `[value for name, value in model.named_parameters() if name.endswith("${attribute}")]`;
    return { decaying: named(decaying[0]), others: named(others[0]) };
  }
  return { decaying: parametersOf(model, true), others: parametersOf(model, false) };
}

/** The parameters that decay, or those that do not, as a list. */
function parametersOf({ modules, all }: PytorchModel, decaying: boolean): string {
  const lists = modules.flatMap(({ type, parameters }) =>
    parameters.flatMap(({ attribute, window: { decays } }) => {
      if (decays !== decaying) return [];
      const without = modules.some((other) => other.type === type && !holds(other, attribute));
      const list = listOf(type, all, `module.${attribute}`);
      return [without ? `${list.slice(0, -1)} and module.${attribute} is not None]` : list];
    }),
  );
  return lists.length === 0 ? "[]" : [...new Set(lists)].join(" + ");
}

function holds({ parameters }: Module, attribute: string): boolean {
  return parameters.some((held) => held.attribute === attribute);
}

function attributesOf({ modules }: PytorchModel, decaying: boolean): string[] {
  const attributes = modules.flatMap(({ parameters }) =>
    parameters.flatMap(({ attribute, window: { decays } }) => (decays === decaying ? [attribute] : [])),
  );
  return [...new Set(attributes)];
}
