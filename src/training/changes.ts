import { OptionError, requireNumber, requireObject, show } from "../constraint/constraint.js";
import { trainingConstraints } from "./constraints.js";
import type { TrainingChange, TrainingSpec } from "./spec.js";

/** What a change may change. */
export type ChangeOptions = Omit<TrainingChange, "iteration">;

/** The settings that may change during a run. */
type Settings = Required<Pick<TrainingSpec, "learningRate" | "l2" | "keep" | "inputKeep">> &
  Pick<TrainingSpec, "clipNorm" | "clipValue">;

const changeable = ["learningRate", "l2", "keep", "inputKeep", "clipNorm", "clipValue"] as const;

/** A specification with all of them given. */
type Changeable = Settings & Pick<TrainingSpec, "changes">;

/** The settings as they are at one of the steps. */
export interface SettingsNow extends Settings {
  /** Step of the next change; ∞ where there is none. */
  readonly until: number;
}

/** The settings of step `iteration`. */
export function settingsAt(spec: Changeable, iteration: number): SettingsNow {
  const { learningRate, l2, keep, inputKeep, clipNorm, clipValue, changes = [] } = spec;
  let settings: Settings = {
    ...{ learningRate, l2, keep, inputKeep },
    ...(clipNorm !== undefined && { clipNorm }),
    ...(clipValue !== undefined && { clipValue }),
  };
  for (const { iteration: from, ...change } of changes) {
    if (from > iteration) return { ...settings, until: from };
    settings = { ...settings, ...change };
  }
  return { ...settings, until: Number.POSITIVE_INFINITY };
}

/** The specification with one change more, from step `iteration` on. */
export function withChange<Spec extends Changeable>(spec: Spec, iteration: number, change: ChangeOptions): Spec {
  const { changes = [] } = spec;
  const there = changes.find((other) => other.iteration === iteration);
  const added = parseChange("TrainingSession.change()", { ...there, ...change, iteration });
  const others = changes.filter((other) => other !== there);
  return { ...spec, changes: [...others, added].sort((a, b) => a.iteration - b.iteration) };
}

/** Changes that may come from a file or a link: in the order of their steps. */
export function parseChanges(where: string, value: unknown): readonly TrainingChange[] {
  if (!Array.isArray(value)) {
    throw new OptionError(
      `${where}: changes must be an array such as [{ iteration: 500, l2: 0.1 }], got ${show(value)}`,
    );
  }
  const changes = value.map((change: unknown, i) => parseChange(`${where}: changes[${i}]`, change));
  for (const [i, { iteration }] of changes.entries()) {
    if (i > 0 && iteration <= changes[i - 1].iteration) {
      throw new OptionError(
        `${where}: changes must be in the order of their steps; changes[${i}] is at ${iteration}, after ${changes[i - 1].iteration}`,
      );
    }
  }
  return changes;
}

/** The probability to keep a unit, one for all hidden layers or one a layer. */
export function parseKeep(where: string, value: unknown): number | readonly number[] {
  if (!Array.isArray(value)) return requireNumber(where, value, trainingConstraints.keep);
  return value.map((keep, i) => requireNumber(`${where}[${i}]`, keep, trainingConstraints.keep));
}

function parseChange(where: string, value: unknown): TrainingChange {
  const given = requireObject(where, value, ["iteration", ...changeable]);
  const number = (name: "iteration" | "learningRate" | "l2" | "inputKeep" | "clipNorm" | "clipValue"): number =>
    requireNumber(
      `${where}: ${name}`,
      given[name],
      name === "iteration" ? trainingConstraints.changeAt : trainingConstraints[name],
    );
  return {
    iteration: number("iteration"),
    ...(given.learningRate !== undefined && { learningRate: number("learningRate") }),
    ...(given.l2 !== undefined && { l2: number("l2") }),
    ...(given.keep !== undefined && { keep: parseKeep(`${where}: keep`, given.keep) }),
    ...(given.inputKeep !== undefined && { inputKeep: number("inputKeep") }),
    ...(given.clipNorm !== undefined && { clipNorm: number("clipNorm") }),
    ...(given.clipValue !== undefined && { clipValue: number("clipValue") }),
  };
}
