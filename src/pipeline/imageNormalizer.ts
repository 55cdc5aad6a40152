import type { Matrix } from "../array/matrix.js";
import { OptionError } from "../constraint/constraint.js";
import { momentsOf } from "../data/moments.js";
import { Normalizer } from "../data/normalizer.js";
import type { ImageSize } from "./configuration.js";

/**
 * Mean 0 and variance 1 for each channel over all pixels: a scale for each pixel would tear an image apart that is moved.
 *
 * @param examples indices of the training examples, from 0. Default: all
 * @throws OptionError where the features are not the pixels of such images
 */
export function imageNormalizer(X: Matrix, image: ImageSize, examples?: ArrayLike<number>): Normalizer {
  requirePixels(image, X.rows);
  const { channels = 1 } = image;
  const { mean, variance } = momentsOf("imageNormalizer", X, examples);
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

/** The size in one form: `28x28` for `28x28x1`. */
export function imageName({ height, width, channels = 1 }: ImageSize): string {
  return channels === 1 ? `${height}x${width}` : `${height}x${width}x${channels}`;
}

/** Checks that the features are the pixels of such images. */
export function requirePixels(image: ImageSize, features: number): void {
  const { height, width, channels = 1 } = image;
  if (height * width * channels === features) return;
  throw new OptionError(
    `an image of ${imageName(image)} has ${height * width * channels} values, but the table has ${features} features; ` +
      "give another size (--image, data.image), or leave other columns out (--drop, data.drop)",
  );
}
