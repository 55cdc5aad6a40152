/** Generators, splits and changes of data. Entry point `gradproof/data`. */

export { type AugmentOptions, augment } from "./augmentation/augment.js";
export { type Fold, foldIndices } from "./folds.js";
export { type BlobOptions, blobs } from "./generators/blobs.js";
export { circles } from "./generators/circles.js";
export { type DigitOptions, digits } from "./generators/digits.js";
export type { GeneratorOptions } from "./generators/generatorOptions.js";
export { moons } from "./generators/moons.js";
export { type PaymentOptions, type Payments, payments } from "./generators/payments.js";
export { pitch } from "./generators/pitch.js";
export { type SpiralOptions, spiral } from "./generators/spiral.js";
export { xor } from "./generators/xor.js";
export { splitIndices } from "./split.js";
