import type { Matrix } from "../array/matrix.js";
import { OptionError } from "../constraint/constraint.js";
import type { Dataset } from "../data/dataset.js";
import type { NormalizerJson } from "../data/normalizerJson.js";
import type { NetworkSpec } from "../network/spec.js";
import { layerTypescript } from "../ops/generated/layerTypescript.js";
import type { InnerLayer } from "../ops/layer/layer.js";
import { enclosed, type LayerTypeScript, literal, properties, typeScriptString } from "../ops/text/typescript.js";
import type { SourcedData } from "./dataToExport.js";
import { describe } from "./heading.js";
import { mostNumbers } from "./mostNumbers.js";
import { type PreparedRun, preparedRun } from "./preparedRun.js";
import type { RunToExport } from "./runToExport.js";

/**
 * A run as a TypeScript program on this library: it trains the same network on the same examples, to the same bits.
 *
 * @param run see `RunToExport`; a generator of the library is called, other examples are written out
 * @returns the text of a module
 * @throws OptionError, ShapeError or RangeError where `train` would not take the run, and OptionError for more than
 *   1,000,000 numbers of examples
 *
 * @example
 * import { dense } from "gradproof";
 * import { exportTypeScript } from "gradproof/export";
 * const program = exportTypeScript({
 *   network: { inputs: 2, layers: [dense(10, "relu"), dense(1, "sigmoid")], seed: 3 },
 *   training: { optimizer: "gradientDescent", learningRate: 0.1, iterations: 1000 },
 *   data: { generator: "circles", options: { examples: 300, seed: 1 } },
 * });
 * program.split("\n")[5]; // => "const data = circles({ examples: 300, seed: 1 });"
 */
export function exportTypeScript(run: RunToExport): string {
  const prepared = preparedRun("exportTypeScript()", run);
  const { data, validation, normalizer } = prepared;
  const ensemble = prepared.members > 1;
  const imports = new Set(ensemble ? ["evaluateMembers", "network", "trainMembers"] : ["evaluate", "network", "train"]);
  const generators = new Set<string>();
  const layerText = (layer: InnerLayer): string => {
    const text = callOf(layer);
    if (text === undefined) return literal(layer, "    ");
    imports.add(text.call);
    return `${text.call}(${text.arguments(layer, layerText).join(", ")})`;
  };
  const layers = run.network.layers.map(layerText);
  for (const source of [data, validation]) {
    if (source?.call !== undefined) generators.add(source.call.generator);
    else if (source !== undefined) imports.add("Matrix");
  }
  if (normalizer !== undefined) imports.add("type Dataset").add("Normalizer");
  const { seed: _, ...shared } = run.training ?? {};
  const training = properties((ensemble ? shared : run.training) ?? {});
  if (ensemble) training.push(`seed: ${memberSeed(prepared.training.seed, prepared.members)}`);
  if (validation !== undefined) training.push("validation");
  const sorted = [...imports].sort((a, b) => {
    const [x, y] = [a, b].map((name) => name.replace("type ", "").toLowerCase());
    return x < y ? -1 : 1;
  });
  const parts = [
    `// ${describe(prepared)}`,
    "",
    `${enclosed("import {", sorted, "}")} from "gradproof";`,
    ...(generators.size === 0 ? [] : [`import { ${[...generators].sort().join(", ")} } from "gradproof/data";`]),
    ...(prepared.tempers ? ['import { temper } from "gradproof/training";'] : []),
    "",
    ...(normalizer === undefined ? [] : [normalizerText(normalizer.toJSON()), ""]),
    dataText("data", data, normalizer !== undefined),
    ...(validation === undefined ? [] : [dataText("validation", validation, normalizer !== undefined)]),
    "",
    ...(ensemble
      ? ensembleText(prepared, run.network, layers, training)
      : runText(prepared, run.network, layers, training)),
  ];
  return `${parts.join("\n")}\n`;
}

/** A network alone: its training, its history, and what it comes to. */
function runText(
  { training: { earlyStopping }, validation, threshold, tempers }: PreparedRun,
  spec: NetworkSpec,
  layers: readonly string[],
  training: readonly string[],
): string[] {
  return [
    `const model = network(${networkText(spec, layers)});`,
    "",
    `const run = await train(model, data, ${enclosed("{", training, "}")});`,
    "",
    "for (const { iteration, cost } of run.history) {",
    '  console.log("iteration", iteration, "cost", cost);',
    "}",
    ...(earlyStopping === undefined ? [] : ['console.log("best weights", run.best);']),
    ...(tempers ? ['console.log("temperature", temper(model, validation));'] : []),
    `console.log("training", evaluate(model, data${at(threshold)}));`,
    ...(validation === undefined ? [] : [`console.log("validation", evaluate(model, validation${at(threshold)}));`]),
  ];
}

