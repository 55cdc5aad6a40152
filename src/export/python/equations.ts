import type { Numbers } from "../../ops/choice.js";
import { lossNumpy } from "../../ops/generated/lossNumpy.js";
import { indented, type Line, wrapped } from "../../ops/text/lines.js";
import type { LossNumpy } from "../../ops/text/numpy.js";
import type { PreparedRun } from "../preparedRun.js";
import { requireText } from "../requireText.js";
import { endsApart, lossLines } from "./members.js";
import { decayCondition, parametersInWords } from "./parameters.js";
import { inputsOf, type NumpyProgram, type NumpyStep } from "./steps.js";

/** Columns a list may fill. */
const width = 108;

/** `forward`, `data_cost`, `backward` and what follows a step, operation by operation, with only what the run needs. */
export function equations(run: PreparedRun, network: NumpyProgram): Line[][] {
  const losses: Readonly<Record<string, LossNumpy>> = lossNumpy;
  const loss = requireText(run.where, "numpy", losses, run.loss.name);
  const ends = endsOf(run, network);
  return [
    forward(run, network.steps),
    ...(run.penalized ? [penalty(run)] : []),
    ...(loss.functions?.(run.loss.options) ?? []).map((lines) => [...lines]),
    dataCost(run, loss, ends),
    backward(run, network, loss, ends),
    ...(run.program.stateLayout.length > 0 ? [updateState(run, network)] : []),
  ];
}

/** What the network says, of the arrays that `forward` gives. */
export function predictionOf(run: PreparedRun, network: NumpyProgram): string {
  const { A } = endsOf(run, network);
  const { members } = run.program;
  return members === 1 ? A : `np.mean(of_members(${A}, ${members}), axis=0)`;
}

/** The last arrays as `backward` finds them, and how many units they have. */
export interface Ends {
  readonly Z: string;
  readonly A: string;
  readonly units: number;
  /** Options of the loss. */
  readonly n: Numbers;
}

export function endsOf({ program, loss }: PreparedRun, { arrays }: NumpyProgram): Ends {
  const output = arrays[program.output];
  return { Z: arrays[program.logits].cached, A: output.cached, units: output.rows, n: loss.options };
}

function forward({ program, drops }: PreparedRun, steps: readonly NumpyStep[]): Line[] {
  const dropout = drops.some(Boolean);
  const made = steps.filter(({ text }) => text === undefined || text.forward !== undefined);
  const body = made.map((at): Line => {
    const { step, text, inputs, outputs } = at;
    const [{ name, rows }] = outputs;
    const value = text?.forward
      ? text.forward({ ...inputsOf(at, "name"), training: "training" })
      : `${inputs[0].name} if D is None else ${inputs[0].name} * D[${step.site}] / keep[${step.site}]`;
    return [`${name} = ${value}`, `(${rows} × m)`];
  });
  const given = [
    "X",
    "p",
    ...(dropout ? ["D=None"] : []),
    ...(program.stateLayout.length > 0 ? ["training=False"] : []),
  ];
  return [
    `def forward(${given.join(", ")}):`,
    ...indented([
      dropout
        ? '"""All that backward needs; with masks D of 0 and 1 units are dropped, the others scaled up."""'
        : '"""The logits and activations of every layer."""',
      ...body,
      ...returned(made.map(({ outputs: [{ name }] }) => `"${name}": ${name}`)),
    ]),
  ];
}

/** The dictionary in one line, or in as many as it needs. */
function returned(entries: readonly string[]): Line[] {
  const line = `return {${entries.join(", ")}}`;
  return line.length <= width ? [line] : ["return {", ...indented(wrapped(entries, width)), "}"];
}

function dataCost({ program, training }: PreparedRun, loss: LossNumpy, ends: Ends): Line[] {
  const weighted = training.classWeight !== undefined;
  return [
    weighted ? "def data_cost(c, Y, weights=1):" : "def data_cost(c, Y):",
    ...indented([
      ...lossLines(loss, ends, program.members),
      `return float(np.mean(${weighted ? "weights * losses" : "losses"}))`,
    ]),
  ];
}

