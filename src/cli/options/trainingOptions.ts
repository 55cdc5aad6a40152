import { type NumberRange, OptionError, requireNumber } from "../../constraint/constraint.js";
import { augmentationNames } from "../../data/augmentation/constraints.js";
import type { AugmentationStep } from "../../data/augmentation/spec.js";
import { averages } from "../../ops/generated/averages.js";
import { optimizers } from "../../ops/generated/optimizers.js";
import { schedules } from "../../ops/generated/schedules.js";
import { trainingConstraints } from "../../training/constraints.js";
import { trainingNames } from "../../training/parseTraining.js";
import type { TrainingChange } from "../../training/spec.js";
import { parseNumbers } from "../parse.js";
import { changesFromTexts, changeText } from "./changeText.js";
import { choice, choiceOrNone } from "./choices.js";
import { inEarlyStopping, lengthOf, listInTraining, patience } from "./earlyStopping.js";
import { stepFromText, stepText } from "./imageText.js";
import { name, number, numberOr, onOff, requireNumbers } from "./kinds.js";
import { inPart, type Option, type Place } from "./option.js";

/** How the network is trained. */
export const trainingOptions = {
  optimizer: choice(
    "optimizer",
    "How the weights are updated, with numbers as in adam:beta1=0.8",
    optimizers,
    inPart("training", "optimizer"),
    // In full it is one long word, which breaks the lines of the help.
    { byDefault: "adam, with β₂ 0.95 and weight decay 0.3" },
  ),
  epochs: number({ ...trainingConstraints.epochs, what: "most passes over the training set" }, lengthOf("epochs"), {
    byDefault: "10 for two classes, else 20",
    instead: "iterations",
  }),
  iterations: number(
    { ...trainingConstraints.iterations, what: "most update steps, instead of --epochs" },
    lengthOf("iterations"),
    { instead: "epochs" },
  ),
  learningRate: number(trainingConstraints.learningRate, inPart("training", "learningRate"), {
    byDefault: "by optimizer",
  }),
  schedule: choiceOrNone(
    "schedule",
    "How the learning rate changes over the run, with numbers as in cosine:warmup=0.1",
    schedules,
    inPart("training", "schedule"),
    "by data",
  ),
  batchSize: numberOr("all", trainingConstraints.batchSize, inPart("training", "batchSize"), {
    byDefault: "by number of rows",
  }),
  l1: perLayer(trainingConstraints.l1, inPart("training", "l1"), {
    brief: "λ of the L1 penalty λ/m Σ|W|, one for all layers or one a layer; with --l2 an elastic net (default 0)",
    placeholder: "0.1",
  }),
  l2: perLayer(trainingConstraints.l2, inPart("training", "l2"), {
    brief: "λ of the L2 penalty λ/(2m) Σ‖W‖², one for all layers or one a layer (default 0)",
    placeholder: "0.1",
  }),
  l2Schedule: choice("l2Schedule", "How λ of L2 changes over the run", schedules, inPart("training", "l2Schedule"), {
    byDefault: "constant",
  }),
  weightDecaySchedule: choice(
    "weightDecaySchedule",
    "How the optimizer's weight decay changes over the run",
    schedules,
    inPart("training", "weightDecaySchedule"),
    { byDefault: "constant" },
  ),
  clipNorm: numberOr("none", trainingConstraints.clipNorm, inPart("training", "clipNorm"), { byDefault: "none" }),
  clipValue: numberOr("none", trainingConstraints.clipValue, inPart("training", "clipValue"), { byDefault: "none" }),
  keep: perLayer(trainingConstraints.keep, inPart("training", "keep"), {
    brief:
      "Probability to keep a hidden unit, one for all layers or one a layer (default 0.9 for two classes, else 1: no dropout)",
    placeholder: "0.9,0.8",
  }),
  inputKeep: number(trainingConstraints.inputKeep, inPart("training", "inputKeep")),
  keepSchedule: choice(
    "keepSchedule",
    "How the share of units dropped changes over the run",
    schedules,
    inPart("training", "keepSchedule"),
    { byDefault: "constant" },
  ),
  dropoutReseed: number(trainingConstraints.dropoutReseed, inPart("training", "dropoutReseed"), {
    byDefault: "new masks at every step",
  }),
  classWeight: {
    ...inPart("training", "classWeight"),
    brief: "Weight of each class in the cost: balanced, none, or a list of numbers (default none)",
    placeholder: "balanced",
    search: "list",
    isList: true,
    fromText: (flag, text) =>
      text === "none" || text === "balanced" ? text : parseNumbers(flag, text, trainingConstraints.classWeight),
    fromPlain: (where, value) =>
      value === "none" || value === "balanced" ? value : requireNumbers(where, value, trainingConstraints.classWeight),
    toPlain: (value) => value,
  } satisfies Option<"none" | "balanced" | readonly number[]>,
  patience: numberOr(
    "none",
    { ...trainingConstraints.patience, what: "checks, one an epoch, without improvement before stopping" },
    patience,
  ),
  minDelta: number(trainingConstraints.minDelta, inEarlyStopping("minDelta"), { byDefault: "0" }),
  metric: name("What early stopping watches", trainingNames.metrics, inEarlyStopping("metric"), {
    byDefault: "cost",
    search: "list",
  }),
  average: choiceOrNone(
    "average",
    "Average of the weights over the run, which is watched on the validation rows and kept at the end",
    averages,
    inPart("training", "average"),
  ),
  changes: {
    ...listInTraining("changes"),
    brief:
      "Settings that change on the way, from a step on: learningRate, l1, l2, keep, inputKeep, clipNorm, clipValue",
    placeholder: "500:learningRate=1e-4",
    search: "list",
    fromText: (flag, text) => (text === "none" ? [] : changesFromTexts(flag, text.split(","))),
    fromPlain: changesFromTexts,
    toPlain: (value) => value.map(changeText),
  } satisfies Option<readonly TrainingChange[]>,
  augment: {
    get: ({ training: { augmentation } }) => augmentation?.steps ?? [],
    set: ({ training: { augmentation, ...training }, ...others }, steps) => ({
      ...others,
      training: { ...training, ...(steps.length > 0 && { augmentation: { ...augmentation, steps } }) },
    }),
    brief: `Change the training images anew in each epoch: ${augmentationNames.join(", ")}, each with =N or without`,
    placeholder: "rotation,shift=2",
    search: "list",
    isList: true,
    fromText: (flag, text) => (text === "none" ? [] : text.split(",").map((step) => stepFromText(flag, step))),
    fromPlain: (where, value) => {
      if (Array.isArray(value)) return value.map((step, i) => stepFromText(`${where}[${i}]`, step));
      throw new OptionError(`${where} must be an array of steps, got ${JSON.stringify(value)}`);
    },
    toPlain: (value) => value.map(stepText),
  } satisfies Option<readonly AugmentationStep[]>,
  recordEvery: number(trainingConstraints.recordEvery, inPart("training", "recordEvery"), {
    byDefault: "each epoch; with a full batch about 1,000 a run",
  }),
  recordCleanCost: onOff(
    "With dropout, also record the training cost with every unit kept",
    inPart("training", "recordCleanCost"),
  ),
} as const;

/** A number for all layers, or one a layer; a range of a sweep is of one for all. */
function perLayer(
  range: NumberRange,
  place: Place<number | readonly number[]>,
  said: { readonly brief: string; readonly placeholder: string },
): Option<number | readonly number[]> {
  return {
    ...place,
    ...said,
    search: "any",
    isList: true,
    fromText: (flag, text) => one(parseNumbers(flag, text, range)),
    fromPlain: (where, value) =>
      typeof value === "number" ? requireNumber(where, value, range) : one(requireNumbers(where, value, range)),
    toPlain: (value) => value,
  };
}

function one<T>(list: readonly T[]): T | readonly T[] {
  return list.length === 1 ? list[0] : list;
}
