import type { Matrix } from "../array/matrix.js";
import { wideFigure } from "./figure.js";
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

/** Width of the sheet on a wide page, and images beside one another on a narrow one. */
const WIDE_SHEET = 684;
const FEW = 5;

export function augmentationSection({ height, width, channels, originals, epochs }: AugmentationPreview): Markup {
  const rows = [{ name: "originals", X: originals }, ...epochs.map((X, e) => ({ name: `epoch ${e + 1}`, X }))];
  const sheet = (pageWidth: number): string => {
    const count = pageWidth < WIDE_SHEET ? Math.min(FEW, originals.columns) : originals.columns;
    const some = Array.from({ length: count }, (_, j) => j);
    const drawn = rows.map(({ name, X }) => ({ name, X: X.selectColumns(some) }));
    return imageSheet(drawn, {
      title: "Training images",
      height,
      width,
      channels,
      size: pageWidth < WIDE_SHEET ? 44 : 56,
    });
  };
  return markup`<h2>Augmentation</h2>
${wideFigure(
  sheet,
  "The same training images as they are and as the first epochs meet them. What a person can no longer read, the network should not be asked to.",
  undefined,
  WIDE_SHEET,
)}`;
}
