import { buildCommand } from "@stricli/core";
import type { CliContext } from "../context.js";
import { flagName, jsonFlag, pathFlag } from "../flags.js";
import { type TrainConfig, trainFields } from "./config.js";

export interface TrainFlags extends Partial<TrainConfig> {
  readonly test?: string;
  readonly config?: string;
  readonly out?: string;
  readonly tensorboard?: string;
  readonly json?: boolean;
}

export const trainCommand = buildCommand<TrainFlags, [string], CliContext>({
  loader: async () => (await import("./train.js")).train,
  parameters: {
    flags: {
      target: flag("target"),
      task: flag("task"),
      drop: flag("drop"),
      hidden: flag("hidden"),
      activation: flag("activation"),
      init: flag("init"),
      gain: flag("gain"),
      optimizer: flag("optimizer"),
      learningRate: flag("learningRate"),
      epochs: flag("epochs"),
      batchSize: flag("batchSize"),
      l2: flag("l2"),
      keep: flag("keep"),
      validation: flag("validation"),
      patience: flag("patience"),
      classWeight: flag("classWeight"),
      seed: flag("seed"),
      normalize: { kind: "boolean", brief: trainFields.normalize.brief, optional: true },
      image: flag("image"),
      augment: flag("augment"),
      dtype: flag("dtype"),
      engine: flag("engine"),
      threads: flag("threads"),
      test: pathFlag("Table to test the finished model on", "FILE.csv"),
      config: pathFlag("Take the options from this file, as an earlier run wrote it; flags override it", "FILE.json"),
      out: pathFlag("Folder for model, configuration, history and report (default: a new one in runs/)", "DIR"),
      tensorboard: pathFlag(
        "Write costs, metrics and histograms of the weights for TensorBoard into this folder",
        "DIR",
      ),
      json: jsonFlag,
    },
    positional: {
      kind: "tuple",
      parameters: [
        { brief: "Table with a header, comma-separated or the like", placeholder: "file.csv", parse: String },
      ],
    },
  },
  docs: {
    brief: "Train a model on a table",
    fullDescription:
      "Train a model on a table: `gradproof train data.csv --target y` is enough for a good one. Text columns are one-hot " +
      "encoded. Training ends when the validation set shows no more improvement; the best weights are kept. Ctrl-C ends " +
      "it early and saves the best weights so far.",
  },
});

function flag<K extends keyof TrainConfig>(name: K) {
  const { brief, placeholder, fromText } = trainFields[name];
  return {
    kind: "parsed",
    parse: (text: string): TrainConfig[K] => fromText(flagName(name), text),
    brief,
    placeholder,
    optional: true,
  } as const;
}
