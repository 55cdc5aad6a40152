import type { SearchField } from "../../sweep/parseSearch.js";
import type { Settings, SettingValue } from "../../sweep/space.js";
import { flagName } from "../flags.js";
import { type TrainConfig, trainFields } from "../train/config.js";

/** A number a layer is written with dashes, `32-16`: commas separate the values to try. The dash of `1e-3` is none. */
function perLayer(name: "hidden" | "keep"): SearchField {
  return { fromText: (where, text) => trainFields[name].fromText(where, text.replace(/(?<=[\d.])-/g, ",")) };
}

function numeric(name: "gain" | "learningRate" | "batchSize" | "l2" | "epochs", range: "whole" | "any"): SearchField {
  return { fromText: trainFields[name].fromText, range };
}

/** What `--search` can search, by the names of the flags of `gradproof train`. */
export const searchFields = {
  l2: numeric("l2", "any"),
  keep: {
    // A range is of one probability for all layers.
    fromText: (where, text) => onlyOne(perLayer("keep").fromText(where, text)),
    range: "any",
  },
  init: { fromText: trainFields.init.fromText },
  gain: numeric("gain", "any"),
  learningRate: numeric("learningRate", "any"),
  batchSize: numeric("batchSize", "whole"),
  epochs: numeric("epochs", "whole"),
  hidden: perLayer("hidden"),
  activation: { fromText: trainFields.activation.fromText },
  optimizer: { fromText: trainFields.optimizer.fromText },
  classWeight: { fromText: trainFields.classWeight.fromText },
} as const satisfies Partial<Record<keyof TrainConfig, SearchField>>;

function onlyOne(value: SettingValue): SettingValue {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

/** Settings as the options of a training run. */
export function configOf(settings: Settings): Partial<TrainConfig> {
  const entries = Object.entries(settings).map(([name, value]) => {
    const field = trainFields[name as keyof TrainConfig];
    return [name, field.check(flagName(name), name === "keep" && typeof value === "number" ? [value] : value)];
  });
  return Object.fromEntries(entries);
}

/** A setting as it is written after `--search`. */
export function settingText(value: SettingValue): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join("-");
  return String(value);
}
