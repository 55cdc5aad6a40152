import type { Matrix } from "../array/matrix.js";
import { augmentInto, requireImages } from "../data/augmentation/augment.js";
import type { CompleteAugmentation } from "../data/augmentation/parseAugmentation.js";
import type { Pause } from "./pause.js";

/** Images to change between two looks at the clock. */
const chunk = 16;

/** The training images as an epoch sees them. They depend on seed, epoch and example alone, as a resumed run needs. */
export class AugmentedImages {
  /** Features × examples, of the epoch last met. */
  readonly X: Matrix;
  private readonly originals: Matrix;
  private readonly spec: CompleteAugmentation;
  private readonly seed: number;
  private epoch = 0;

  constructor(originals: Matrix, spec: CompleteAugmentation, seed: number) {
    requireImages("train(): data.X", originals, spec);
    this.X = originals.selectColumns(Array.from({ length: originals.columns }, (_, j) => j));
    this.originals = originals;
    this.spec = spec;
    this.seed = seed;
  }

  /** Makes the images of an epoch, counted from 1. Returns whether they have changed. */
  async prepare(epoch: number, pause: Pause): Promise<boolean> {
    if (epoch === this.epoch) return false;
    this.epoch = epoch;
    const { X, originals, spec, seed } = this;
    for (let from = 0; from < X.columns; from += chunk) {
      augmentInto(X, originals, spec, { seed, epoch, from, to: Math.min(from + chunk, X.columns) });
      if (pause.due) await pause.take();
    }
    return true;
  }
}
