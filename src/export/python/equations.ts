import type { Numbers } from "../../ops/choice.js";
import { lossNumpy } from "../../ops/generated/lossNumpy.js";
import { indented, type Line, wrapped } from "../../ops/text/lines.js";
import type { LossNumpy } from "../../ops/text/numpy.js";
import type { PreparedRun } from "../preparedRun.js";
import { requireText } from "../requireText.js";
import { decayCondition, parametersInWords } from "./parameters.js";
import { inputsOf, type NumpyStep } from "./steps.js";

/** Columns a list may fill. */
const width = 108;

/** `forward`, `data_cost` and `backward`, step by step, with only what the run needs. */
export function equations(run: PreparedRun, steps: readonly NumpyStep[]): Line[][] {
  const losses: Readonly<Record<string, LossNumpy>> = lossNumpy;
  const loss = requireText(run.where, "numpy", losses, run.loss.name);
  const ends = endsOf(run, steps);
  return [
    forward(run, steps),
    ...(run.penalized ? [penalty(run)] : []),
    ...(loss.functions?.(run.loss.options) ?? []).map((lines) => [...lines]),
    dataCost(run, loss, ends),
    backward(run, steps, loss, ends),
  ];
}

/** The last arrays as `backward` finds them, and how many units they have. */
export interface Ends {
  readonly Z: string;
  readonly A: string;
  readonly units: number;
  /** Options of the loss. */
  readonly n: Numbers;
}

export function endsOf({ program, loss }: PreparedRun, steps: readonly NumpyStep[]): Ends {
  const output = stepTo(program.output, steps);
  return {
    Z: stepTo(program.logits, steps).output.cached,
    A: output.output.cached,
    units: output.units,
    n: loss.options,
  };
}

/** The step that makes a value. */
function stepTo(value: number, steps: readonly NumpyStep[]): NumpyStep {
  const found = steps.find(({ step }) => step.outputs.includes(value));
  if (found === undefined) throw new Error(`no step makes value ${value}`);
  return found;
}

function forward({ drops }: PreparedRun, steps: readonly NumpyStep[]): Line[] {
  const dropout = drops.some(Boolean);
  const body = steps.map((at): Line => {
    const { step, text, input, output, units } = at;
    const value = text
      ? text.forward(inputsOf(at, input.name))
      : `${input.name} if D is None else ${input.name} * D[${step.site}] / keep[${step.site}]`;
    return [`${output.name} = ${value}`, `(${units} × m)`];
  });
  return [
    dropout ? "def forward(X, p, D=None):" : "def forward(X, p):",
    ...indented([
      dropout
        ? '"""All that backward needs; with masks D of 0 and 1 units are dropped, the others scaled up."""'
        : '"""The logits and activations of every layer."""',
      ...body,
      ...returned(steps.map(({ output: { name } }) => `"${name}": ${name}`)),
    ]),
  ];
}

/** The dictionary in one line, or in as many as it needs. */
function returned(entries: readonly string[]): Line[] {
  const line = `return {${entries.join(", ")}}`;
  return line.length <= width ? [line] : ["return {", ...indented(wrapped(entries, width)), "}"];
}

function dataCost({ training }: PreparedRun, loss: LossNumpy, ends: Ends): Line[] {
  const weighted = training.classWeight !== undefined;
  return [
    weighted ? "def data_cost(c, Y, weights=1):" : "def data_cost(c, Y):",
    ...indented([...loss.losses(ends), `return float(np.mean(${weighted ? "weights * losses" : "losses"}))`]),
  ];
}

function penalty({ program }: PreparedRun): Line[] {
  const decays = decayCondition(program.layout);
  return [
    "def penalty(p, m):",
    ...indented([
      '"""λ/(2m) Σ‖W‖², m the training examples; weights only, never biases."""',
      `return float(l2 / (2 * m) * sum(np.sum(W ** 2) for name, W in p.items() if ${decays}))`,
    ]),
  ];
}

function backward(run: PreparedRun, steps: readonly NumpyStep[], loss: LossNumpy, ends: Ends): Line[] {
  const { program, training, drops, penalized, pace } = run;
  const weighted = training.classWeight !== undefined;
  const batches = pace.stepsPerEpoch > 1;
  // λ/m has the m of the training set, which a batch is only a part of.
  const decay = (name: string): string => ` + l2 / ${batches ? "examples" : "m"} * p["${name}"]`;
  const first = stepTo(run.loss.by === "logits" ? program.logits : program.output, steps);
  const derivative = loss.derivative(ends);
  const body: Line[] = [
    "m = X.shape[1]",
    [`${first.output.gradient} = ${weighted ? `weights * (${derivative})` : derivative}`, `(${ends.units} × m)`],
  ];
  const derived = new Set([first.output]);
  for (const at of [...steps].reverse()) {
    const { step, text, input, output, inputs, learnsBelow } = at;
    if (!derived.has(output)) continue;
    const dOutput = output.gradient;
    const arrays = { ...inputsOf(at, input.cached), output: output.cached, dOutput };
    const gradients = text?.parameters?.(arrays) ?? {};
    for (const { name, role, rows, columns, decays } of step.parameters) {
      const gradient = requireText(`${run.where}: ${step.op}`, "numpy", gradients, role);
      body.push([`d${name} = ${gradient} / m${penalized && decays ? decay(name) : ""}`, `(${rows} × ${columns})`]);
    }
    if (!learnsBelow) continue;
    const dInput = text ? text.backward(arrays) : `${dOutput} * D[${step.site}] / keep[${step.site}]`;
    body.push([`${input.gradient} = ${dInput}`, `(${inputs} × m)`]);
    derived.add(input);
  }
  const gradients = steps.flatMap(({ step: { parameters } }) =>
    parameters.length === 0 ? [] : [parameters.map(({ name }) => `"${name}": d${name}`).join(", ")],
  );
  const given = ["X", "Y", "p", "c"];
  if (drops.slice(1).some(Boolean)) given.push("D");
  if (penalized && batches) given.push("examples");
  if (weighted) given.push("weights");
  return [
    `def backward(${given.join(", ")}):`,
    ...indented([
      `"""The gradient of the cost by each ${parametersInWords(program.layout).each}."""`,
      ...body,
      "return {",
      ...indented(gradients.map((line) => `${line},`)),
      "}",
    ]),
  ];
}
