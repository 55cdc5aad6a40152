import { OptionError } from "../constraint/constraint.js";
import { requireList, requireRecord } from "../constraint/kinds.js";
import type { Augmentation } from "../data/augmentation/spec.js";
import { type Dataset, exampleCount, type Task } from "../data/dataset.js";
import { codeSizes, featureNames as featureNamesOf } from "../data/featureRule.js";
import { dense } from "../network/dense.js";
import { lossOf } from "../network/loss.js";
import { lossIn } from "../network/network.js";
import { type CompleteNetworkSpec, parseNetworkSpec } from "../network/parseSpec.js";
import { programOf } from "../network/program.js";
import type { LayerSpec } from "../network/spec.js";
import { nameOf } from "../ops/choice.js";
import { lossTraits } from "../ops/generated/lossTraits.js";
import { optimizers } from "../ops/generated/optimizers.js";
import { outputTargets } from "../ops/loss/outputTargets.js";
import {
  type ActivationName,
  type LossName,
  type LossSpec,
  lossesFor,
  lossFor,
  type OptimizerSpec,
  outputActivationOf,
} from "../ops/names.js";
import { type CompleteTrainingSpec, parseTrainingSpec } from "../training/parseTraining.js";
import type { Configuration, ImageSize, NetworkTemplate, TrainingTemplate } from "./configuration.js";
import { type Defaults, defaultsOf, output } from "./defaults.js";
import { epochsFor } from "./effort.js";
import { fillLayer } from "./fillLayers.js";
import { requirePixels } from "./imageNormalizer.js";
import { learnsCounts } from "./learnsCounts.js";
import { parseNetworkTemplate } from "./parseConfiguration.js";
import { classCounts, type Prepared } from "./prepare.js";
import { requireConfiguration } from "./requireConfiguration.js";
import { watchedMetric } from "./watchedMetric.js";

/** A run that knows its data: nothing is left open. */
export interface ResolvedRun {
  readonly network: CompleteNetworkSpec;
  readonly training: CompleteTrainingSpec;
}

/** What a configuration needs to know of the data. */
type Facts = Pick<Prepared, "encoder" | "train" | "folds">;

/**
 * Fills in what a configuration leaves to the data: inputs, the last layer, the batch size, what early stopping watches.
 *
 * @throws OptionError naming what does not fit the data, or is out of its range
 *
 * @example
 * import { parseCsv } from "gradproof/csv";
 * import { prepare, resolve } from "gradproof/pipeline";
 * const rows = Array.from({ length: 20 }, (_, i) => `${i},${i % 2 === 0 ? "even" : "odd"}`);
 * const configuration = { data: { target: "y" }, training: { epochs: 5 } };
 * const { network, training } = resolve(configuration, prepare(parseCsv(["x,y", ...rows].join("\n")), configuration));
 * network.layers.length; // => 4
 * training.batchSize; // => 20
 */
export function resolve(configuration: Configuration, prepared: Facts): ResolvedRun {
  requireConfiguration("resolve()", configuration);
  const { encoder, train } = requireRecord("resolve(): prepared", prepared, "what prepare() returns");
  const fitted = requireRecord("resolve(): prepared.encoder", encoder);
  for (const list of ["featureNames", "features"]) requireList(`resolve(): prepared.encoder.${list}`, fitted[list]);
  exampleCount(train as Dataset, "resolve(): prepared.train");
  const network = networkFor(configuration, prepared);
  return { network, training: trainingFor(configuration, prepared, network) };
}

/** The network of a configuration for data that are there. */
function networkFor(configuration: Configuration, { encoder, train }: Facts): CompleteNetworkSpec {
  const defaults = defaultsOf(configuration);
  const { network } = configuration;
  const features = encoder.featureNames.length;
  const given = network && parseNetworkTemplate(network, "network");
  const { layers, inputs = features, ...others } = { ...defaults.network, ...given };
  if (inputs !== features) {
    throw new OptionError(
      `network: inputs is ${inputs}, the data has ${features} ${features === 1 ? "feature" : "features"}; leave inputs out, which follows from the data`,
    );
  }
  const spec = parseNetworkSpec(
    {
      dtype: train.X.dtype,
      ...others,
      inputs,
      layers: layersFor(layers, { encoder, train }, others.loss),
    },
    "network",
  );
  requireOutputs(spec, { encoder, train }, others.loss);
  return spec;
}

/** The layers with what they leave to the data: the output, and what the first takes of the features. */
function layersFor(
  layers: NonNullable<NetworkTemplate["layers"]>,
  { encoder: { features, featureNames, task, classNames }, train }: Facts,
  loss: LossSpec | undefined,
): LayerSpec[] {
  const sizes = codeSizes(features);
  const columns = features.flatMap((rule) => featureNamesOf(rule).map(() => rule.name));
  const known = featureNames.map((name, i) => ({
    name,
    column: columns[i],
    codes: sizes[i],
    values: () => train.X.rowData(i),
  }));
  return layers.map((layer, l) => {
    if (layer.type === output.type) {
      const units = task === "multiclass" ? (classNames?.length ?? 0) : 1;
      return dense(units, outputActivation(task, loss), startOfCounts(loss, train));
    }
    // parseNetworkSpec checks it next.
    return fillLayer(`network: layer ${l + 1}`, layer, l === 0 ? known : []) as LayerSpec;
  });
}

