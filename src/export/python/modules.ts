import { activationPytorch } from "../../ops/generated/activationPytorch.js";
import { layerPytorch } from "../../ops/generated/layerPytorch.js";
import type { ParameterWindow } from "../../ops/parameterWindow.js";
import { indented, type Line } from "../../ops/text/lines.js";
import type { ModuleParameter, OperationPytorch } from "../../ops/text/pytorch.js";
import type { PreparedRun } from "../preparedRun.js";
import { requireText } from "../requireText.js";
import { literalsOf } from "./parameters.js";

const texts: Readonly<Record<string, OperationPytorch>> = { ...activationPytorch, ...layerPytorch };

/** A module of the network. */
export interface Module {
  readonly type: string;
  /** What it is made with. */
  readonly given: string;
  readonly parameters: readonly (ModuleParameter & { readonly window: ParameterWindow })[];
}

/**
 * The modules in their order, up to what the loss is computed from.
 *
 * @throws OptionError for an operation that has no text in PyTorch
 */
export function modulesOf({ where, program, drops, loss }: PreparedRun): readonly Module[] {
  const { steps, values } = program;
  const end = loss.by === "logits" ? program.logits : program.output;
  const last = steps.findIndex(({ outputs }) => outputs.includes(end));
  return steps.slice(0, last + 1).flatMap(({ op, site, options, inputs, outputs, parameters }): Module[] => {
    if (site !== undefined) return drops[site] ? [{ type: "Dropout", given: String(site), parameters: [] }] : [];
    const text = requireText(where, "pytorch", texts, op);
    if (text.type === undefined) return [];
    const rows = { inputs: values[inputs[0]].rows, units: values[outputs[0]].rows };
    const held = parameters.map((window) => ({
      ...requireText(`${where}: ${op}`, "pytorch", text.parameters ?? {}, window.role),
      window,
    }));
    return [{ type: text.type, given: text.arguments?.({ ...rows, n: literalsOf(options) }) ?? "", parameters: held }];
  });
}

/** `build()`: the model with its starting weights. */
export function buildFunction({ loss }: PreparedRun, modules: readonly Module[]): Line[] {
  const types = new Set(modules.flatMap(({ type, parameters }) => (parameters.length > 0 ? [type] : [])));
  return [
    "def build():",
    ...indented([
      loss.by === "logits" ? '"""The network up to its logits."""' : '"""The network."""',
      "model = nn.Sequential(",
      ...indented(modules.map(({ type, given }) => `${type}(${given}),`)),
      ")",
      "p = initialize()",
      ...[...types].flatMap((type) => loading(type, modules)),
      "return model",
    ]),
  ];
}

/** Copies the parameters of the modules of a type: in a loop where these are numbered 1, 2, …, otherwise one by one. */
function loading(type: string, modules: readonly Module[]): Line[] {
  const all = modules.filter((module) => module.type === type);
  if (all.every(({ parameters: [{ window }] }, k) => window.layer === k + 1)) {
    const [{ parameters }] = all;
    return [
      `layers = ${listOf(type)}`,
      "with torch.no_grad():",
      "    for l, layer in enumerate(layers, start=1):",
      ...parameters.map((held) => `        ${copying("layer", held, `f"${held.window.role}{l}"`)}`),
    ];
  }
  return [
    "with torch.no_grad():",
    ...modules.flatMap((module, k) =>
      module.type === type
        ? module.parameters.map((held) => `    ${copying(`model[${k}]`, held, `"${held.window.name}"`)}`)
        : [],
    ),
  ];
}

function copying(module: string, { attribute, flat }: ModuleParameter, name: string): string {
  return `${module}.${attribute}.copy_(torch.from_numpy(p[${name}]${flat ? "[:, 0]" : ""}))`;
}

function listOf(type: string, what = "module"): string {
  return `[${what} for module in model if isinstance(module, ${type})]`;
}

/** `penalty(model, m)`, where the cost has one. */
export function penalty(modules: readonly Module[]): Line[] {
  return [
    "def penalty(model, m):",
    ...indented([
      '"""λ/(2m) Σ‖W‖², m the training examples; weights only, never biases."""',
      `weights = ${parametersOf(modules, true)}`,
      "return l2 / (2 * m) * sum((W ** 2).sum() for W in weights)",
    ]),
  ];
}

/** `decay_weights(model)`: the weights shrink before an update. */
export function decayFunction(modules: readonly Module[]): Line[] {
  return [
    "@torch.no_grad()",
    "def decay_weights(model):",
    ...indented([
      '"""Decoupled weight decay, W := W − α λ W; weights only, never biases."""',
      `for W in ${parametersOf(modules, true)}:`,
      "    W.mul_(1 - learning_rate * weight_decay)",
    ]),
  ];
}

/** Lists of the parameters that weight decay acts on, and of the others. */
export function parameterGroups(modules: readonly Module[]): { readonly decaying: string; readonly others: string } {
  const decaying = attributesOf(modules, true);
  const others = attributesOf(modules, false);
  // The names of the attributes tell them apart, but where another module calls something else a weight.
  if (decaying.length === 1 && others.length === 1 && decaying[0] !== others[0]) {
    const named = (attribute: string): string =>
      `[value for name, value in model.named_parameters() if name.endswith("${attribute}")]`;
    return { decaying: named(decaying[0]), others: named(others[0]) };
  }
  return { decaying: parametersOf(modules, true), others: parametersOf(modules, false) };
}

/** The parameters that decay, or those that do not, as a list. */
function parametersOf(modules: readonly Module[], decaying: boolean): string {
  const lists = modules.flatMap(({ type, parameters }) =>
    parameters.flatMap(({ attribute, window: { decays } }) =>
      decays === decaying ? [listOf(type, `module.${attribute}`)] : [],
    ),
  );
  return lists.length === 0 ? "[]" : [...new Set(lists)].join(" + ");
}

function attributesOf(modules: readonly Module[], decaying: boolean): string[] {
  const attributes = modules.flatMap(({ parameters }) =>
    parameters.flatMap(({ attribute, window: { decays } }) => (decays === decaying ? [attribute] : [])),
  );
  return [...new Set(attributes)];
}