function penalty({ program, penalizedEach }: PreparedRun): Line[] {
  if (penalizedEach) {
    return [
      "def penalty(p, m):",
      ...indented([
        '"""(λ₁/m) Σ|W| + λ₂/(2m) Σ‖W‖², m the training examples; weights only, never biases."""',
        "return float(sum(l1[W] * np.sum(np.abs(p[W])) + l2[W] / 2 * np.sum(p[W] ** 2) for W in l2) / m)",
      ]),
    ];
  }
  const decays = decayCondition(program.layout);
  return [
    "def penalty(p, m):",
    ...indented([
      '"""λ/(2m) Σ‖W‖², m the training examples; weights only, never biases."""',
      `return float(l2 / (2 * m) * sum(np.sum(W ** 2) for name, W in p.items() if ${decays}))`,
    ]),
  ];
}

function backward(run: PreparedRun, { steps, arrays }: NumpyProgram, loss: LossNumpy, ends: Ends): Line[] {
  const { program, training, drops, penalized, penalizedEach, pace } = run;
  const { members } = program;
  const weighted = training.classWeight !== undefined;
  const batches = pace.stepsPerEpoch > 1;
  // λ/m has the m of the training set, which a batch is only a part of.
  const examples = batches ? "examples" : "m";
  const decay = (name: string): string =>
    penalizedEach
      ? ` + (l1["${name}"] * np.sign(p["${name}"]) + l2["${name}"] * p["${name}"]) / ${examples}`
      : ` + l2 / ${examples} * p["${name}"]`;
  const first = arrays[run.loss.by === "logits" ? program.logits : program.output];
  const derivativeOf = (given: Ends): string => loss.derivative({ ...given, units: ends.units / members });
  const derivative =
    members === 1
      ? derivativeOf(ends)
      : `together(${derivativeOf({ ...ends, Z: "Z", A: "A" })}, ${members}) / ${members}`;
  const body: Line[] = [
    "m = X.shape[1]",
    ...(members === 1 ? [] : endsApart(ends, members, derivativeOf)),
    [`${first.gradient} = ${weighted ? `weights * (${derivative})` : derivative}`, `(${ends.units} × m)`],
  ];
  const derived = new Set([first]);
  for (const at of [...steps].reverse()) {
    const { step, text, inputs, outputs } = at;
    if (!outputs.some((array) => derived.has(array))) continue;
    const dOutputs = outputs.map(({ gradient }) => gradient);
    const [dOutput] = dOutputs;
    const back = { ...inputsOf(at, "cached"), output: outputs[0].cached, dOutputs, dOutput };
    const gradients = text?.parameters?.(back) ?? {};
    for (const { name, role, rows, columns, decays } of step.parameters) {
      const gradient = requireText(`${run.where}: ${step.op}`, "numpy", gradients, role);
      body.push([`d${name} = ${gradient} / m${penalized && decays ? decay(name) : ""}`, `(${rows} × ${columns})`]);
    }
    const dInputs = [text ? text.backward(back) : `${dOutput} * D[${step.site}] / keep[${step.site}]`].flat();
    for (const [k, input] of inputs.entries()) {
      if (!input.learns) continue;
      body.push([`${input.gradient} = ${dInputs[k]}`, `(${input.rows} × m)`]);
      derived.add(input);
    }
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

function updateState({ where }: PreparedRun, { steps }: NumpyProgram): Line[] {
  const body = steps.flatMap((at): Line[] => {
    const { step, text } = at;
    const values = text?.state?.(inputsOf(at, "cached")) ?? {};
    return step.state.map(({ name, role, rows, columns }) => [
      `p["${name}"] = ${requireText(`${where}: ${step.op}`, "numpy", values, role)}`,
      `(${rows} × ${columns})`,
    ]);
  });
  return [
    "def update_state(X, p, c):",
    ...indented(['"""What is kept beside the parameters, once a step is made."""', ...body]),
  ];
}
