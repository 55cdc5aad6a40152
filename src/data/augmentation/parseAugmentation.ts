import { OptionError, requireName, requireNumber, requireObject, show } from "../../constraint/constraint.js";
import { augmentationNames, augmentationSteps, imageConstraints, type Parameter } from "./constraints.js";
import type { Augmentation, AugmentationName } from "./spec.js";

/** A step with every parameter filled in. */
export type CompleteStep = { readonly [Name in AugmentationName]: StepOf<Name> }[AugmentationName];
type StepOf<Name extends AugmentationName> = { readonly type: Name } & {
  readonly [Key in keyof (typeof augmentationSteps)[Name]]: number;
};

export interface CompleteAugmentation extends Augmentation {
  readonly channels: number;
  readonly steps: readonly CompleteStep[];
}

/**
 * Checks an augmentation, which may come from a file or a link, and fills in the defaults.
 *
 * @param where who asks, for messages
 * @throws OptionError naming the entry that is wrong and what would be right
 */
export function parseAugmentation(where: string, value: unknown): CompleteAugmentation {
  const given = requireObject(where, value, ["height", "width", "channels", "steps"]);
  const side = (name: keyof typeof imageConstraints, fallback?: number): number =>
    requireNumber(`${where}: ${name}`, given[name] ?? fallback, imageConstraints[name]);
  if (!Array.isArray(given.steps)) {
    throw new OptionError(
      `${where}: steps must be a list of ${augmentationNames.join(", ")}, got ${show(given.steps)}`,
    );
  }
  return {
    height: side("height"),
    width: side("width"),
    channels: side("channels", 1),
    steps: given.steps.map((step, i) => parseStep(`${where}: steps[${i}]`, step)),
  };
}

/** One step, a name or an object, with its parameters filled in. */
export function parseStep(where: string, value: unknown): CompleteStep {
  const asObject: unknown = typeof value === "string" ? { type: value } : value;
  const allKeys = Object.values(augmentationSteps).flatMap((parameters) => Object.keys(parameters));
  const type = requireName(where, requireObject(where, asObject, ["type", ...allKeys]).type, augmentationNames);
  const parameters: Readonly<Record<string, Parameter>> = augmentationSteps[type];
  const given = requireObject(`${where} ${type}`, asObject, ["type", ...Object.keys(parameters)]);
  const numbers = Object.entries(parameters).map(([name, { byDefault, ...constraint }]) => [
    name,
    requireNumber(`${where} ${type}: ${name}`, given[name] ?? byDefault, constraint),
  ]);
  return { type, ...Object.fromEntries(numbers) } as CompleteStep;
}
