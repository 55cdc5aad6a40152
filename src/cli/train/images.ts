import type { Matrix } from "../../array/matrix.js";
import { OptionError, requireNumber, show } from "../../constraint/constraint.js";
import { augment } from "../../data/augmentation/augment.js";
import { augmentationSteps, imageConstraints } from "../../data/augmentation/constraints.js";
import { type CompleteAugmentation, parseAugmentation, parseStep } from "../../data/augmentation/parseAugmentation.js";
import type { AugmentationStep } from "../../data/augmentation/spec.js";
import { Normalizer } from "../../data/normalizer.js";
import type { AugmentationPreview } from "../../plot/augmentationSection.js";

/** Reads `HEIGHTxWIDTH` or `HEIGHTxWIDTHxCHANNELS`; gives it back as it was. */
export function requireImage(where: string, value: unknown): string {
  imageSize(where, value);
  return String(value);
}

/** Reads one step: `shift` or `shift=2`, the number being the step's chief parameter. */
export function requireStep(where: string, value: unknown): string {
  stepOf(where, value);
  return String(value);
}

/** The size in one form: `28x28` for `28x28x1`. */
export function imageName(image: string): string {
  const { height, width, channels } = imageSize("--image", image);
  return channels === 1 ? `${height}x${width}` : `${height}x${width}x${channels}`;
}

function imageSize(where: string, value: unknown): { height: number; width: number; channels: number } {
  const match = typeof value === "string" ? /^(\d+)x(\d+)(?:x(\d+))?$/.exec(value) : null;
  if (match === null) {
    throw new OptionError(`${where} must be height x width, such as 28x28, or 32x32x3 for colour, got ${show(value)}`);
  }
  const [, height, width, channels = "1"] = match;
  return {
    height: requireNumber(`${where}: height`, Number(height), imageConstraints.height),
    width: requireNumber(`${where}: width`, Number(width), imageConstraints.width),
    channels: requireNumber(`${where}: channels`, Number(channels), imageConstraints.channels),
  };
}

function stepOf(where: string, value: unknown): AugmentationStep {
  if (typeof value !== "string") throw new OptionError(`${where} must be a step such as shift=2, got ${show(value)}`);
  const [name, number, ...more] = value.split("=");
  if (more.length > 0 || number?.trim() === "") {
    throw new OptionError(`${where} must be a step such as shift=2, got ${show(value)}`);
  }
  const { type } = parseStep(where, name);
  const [chief] = Object.keys(augmentationSteps[type]);
  return parseStep(where, number === undefined ? type : { type, [chief]: Number(number) });
}

/** What training does to its images; nothing without `--augment`. */
export function augmentationFor(
  image: string | undefined,
  steps: readonly string[],
  features: number,
): CompleteAugmentation | undefined {
  if (steps.length === 0) return undefined;
  if (image === undefined) throw new OptionError("--augment needs the size of the images: --image 28x28");
  requirePixels(image, features);
  return parseAugmentation("--augment", {
    ...imageSize("--image", image),
    steps: steps.map((step) => stepOf("--augment", step)),
  });
}

/** Checks that the features are the pixels of such images. */
function requirePixels(image: string, features: number): void {
  const { height, width, channels } = imageSize("--image", image);
  if (height * width * channels === features) return;
  throw new OptionError(
    `--image ${image} has ${height * width * channels} values, but the table has ${features} features; ` +
      "leave other columns out with --drop",
  );
}

/**
 * Mean 0 and variance 1 for each channel over all pixels: a scale for each pixel would tear an image apart that is moved.
 */
export function imageNormalizer(X: Matrix, image: string): Normalizer {
  requirePixels(image, X.rows);
  const { channels } = imageSize("--image", image);
  const { mean, variance } = Normalizer.fit(X);
  const pixels = X.rows / channels;
  const means = new Float64Array(channels);
  const variances = new Float64Array(channels);
  for (let i = 0; i < X.rows; i++) means[i % channels] += mean[i] / pixels;
  // Variance within each pixel, and of the pixels' means around that of all.
  for (let i = 0; i < X.rows; i++) {
    variances[i % channels] += (variance[i] + (mean[i] - means[i % channels]) ** 2) / pixels;
  }
  return Normalizer.fromJSON({
    mean: Array.from(mean, (_, i) => means[i % channels]),
    variance: Array.from(mean, (_, i) => variances[i % channels]),
  });
}

/** Images and epochs of the preview. */
const shown = { images: 10, epochs: 4 };

/** The first training images and what the first epochs make of them. */
export function previewOf(X: Matrix, augmentation: CompleteAugmentation, seed: number): AugmentationPreview {
  const { height, width, channels } = augmentation;
  const some = Array.from({ length: Math.min(shown.images, X.columns) }, (_, j) => j);
  const originals = X.selectColumns(some);
  // The j-th image of the preview is the j-th of the training set, and so meets the same changes.
  const epochs = Array.from({ length: shown.epochs }, (_, e) =>
    augment(originals, augmentation, { seed, epoch: e + 1 }),
  );
  return { height, width, channels, originals, epochs };
}
