import { shuffledIndices } from "../random/streams.js";

/**
 * Cuts the training set into batches, in a new order each epoch. The order depends on the seed and the epoch alone, so
 * a run taken up in the middle meets the same batches. The last batch of an epoch may be smaller.
 */
export class BatchOrder {
  readonly stepsPerEpoch: number;
  /** The batch of the step last sought: columns `indices[from] … indices[from + count − 1]`, all in order without indices. */
  indices: Uint32Array | undefined;
  from = 0;
  count = 0;
  private readonly examples: number;
  private readonly batchSize: number;
  private readonly seed: number;
  private shuffledEpoch = 0;

  constructor(examples: number, batchSize: number, seed: number) {
    this.examples = examples;
    this.batchSize = batchSize;
    this.seed = seed;
    this.stepsPerEpoch = Math.ceil(examples / batchSize);
  }

  /** Goes to the batch of update step `iteration`, counted from 0. */
  seek(iteration: number): void {
    const epoch = Math.floor(iteration / this.stepsPerEpoch) + 1;
    if (this.stepsPerEpoch > 1 && this.shuffledEpoch !== epoch) {
      this.indices = shuffledIndices(this.examples, this.seed, epoch);
      this.shuffledEpoch = epoch;
    }
    this.from = (iteration % this.stepsPerEpoch) * this.batchSize;
    this.count = Math.min(this.batchSize, this.examples - this.from);
  }
}
