import { indented, type Line, wrapped } from "../lines.js";
import type { PreparedRun } from "../preparedRun.js";
import { activated, backThrough } from "./activations.js";
import { inputsOf } from "./initialize.js";

/** Columns a list may fill. */
const width = 108;

/** `forward`, `data_cost` and `backward`, layer by layer, with only what the run needs. */
export function equations(run: PreparedRun): Line[][] {
  return [forward(run), ...(run.penalized ? [penalty()] : []), dataCost(run), backward(run)];
}

function forward({ network, drops }: PreparedRun): Line[] {
  const { layers } = network;
  const body: Line[] = [];
  const cached: string[] = [];
  let below = "X";
  const drop = (l: number, A: string, units: number): string => {
    if (!drops[l]) return A;
    const kept = `A${l}_kept`;
    body.push([`${kept} = ${A} if D is None else ${A} * D[${l}] / keep[${l}]`, `(${units} × m)`]);
    cached.push(kept);
    return kept;
  };
  below = drop(0, "X", network.inputs);
  for (const [index, { units, activation }] of layers.entries()) {
    const l = index + 1;
    body.push([`Z${l} = p["W${l}"] @ ${below} + p["b${l}"]`, `(${units} × m)`]);
    body.push([`A${l} = ${activated(activation, `Z${l}`)}`, `(${units} × m)`]);
    cached.push(`Z${l}`, `A${l}`);
    below = index === layers.length - 1 ? "" : drop(l, `A${l}`, units);
  }
  const dropout = drops.some(Boolean);
  return [
    dropout ? "def forward(X, p, D=None):" : "def forward(X, p):",
    ...indented([
      dropout
        ? '"""All that backward needs; with masks D of 0 and 1 units are dropped, the others scaled up."""'
        : '"""The logits and activations of every layer."""',
      ...body,
      ...returned(cached.map((name) => `"${name}": ${name}`)),
    ]),
  ];
}

/** The dictionary in one line, or in as many as it needs. */
function returned(entries: readonly string[]): Line[] {
  const line = `return {${entries.join(", ")}}`;
  return line.length <= width ? [line] : ["return {", ...indented(wrapped(entries, width)), "}"];
}

function dataCost({ network, training }: PreparedRun): Line[] {
  const last = network.layers.length;
  const { units } = network.layers[last - 1];
  const Z = `c["Z${last}"]`;
  const A = `c["A${last}"]`;
  const weighted = training.classWeight !== undefined;
  const body: Line[] = [];
  switch (network.loss) {
    case "binaryCrossEntropy":
      body.push('"""Mean cross-entropy −[y log a + (1 − y) log(1 − a)], from the logits: no log of 0."""');
      body.push(`Z = ${Z}`);
      body.push(["losses = np.maximum(Z, 0) - Z * Y + np.log1p(np.exp(-np.abs(Z)))", `(${units} × m)`]);
      if (units > 1) body.push(["losses = np.sum(losses, axis=0, keepdims=True)", "(1 × m)"]);
      break;
    case "categoricalCrossEntropy":
      body.push('"""Mean cross-entropy −log a of the class each example is of, from the logits: no log of 0."""');
      body.push(`Z = ${Z} - np.max(${Z}, axis=0, keepdims=True)`);
      body.push(["log_total = np.log(np.sum(np.exp(Z), axis=0, keepdims=True))", "(1 × m)"]);
      body.push(["losses = np.sum(Y * (log_total - Z), axis=0, keepdims=True)", "(1 × m)"]);
      break;
    case "meanSquaredError":
      body.push('"""Mean squared error."""');
      body.push([`losses = np.mean((${A} - Y) ** 2, axis=0, keepdims=True)`, "(1 × m)"]);
  }
  body.push(`return float(np.mean(${weighted ? "weights * losses" : "losses"}))`);
  return [weighted ? "def data_cost(c, Y, weights=1):" : "def data_cost(c, Y):", ...indented(body)];
}

function penalty(): Line[] {
  return [
    "def penalty(p, m):",
    ...indented([
      '"""λ/(2m) Σ‖W‖², m the training examples; weights only, never biases."""',
      'return float(l2 / (2 * m) * sum(np.sum(W ** 2) for name, W in p.items() if name.startswith("W")))',
    ]),
  ];
}

function backward({ network, training, drops, penalized, pace }: PreparedRun): Line[] {
  const { layers } = network;
  const last = layers.length;
  const weighted = training.classWeight !== undefined;
  const batches = pace.stepsPerEpoch > 1;
  // λ/m has the m of the training set, which a batch is only a part of.
  const decay = (l: number): string => (penalized ? ` + l2 / ${batches ? "examples" : "m"} * p["W${l}"]` : "");
  const kept = (l: number): string => {
    if (drops[l]) return `c["A${l}_kept"]`;
    return l === 0 ? "X" : `c["A${l}"]`;
  };
  const output = layers[last - 1];
  const body: Line[] = ["m = X.shape[1]"];
  const shape = `(${output.units} × m)`;
  const A = `c["A${last}"]`;
  const withWeights = (text: string): string => (weighted ? `weights * (${text})` : text);
  if (network.loss === "meanSquaredError") {
    body.push([`dA${last} = ${withWeights(`2 * (${A} - Y)${output.units === 1 ? "" : ` / ${output.units}`}`)}`, shape]);
    body.push([`dZ${last} = ${backThrough(output.activation, `dA${last}`, `c["Z${last}"]`, A)}`, shape]);
  } else {
    body.push([`dZ${last} = ${withWeights(`${A} - Y`)}`, shape]);
  }
  for (let l = last; l >= 1; l--) {
    const { units } = layers[l - 1];
    const inputs = inputsOf(network, l - 1);
    body.push([`dW${l} = dZ${l} @ ${kept(l - 1)}.T / m${decay(l)}`, `(${units} × ${inputs})`]);
    body.push([`db${l} = np.sum(dZ${l}, axis=1, keepdims=True) / m`, `(${units} × 1)`]);
    if (l === 1) continue;
    const below = layers[l - 2];
    const dA = `dA${l - 1}`;
    body.push([`${dA} = p["W${l}"].T @ dZ${l}`, `(${inputs} × m)`]);
    if (drops[l - 1]) body.push([`${dA} = ${dA} * D[${l - 1}] / keep[${l - 1}]`, `(${inputs} × m)`]);
    const dZ = backThrough(below.activation, dA, `c["Z${l - 1}"]`, `c["A${l - 1}"]`);
    body.push([`dZ${l - 1} = ${dZ}`, `(${inputs} × m)`]);
  }
  const gradients = layers.map((_, index) => `"W${index + 1}": dW${index + 1}, "b${index + 1}": db${index + 1}`);
  const parameters = ["X", "Y", "p", "c"];
  if (drops.slice(1).some(Boolean)) parameters.push("D");
  if (penalized && batches) parameters.push("examples");
  if (weighted) parameters.push("weights");
  return [
    `def backward(${parameters.join(", ")}):`,
    ...indented([
      '"""The gradient of the cost by each weight and bias."""',
      ...body,
      "return {",
      ...indented(gradients.map((line) => `${line},`)),
      "}",
    ]),
  ];
}
