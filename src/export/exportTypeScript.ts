import type { Matrix } from "../array/matrix.js";
import { OptionError } from "../constraint/constraint.js";
import type { Dataset } from "../data/dataset.js";
import type { NormalizerJson } from "../data/fittedNormalizer.js";
import type { NetworkSpec } from "../network/spec.js";
import { layerTypescript } from "../ops/generated/layerTypescript.js";
import type { InnerLayer } from "../ops/layer/layer.js";
import { enclosed, type LayerTypeScript, literal, properties, typeScriptString } from "../ops/text/typescript.js";
import type { SourcedData } from "./dataToExport.js";
import { describe } from "./heading.js";
import { mostNumbers } from "./mostNumbers.js";
import { preparedRun } from "./preparedRun.js";
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
  const imports = new Set(["evaluate", "network", "train"]);
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
  const training = properties(run.training ?? {});
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
    "",
    ...(normalizer === undefined ? [] : [normalizerText(normalizer.toJSON()), ""]),
    dataText("data", data, normalizer !== undefined),
    ...(validation === undefined ? [] : [dataText("validation", validation, normalizer !== undefined)]),
    "",
    `const model = network(${networkText(run.network, layers)});`,
    "",
    `const run = await train(model, data, ${enclosed("{", training, "}")});`,
    "",
    "for (const { iteration, cost } of run.history) {",
    '  console.log("iteration", iteration, "cost", cost);',
    "}",
    ...(prepared.training.earlyStopping === undefined ? [] : ['console.log("best weights", run.best);']),
    'console.log("training", evaluate(model, data));',
    ...(validation === undefined ? [] : ['console.log("validation", evaluate(model, validation));']),
  ];
  return `${parts.join("\n")}\n`;
}

/** The specification, its layers as calls of the functions that make them. */
function networkText({ inputs, layers: _, ...others }: NetworkSpec, layers: readonly string[]): string {
  const lines = [`inputs: ${inputs}`, `layers: ${enclosed("[", layers, "]", "  ")}`, ...properties(others)];
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
