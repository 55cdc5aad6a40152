import { shuffledIndices } from "../random/streams.js";

/** The examples of one step: columns `indices[from] … indices[from + count − 1]`; all in their order without indices. */
export interface BatchSlice {
  readonly indices: Uint32Array | undefined;
  readonly from: number;
  readonly count: number;
  /** Pass over the training set, from 1. */
  readonly epoch: number;
}

/**
 * Cuts the training set into batches, in a new order each epoch. The order depends on the seed and the epoch alone, so
 * a run taken up in the middle meets the same batches. The last batch of an epoch may be smaller.
 */
export class BatchOrder {
  readonly stepsPerEpoch: number;
  private readonly examples: number;
  private readonly batchSize: number;
  private readonly seed: number;
  private indices: Uint32Array | undefined;
  private shuffledEpoch = 0;

  constructor(examples: number, batchSize: number, seed: number) {
    this.examples = examples;
    this.batchSize = batchSize;
    this.seed = seed;
    this.stepsPerEpoch = Math.ceil(examples / batchSize);
  }

  /** The batch of update step `iteration`, counted from 0. */
  slice(iteration: number): BatchSlice {
    const epoch = Math.floor(iteration / this.stepsPerEpoch) + 1;
    if (this.stepsPerEpoch > 1 && this.shuffledEpoch !== epoch) {
      this.indices = shuffledIndices(this.examples, this.seed, epoch);
      this.shuffledEpoch = epoch;
    }
    const from = (iteration % this.stepsPerEpoch) * this.batchSize;
    return { indices: this.indices, from, count: Math.min(this.batchSize, this.examples - from), epoch };
  }
}
