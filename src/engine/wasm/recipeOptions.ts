import type { AveragePlan } from "../../ops/average/average.js";
import type { Average } from "../../ops/optimizer/optimizer.js";

/** What of a recipe concerns a plan's memory. */
export interface RecipeOptions {
  /** Name of the optimizer, its options' numbers in their order, and the averages it keeps. */
  readonly optimizer: string;
  readonly optimizerNumbers: readonly number[];
  readonly remembers: readonly Average[];
  /** The average of the weights to take. */
  readonly average?: AveragePlan | undefined;
  readonly seed: number;
  readonly examples: number;
  readonly batchSize: number;
  /** Whether examples have weights of their own. */
  readonly weighted: boolean;
  /** Examples held as records: all of them with mini-batches, 0 with full batches. */
  readonly records: number;
  /** Whether each step draws its masks from the fast streams. */
  readonly drawsMasks: boolean;
}
