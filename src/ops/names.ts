import type { ActivationDefinition } from "./activation/activation.js";
import { type ChoiceSpec, type CompleteChoice, namesOf } from "./choice.js";
import { activations } from "./generated/activations.js";
import { averages } from "./generated/averages.js";
import { initializers } from "./generated/initializers.js";
import { lossTraits } from "./generated/lossTraits.js";
import { optimizers } from "./generated/optimizers.js";
import { schedules } from "./generated/schedules.js";
import type { LossTraits } from "./loss/loss.js";

/** Names of the activations, those for the last layer only among them. */
export type ActivationName = keyof typeof activations;
/** An activation g: a name, or its type and numbers. */
export type ActivationSpec = ChoiceSpec<typeof activations>;

export type LossName = keyof typeof lossTraits;
/** What the network minimizes, computed from the last layer: a name, or its type and numbers. */
export type LossSpec = ChoiceSpec<typeof lossTraits>;

export type InitializerName = keyof typeof initializers;
/** How the weights of a layer start: a name, or its type and numbers. */
export type InitializerSpec = ChoiceSpec<typeof initializers>;

/** An average of the weights: a name, or its type and numbers. */
export type AverageSpec = ChoiceSpec<typeof averages>;
/** An average with every number filled in. */
export type CompleteAverageSpec = CompleteChoice<typeof averages>;

export type OptimizerName = keyof typeof optimizers;
/** A bare name takes the defaults; numbers not given keep theirs. */
export type OptimizerSpec = ChoiceSpec<typeof optimizers>;
/** An optimizer with every number filled in. */
export type CompleteOptimizerSpec = CompleteChoice<typeof optimizers>;

export type ScheduleName = keyof typeof schedules;
/** By what a setting is multiplied as the run goes: a name, or its type and numbers. */
export type ScheduleSpec = ChoiceSpec<typeof schedules>;
/** A schedule with every number filled in. */
export type CompleteScheduleSpec = CompleteChoice<typeof schedules>;

/** Names that specifications may use, for flags and messages. */
export const names = {
  // Pure calls: bundlers leave out what nobody asks for, and the registries behind it.
  activations: /* @__PURE__ */ namesOf(activations),
  losses: /* @__PURE__ */ namesOf(lossTraits),
  initializers: /* @__PURE__ */ namesOf(initializers),
  optimizers: /* @__PURE__ */ namesOf(optimizers),
  averages: /* @__PURE__ */ namesOf(averages),
  schedules: /* @__PURE__ */ namesOf(schedules),
} as const;

/**
 * The definition of an activation.
 *
 * @example
 * import { activationNamed } from "gradproof/ops";
 * activationNamed("softmax").traits.lastOnly; // => true
 */
export function activationNamed(name: ActivationName): ActivationDefinition {
  return activations[name];
}

/** The loss for the task where none is named. */
export function lossFor(task: LossTraits["task"]): LossName {
  const found = defaultLosses.find((name) => lossNamed(name).task === task);
  if (found === undefined) throw new Error(`there is no loss for the task ${task}`);
  return found;
}

/**
 * The activation of the outputs for the task: the one its loss is made for, or the identity.
 *
 * @example
 * import { outputActivationFor } from "gradproof/ops";
 * outputActivationFor("multiclass"); // => "softmax"
 */
export function outputActivationFor(task: LossTraits["task"]): ActivationName {
  return outputActivationOf(lossFor(task));
}

/**
 * The activation of the outputs under a loss: the one it is made for, or the identity.
 *
 * @example
 * import { outputActivationOf } from "gradproof/ops";
 * outputActivationOf("poisson"); // => "exponential"
 * outputActivationOf("huber"); // => "linear"
 */
export function outputActivationOf(loss: LossName): ActivationName {
  const { activation } = lossNamed(loss);
  const found = names.activations.find((name) =>
    activation === undefined ? activationNamed(name).traits.identity : name === activation,
  );
  if (found === undefined) throw new Error(`there is no output activation for the loss ${loss}`);
  return found;
}

/**
 * All losses for a task.
 *
 * @example
 * import { lossesFor } from "gradproof/ops";
 * lossesFor("multiclass"); // => ["categoricalCrossEntropy", "categoricalFocal"]
 */
export function lossesFor(task: LossTraits["task"]): readonly LossName[] {
  return names.losses.filter((name) => lossNamed(name).task === task);
}

/** The losses that are taken where none is named: one a task. */
export const defaultLosses: readonly LossName[] = /* @__PURE__ */ namesOf(lossTraits).filter(
  (name) => lossNamed(name).byDefault,
);

function lossNamed(name: LossName): LossTraits {
  return lossTraits[name];
}

/** Activations that every layer may have. */
export const hiddenActivations: readonly ActivationName[] = /* @__PURE__ */ namesOf(activations).filter(
  (name) => !activationNamed(name).traits.lastOnly,
);
