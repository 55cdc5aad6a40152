import { OptionError } from "../../constraint/constraint.js";
import type { TrainingTemplate } from "../../pipeline/configuration.js";
import type { EarlyStopping } from "../../training/spec.js";
import { flagName } from "../flags.js";
import type { Place } from "./option.js";

/** Of early stopping, which may be none. */
export const patience: Place<number | "none"> = {
  get: ({ training: { earlyStopping } }) => (earlyStopping === "none" ? "none" : earlyStopping?.patience),
  set: (configuration, value) => {
    const { training } = configuration;
    const { earlyStopping } = training;
    const others = typeof earlyStopping === "object" ? earlyStopping : {};
    return {
      ...configuration,
      training: { ...training, earlyStopping: value === "none" ? value : { ...others, patience: value } },
    };
  },
};

/** Where a key of early stopping lies, which must not be none. */
export function inEarlyStopping<Key extends "metric" | "minDelta">(key: Key): Place<NonNullable<EarlyStopping[Key]>> {
  return {
    get: ({ training: { earlyStopping } }) =>
      typeof earlyStopping === "object" ? (earlyStopping[key] ?? undefined) : undefined,
    set: (configuration, value) => {
      const { training } = configuration;
      const { earlyStopping = {} } = training;
      if (earlyStopping === "none") {
        throw new OptionError(`${flagName(key)} is of early stopping, which is switched off; give --patience N too`);
      }
      return { ...configuration, training: { ...training, earlyStopping: { ...earlyStopping, [key]: value } } };
    },
  };
}

/** The length of a run in epochs or in steps: one takes the place of the other. */
export function lengthOf(unit: "epochs" | "iterations"): Place<number> {
  return {
    get: ({ training }) => training[unit],
    set: (configuration, value) => {
      const { epochs: _, iterations: __, ...others } = configuration.training;
      return { ...configuration, training: { [unit]: value, ...others } };
    },
  };
}

/** A list that an empty one leaves out. */
export function listInTraining<Key extends "changes">(key: Key): Place<NonNullable<TrainingTemplate[Key]>> {
  return {
    get: ({ training }) => training[key] ?? [],
    set: (configuration, value) => {
      const { [key]: _, ...others } = configuration.training;
      return { ...configuration, training: { ...others, ...(value.length > 0 && { [key]: value }) } };
    },
  };
}
