import { OptionError, requireNumber, show } from "../../constraint/constraint.js";
import { augmentationSteps, imageConstraints } from "../../data/augmentation/constraints.js";
import { parseStep } from "../../data/augmentation/parseAugmentation.js";
import type { AugmentationStep } from "../../data/augmentation/spec.js";
import type { ImageSize } from "../../pipeline/configuration.js";

/** Reads `HEIGHTxWIDTH` or `HEIGHTxWIDTHxCHANNELS`. */
export function imageFromText(where: string, value: unknown): ImageSize {
  const match = typeof value === "string" ? /^(\d+)x(\d+)(?:x(\d+))?$/.exec(value) : null;
  if (match === null) {
    throw new OptionError(`${where} must be height x width, such as 28x28, or 32x32x3 for colour, got ${show(value)}`);
  }
  const [, height, width, channels = "1"] = match;
  return shortImage({
    height: requireNumber(`${where}: height`, Number(height), imageConstraints.height),
    width: requireNumber(`${where}: width`, Number(width), imageConstraints.width),
    channels: requireNumber(`${where}: channels`, Number(channels), imageConstraints.channels),
  });
}

/** One gray channel goes without saying. */
export function shortImage({ height, width, channels = 1 }: ImageSize): ImageSize {
  return { height, width, ...(channels !== 1 && { channels }) };
}

/** Reads one step: `shift`, `shift=2`, the number being the step's chief parameter, or `elastic=0.5:spacing=4`. */
export function stepFromText(where: string, value: unknown): AugmentationStep {
  const refused = new OptionError(`${where} must be a step such as shift=2, got ${show(value)}`);
  if (typeof value !== "string") throw refused;
  const [first, ...others] = value.split(":");
  const [name, ...chief] = first.split("=");
  const { type } = parseStep(where, name);
  const [key] = Object.keys(augmentationSteps[type]);
  const given = [...chief.map((number) => [key, number]), ...others.map((part) => part.split("="))];
  if (chief.length > 1 || given.some((part) => part.length !== 2 || part[1].trim() === "")) throw refused;
  const numbers = Object.fromEntries(given.map(([name, number]) => [name, Number(number)]));
  parseStep(where, { type, ...numbers });
  return given.length === 0 ? type : ({ type, ...numbers } as AugmentationStep);
}

/** The text of a step, as {@link stepFromText} reads it. */
export function stepText(step: AugmentationStep): string {
  if (typeof step === "string") return step;
  const { type, ...numbers } = step;
  const [chief] = Object.keys(augmentationSteps[type]);
  const parts = Object.entries(numbers).filter(([key]) => key !== chief);
  const first = chief in numbers ? `${type}=${numbers[chief as keyof typeof numbers]}` : type;
  return [first, ...parts.map(([key, number]) => `${key}=${number}`)].join(":");
}
