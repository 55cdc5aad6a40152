/**
 * A random change of an image. A bare name takes the defaults. A parameter of 0 (1 for `least`) leaves images as they
 * are, to the bit.
 */
export type AugmentationStep =
  | AugmentationName
  /** Mirrors left and right. Vertical flips are not offered: few pictures, and no digits, mean the same upside down. */
  | { readonly type: "horizontalFlip"; readonly probability?: number }
  /** Takes a window of at least this share of each side (0 … 1, default 0.8) and zooms it to the full size. */
  | { readonly type: "crop"; readonly least?: number }
  /** Turns by up to so many degrees either way, 0 … 180, default 10. */
  | { readonly type: "rotation"; readonly degrees?: number }
  /** Moves by up to so many pixels down, up, right and left, fractions included. Default 2. */
  | { readonly type: "shift"; readonly pixels?: number }
  /** Distorts like rubber: root-mean-square displacement in each direction (default 0.5) and grid spacing (7), in pixels. */
  | { readonly type: "elastic"; readonly pixels?: number; readonly spacing?: number }
  /** Adds one number of at most this size to all values of the image, in the unit of X. Default 0.1. */
  | { readonly type: "brightness"; readonly amount?: number };

export type AugmentationName = "horizontalFlip" | "crop" | "rotation" | "shift" | "elastic" | "brightness";

/**
 * What is done to the training images, anew in each epoch: plain data.
 *
 * An image is a column of X in the order of NumPy's `reshape(-1)` of a height × width × channels array: the value of
 * `channel` at (`row`, `column`) is feature `(row · width + column) · channels + channel`.
 */
export interface Augmentation {
  /** Rows of pixels. Whole number ≥ 1. */
  readonly height: number;
  /** Columns of pixels. Whole number ≥ 1. */
  readonly width: number;
  /** Values a pixel: 1 for gray (the default), 3 for colour. */
  readonly channels?: number;
  /** Done in this order; positions are composed and the image is sampled once, so that steps do not blur one another. */
  readonly steps: readonly AugmentationStep[];
}
