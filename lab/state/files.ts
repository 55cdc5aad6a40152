import { network, networkWith, parseTrainingSpec, taskOf } from "gradproof";
import { type Tensor, writeSafetensors } from "gradproof/formats";
import { formatNpz } from "gradproof/npy";
import { nameOf } from "gradproof/ops";
import { type PointSource, pointsOf } from "gradproof/pipeline";
import type { RunSpec } from "../experiment/experiment.js";

/** Hands a file to the reader. */
export function download(name: string, content: string | Uint8Array<ArrayBuffer>, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Every point of a data source as CSV, the training points first. */
export function csvOf(source: PointSource): string {
  const { train, validation: test } = pointsOf(source);
  const names = train.featureNames ?? Array.from({ length: train.X.rows }, (_, i) => `x${i + 1}`);
  const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [[...names, "target"].map(cell).join(",")];
  for (const { X, Y, classNames } of [train, test]) {
    for (let j = 0; j < X.columns; j++) {
      const features = Array.from({ length: X.rows }, (_, i) => String(X.get(i, j)));
      lines.push([...features, cell(targetOf(Y.rows, (k) => Y.get(k, j), classNames))].join(","));
    }
  }
  return `${lines.join("\n")}\n`;
}

function targetOf(rows: number, y: (k: number) => number, classNames: readonly string[] | undefined): string {
  if (classNames === undefined) return String(y(0));
  if (rows === 1) return classNames[y(0)];
  let k = 0;
  while (k < rows - 1 && y(k) === 0) k++;
  return classNames[k];
}

/** What `gradproof train data.csv --config FILE` takes of a run. It splits the points by itself, so its numbers differ. */
export function commandLineConfig({ network: spec, training, normalize }: RunSpec, source: PointSource): string {
  const { layers } = spec;
  const { initializer, seed } = network(spec).spec;
  const { optimizer, learningRate, iterations, epochs, batchSize, l2, keep, earlyStopping, augmentation } =
    parseTrainingSpec(training);
  const { train, validation: test } = pointsOf(source);
  const m = train.X.columns;
  const [first] = layers;
  const activation = nameOf(first.activation);
  const type = nameOf(initializer);
  const config = {
    target: "target",
    task: taskOf(network(spec)),
    hidden: layers.slice(0, -1).map(({ units }) => units),
    ...(layers.length > 1 && { activation }),
    init: type,
    ...(typeof initializer !== "string" && "gain" in initializer && { gain: initializer.gain }),
    optimizer: optimizer.type,
    learningRate,
    // The command line counts epochs; a full batch is one.
    epochs: epochs ?? Math.max(1, Math.round((iterations ?? 1000) / Math.ceil(m / (batchSize ?? m)))),
    batchSize: Math.min(batchSize ?? m, m),
    l2,
    keep: typeof keep === "number" ? [keep] : keep,
    validation: Number((test.X.columns / (m + test.X.columns)).toFixed(4)),
    ...(augmentation && {
      image: `${augmentation.height}x${augmentation.width}`,
      augment: augmentation.steps.map((step) => (typeof step === "string" ? step : step.type)),
    }),
    ...(earlyStopping && { patience: earlyStopping.patience }),
    seed,
    normalize,
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

/** The weights as NumPy's archive of arrays, by the names of the parameters: `np.load("weights.npz")["W1"]`. */
export function weightsArchive(
  { network: spec }: RunSpec,
  theta: Float64Array | Float32Array,
): Uint8Array<ArrayBuffer> {
  const { layout, parameters } = networkWith(spec, theta);
  return Uint8Array.from(formatNpz(new Map(layout.map(({ name }) => [name, parameters[name]]))));
}

/** The weights as safetensors, by the names of the parameters. */
export function weightsFile({ network: spec }: RunSpec, theta: Float64Array | Float32Array): Uint8Array<ArrayBuffer> {
  const { layout, parameters } = networkWith(spec, theta);
  const dtype = theta instanceof Float32Array ? "F32" : "F64";
  const tensors = new Map(
    layout.map(({ name, rows, columns }) => [
      name,
      { dtype, shape: [rows, columns], data: parameters[name].data.slice() } as Tensor,
    ]),
  );
  return Uint8Array.from(writeSafetensors({ tensors, metadata: new Map([["format", "gradproof"]]) }));
}
