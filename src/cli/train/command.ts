import { buildCommand } from "@stricli/core";
import { trainingConstraints } from "../../training/constraints.js";
import type { CliContext } from "../context.js";
import { jsonFlag, labelsFlag, overwriteFlag, pathFlag } from "../flags.js";
import { type OptionFlags, optionFlags } from "../options/optionFlags.js";
import { parseNumber } from "../parse.js";

export interface TrainFlags extends OptionFlags {
  readonly labels?: string;
  readonly test?: string;
  readonly testLabels?: string;
  readonly config?: string;
  readonly out?: string;
  readonly checkpointEvery?: number;
  readonly resume?: string;
  readonly overwrite?: boolean;
  readonly tensorboard?: string;
  readonly applyAdvice?: boolean;
  readonly json?: boolean;
}

export const trainCommand = buildCommand<TrainFlags, [string?], CliContext>({
  loader: async () => (await import("./train.js")).train,
  parameters: {
    flags: {
      ...optionFlags(),
      labels: labelsFlag,
      test: pathFlag("Table, arrays or images to test the finished model on", "FILE"),
      testLabels: pathFlag("Labels of --test, where it is arrays or images", "FILE"),
      config: pathFlag("Take the options from this file, as an earlier run wrote it; flags override it", "FILE.json"),
      out: pathFlag("Folder for model, configuration, history and report (default: a new one in runs/)", "DIR"),
      overwrite: overwriteFlag,
      checkpointEvery: {
        kind: "parsed",
        parse: (text: string) => parseNumber("--checkpoint-every", text, trainingConstraints.checkpointEvery),
        brief: "Save the run every so many epochs, to go on with --resume after whatever ended it",
        placeholder: "N",
        optional: true,
      },
      resume: pathFlag("Go on with the run in this folder, to the same numbers as if it had never ended", "DIR"),
      tensorboard: pathFlag(
        "Write costs, metrics and histograms of the weights for TensorBoard into this folder",
        "DIR",
      ),
      applyAdvice: {
        kind: "boolean",
        brief: "Train again with what the doctor advises, and show both runs side by side",
        optional: true,
        withNegated: false,
      },
      json: jsonFlag,
    },
    positional: {
      kind: "tuple",
      parameters: [
        {
          brief: "Table with a header (CSV), arrays (.npy, .npz, .mat) as X and y, or images (IDX)",
          placeholder: "file",
          parse: String,
          optional: true,
        },
      ],
    },
  },
  docs: {
    brief: "Train a model on a table or on images",
    fullDescription:
      "Train a model on a table: `gradproof train data.csv --target y` is enough for a good one, an ensemble of networks that " +
      "each hold out a fold of the rows. Training runs through its epochs; with --patience it ends once the validation cost no " +
      "longer improves, and keeps the best weights. Ctrl-C ends it early and saves the weights so far (the best, with " +
      "--patience), as do SIGTERM and a terminal that closes. With --checkpoint-every a run " +
      "that ended early, whatever ended it, goes on with `gradproof train --resume DIR`. Images: `gradproof train " +
      "train-images.idx3-ubyte.gz --labels train-labels.idx1-ubyte.gz`.",
  },
});
