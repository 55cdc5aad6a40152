import { activations } from "../../ops/generated/activations.js";
import { initializers } from "../../ops/generated/initializers.js";
import { lossTraits } from "../../ops/generated/lossTraits.js";
import { gain } from "../../ops/initializer/scaled.js";
import { denseConstraints } from "../../ops/layer/dense/dense.js";
import { hiddenActivations } from "../../ops/names.js";
import { dtypes } from "../../pipeline/parseConfiguration.js";
import { choice, choicePerLayer } from "./choices.js";
import { defaultOf, name, number, numbersFromText, requireNumbers } from "./kinds.js";
import {
  activationsIn,
  gainIn,
  initializersIn,
  plainInitializersIn,
  unitsIn,
  withActivations,
  withGain,
  withInitializers,
  withPlainInitializers,
  withUnits,
} from "./layers.js";
import { inPart, type Option } from "./option.js";
import { start } from "./runConfiguration.js";

const hidden = Object.fromEntries(hiddenActivations.map((name) => [name, activations[name]])) as typeof activations;

/** The network: its hidden layers, how it starts, what it minimizes. */
export const networkOptions = {
  hidden: {
    get: unitsIn,
    set: withUnits,
    brief: `Units of each hidden layer, or none${defaultOf(unitsIn(start))}`,
    placeholder: "64,32",
    search: "list",
    isList: true,
    fromText: (flag, text) => numbersFromText(flag, text, denseConstraints.units),
    fromPlain: (where, value) => requireNumbers(where, value, denseConstraints.units),
    toPlain: (value) => value,
  } satisfies Option<readonly number[]>,
  activation: choicePerLayer(
    "activation",
    "Activation of the hidden layers, one for all or one a layer, with numbers as in leakyRelu:0.3",
    hidden,
    { get: activationsIn, set: withActivations },
  ),
  init: choicePerLayer(
    "init",
    "How the weights start, one for all or one a layer (the output last), with numbers as in normal:0.1",
    initializers,
    { get: plainInitializersIn, set: withPlainInitializers },
    { get: initializersIn, set: withInitializers },
  ),
  gain: number(
    { ...gain.constraint, what: "multiplier of the initializer's standard deviation" },
    { get: gainIn, set: withGain },
  ),
  loss: choice(
    "loss",
    "What the network minimizes, with numbers as in huber:2",
    lossTraits,
    inPart("network", "loss"),
    { byDefault: "by task" },
  ),
  dtype: name("Precision", dtypes, inPart("network", "dtype"), {
    byDefault: "float32; of points float64",
    search: "list",
  }),
} as const;