/** An ensemble: the training of all members, the history of each, and what their mean prediction comes to. */
function ensembleText(
  { members, network: { seed }, training: { earlyStopping }, validation, threshold, tempers }: PreparedRun,
  { seed: _, ...spec }: NetworkSpec,
  layers: readonly string[],
  training: readonly string[],
): string[] {
  const own = [`seed: ${memberSeed(seed, members)}`];
  return [
    `const networks = Array.from({ length: ${members} }, (_, k) => network(${networkText(spec, layers, own)}));`,
    "",
    `const options = (k: number) => (${enclosed("{", training, "}")});`,
    "const members = await trainMembers(networks.map((model, k) => ({ network: model, data, options: options(k) })));",
    "",
    "for (const [k, { run, failure }] of members.entries()) {",
    "  if (failure) throw failure;",
    '  for (const { iteration, cost } of run.history) console.log("member", k + 1, "iteration", iteration, "cost", cost);',
    ...(earlyStopping === undefined ? [] : ['  console.log("member", k + 1, "best weights", run.best);']),
    "}",
    ...(tempers ? ['for (const model of networks) console.log("temperature", temper(model, validation));'] : []),
    `console.log("training", evaluateMembers(networks, data${at(threshold)}));`,
    ...(validation === undefined
      ? []
      : [`console.log("validation", evaluateMembers(networks, validation${at(threshold)}));`]),
  ];
}

/** The option of a threshold, where the run has one. */
function at(threshold: number | undefined): string {
  return threshold === undefined ? "" : `, { threshold: ${threshold} }`;
}

/** The seed of member k: seeds go up to 2³² − 1 and then begin anew. */
function memberSeed(first: number, members: number): string {
  return first + members <= 2 ** 32 ? `${first} + k` : `(${first} + k) % 2 ** 32`;
}

/** The specification, its layers as calls of the functions that make them. */
function networkText(
  { inputs, layers: _, ...others }: NetworkSpec,
  layers: readonly string[],
  own: readonly string[] = [],
): string {
  const lines = [`inputs: ${inputs}`, `layers: ${enclosed("[", layers, "]", "  ")}`, ...properties(others), ...own];
  return `{\n${lines.map((line) => `  ${line},\n`).join("")}}`;
}

/** The function that makes a layer, for those that have one. */
function callOf({ type }: InnerLayer): LayerTypeScript<InnerLayer> | undefined {
  const texts = layerTypescript as unknown as Readonly<Record<string, LayerTypeScript<InnerLayer>>>;
  return Object.hasOwn(texts, type) ? texts[type] : undefined;
}

function dataText(name: string, { data, call }: SourcedData, normalize: boolean): string {
  const text = call === undefined ? datasetText(name, data) : `${call.generator}(${argument(call.options)})`;
  return `const ${name} = ${normalize ? `normalized(${text})` : text};`;
}

function argument(options: object | undefined): string {
  return options === undefined || Object.keys(options).length === 0 ? "" : literal(options);
}

function datasetText(name: string, { X, Y, featureNames, classNames }: Dataset): string {
  if (X.data.length + Y.data.length > mostNumbers) {
    throw new OptionError(
      `exportTypeScript(): ${name} is ${X.rows + Y.rows} × ${X.columns} numbers; a program can hold ${mostNumbers}, ` +
        "so give fewer examples",
    );
  }
  const lists = { featureNames, classNames };
  return enclosed("{", [`X: ${matrixText(X, featureNames)}`, `Y: ${matrixText(Y)}`, ...properties(lists)], "}");
}

/** A row of numbers a line, or as many lines as they need. */
function matrixText(A: Matrix, names?: readonly string[]): string {
  const rows = Array.from({ length: A.rows }, (_, i) => {
    const comment = names?.[i] === undefined ? "" : `    // ${typeScriptString(names[i])}\n`;
    return `${comment}    ${literal(Array.from(A.rowData(i)), "    ")},\n`;
  });
  const dtype = A.dtype === "float32" ? ', "float32"' : "";
  return `Matrix.from([ // (${A.rows} × ${A.columns})\n${rows.join("")}  ]${dtype})`;
}

function normalizerText(json: NormalizerJson): string {
  return [
    `const normalizer = Normalizer.fromJSON(${literal(json)});`,
    "const normalized = (part: Dataset): Dataset => ({ ...part, X: normalizer.apply(part.X) });",
  ].join("\n");
}
