import type { Matrix } from "../array/matrix.js";
import { figure } from "./figure.js";
import { imageSheet } from "./imageSheet.js";
import { type Markup, markup } from "./markup.js";

/** Some training images, and what some epochs make of them. */
export interface AugmentationPreview {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly originals: Matrix;
  /** One matrix an epoch, from the first on. */
  readonly epochs: readonly Matrix[];
}

export function augmentationSection({ height, width, channels, originals, epochs }: AugmentationPreview): Markup {
  const rows = [{ name: "originals", X: originals }, ...epochs.map((X, e) => ({ name: `epoch ${e + 1}`, X }))];
  return markup`<h2>Augmentation</h2>
${figure(
  imageSheet(rows, { title: "Training images", height, width, channels }),
  "The same training images as they are and as the first epochs meet them. What a person can no longer read, the network should not be asked to.",
)}`;
}
