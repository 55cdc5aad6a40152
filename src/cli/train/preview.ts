import type { Matrix } from "../../array/matrix.js";
import { augment } from "../../data/augmentation/augment.js";
import type { Augmentation } from "../../data/augmentation/spec.js";
import type { AugmentationPreview } from "../../plot/augmentationSection.js";

/** Images and epochs of the preview. */
const shown = { images: 10, epochs: 4 };

/** The first training images and what the first epochs make of them. */
export function previewOf(X: Matrix, augmentation: Augmentation, seed: number | undefined): AugmentationPreview {
  const { height, width, channels = 1 } = augmentation;
  const some = Array.from({ length: Math.min(shown.images, X.columns) }, (_, j) => j);
  const originals = X.selectColumns(some);
  // The j-th image of the preview is the j-th of the training set, and so meets the same changes.
  const epochs = Array.from({ length: shown.epochs }, (_, e) =>
    augment(originals, augmentation, { ...(seed !== undefined && { seed }), epoch: e + 1 }),
  );
  return { height, width, channels, originals, epochs };
}