/** Counts have no mean of 0, as normalized targets do: their output starts from the mean of the training examples. */
function startOfCounts(loss: LossSpec | undefined, { Y }: Dataset): { readonly bias?: number } {
  if (loss === undefined || !learnsCounts({ network: { loss } })) return {};
  const { mean } = outputTargets(Y.rowData(0), (y) => y / Y.columns);
  return mean > 0 ? { bias: lossOf({ loss: lossIn(loss) }).logitOf(mean) } : {};
}

/** The activation of the outputs for the data's task, which a loss that is named must be for. */
function outputActivation(task: Task, loss: LossSpec | undefined = lossFor(task)): ActivationName {
  const name = nameOf(loss);
  if (lossTraits[name].task !== task) throw otherTask(name, task);
  return outputActivationOf(name);
}

function otherTask(loss: LossName, task: Task): OptionError {
  return new OptionError(
    `network: the loss ${loss} is for the task ${lossTraits[loss].task}, the data is ${task}; ` +
      `leave the loss out, which follows from the data, or choose one for ${task}: ${lossesFor(task).join(", ")}` +
      // Counts of a few values look like classes.
      (lossTraits[loss].task === "regression" ? "; where the target is a number, say task regression" : ""),
  );
}

/** Checks that the last layer answers what the data ask. */
function requireOutputs(
  { inputs, layers, loss }: CompleteNetworkSpec,
  { encoder, train }: Facts,
  given: NetworkTemplate["loss"],
): void {
  const [units, needed] = [programOf(inputs, layers).outputs, train.Y.rows];
  const { task } = lossTraits[nameOf(loss)];
  // Sigmoids beside one another answer several classes too, each for itself.
  if (units === needed && (task === "regression") === (encoder.task === "regression")) return;
  if (given !== undefined && units === needed) throw otherTask(nameOf(given), encoder.task);
  throw new OptionError(
    `network: the last layer has ${units} ${units === 1 ? "unit" : "units"} for the task ${task}, ` +
      `the data needs ${needed} for ${encoder.task}; give { "type": "output" } as the last layer, which follows from the data`,
  );
}

/** The training of a configuration for data and a network that are there. */
function trainingFor(
  configuration: Configuration,
  prepared: Facts,
  network: CompleteNetworkSpec,
): CompleteTrainingSpec {
  const { encoder, train } = prepared;
  const defaults = defaultsOf(configuration);
  const { data, training } = configuration;
  const given: TrainingTemplate = training ?? {};
  const { task } = encoder;
  const examples = train.X.columns;
  const { augmentation, classWeight } = given;
  const { earlyStopping } = { ...defaults.training, ...given };
  if (classWeight !== undefined && classWeight !== "none" && task === "regression") {
    throw new OptionError("--class-weight weighs classes; this target is a number (task regression)");
  }
  const { schedule, ...all } = { ...defaults.training, ...given };
  return parseTrainingSpec(
    {
      ...((given.iterations ?? given.epochs) === undefined && { epochs: epochsFor(configuration, prepared, network) }),
      keep: defaults.keep(task),
      ...all,
      ...(schedule !== undefined && schedule !== "none" && { schedule }),
      learningRate: given.learningRate ?? learningRateOf(all.optimizer, defaults),
      batchSize: batchSizeFor(given, examples, defaults),
      ...(earlyStopping !== "none" && {
        earlyStopping: {
          patience: defaults.patience,
          metric: defaults.version > 3 ? "cost" : watchedMetric(given, task, classCounts(encoder, train)),
          ...earlyStopping,
        },
      }),
      ...(augmentation && { augmentation: sized(augmentation, data?.image, train.X.rows) }),
    },
    "training",
  );
}

/** The learning rate of an optimizer that is given none. */
export function learningRateOf(optimizer: OptimizerSpec, { learningRate }: Defaults): number {
  const name = nameOf(optimizer);
  return learningRate[name] ?? optimizers[name].learningRate;
}

function batchSizeFor({ batchSize }: TrainingTemplate, examples: number, defaults: Defaults): number | "all" {
  if (batchSize === "all") return batchSize;
  return Math.min(batchSize ?? defaults.batchSize(examples), examples);
}

/** The augmentation with the size of the images, its own or the data's. */
function sized(
  augmentation: NonNullable<TrainingTemplate["augmentation"]>,
  image: ImageSize | undefined,
  features: number,
): Augmentation {
  const { steps, ...own } = augmentation;
  const size = { ...image, ...own };
  const { height, width } = size;
  if (height === undefined || width === undefined) {
    throw new OptionError("--augment needs the size of the images: --image 28x28, or data.image in a configuration");
  }
  requirePixels({ ...size, height, width }, features);
  return { ...size, height, width, steps };
}
