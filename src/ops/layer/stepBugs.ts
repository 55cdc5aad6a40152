import type { Operation } from "../op.js";

/** What is known of wrong backward passes of a layer's own step: the gradient check knows them by their numbers. */
export interface StepBugs {
  readonly bugs: readonly StepBug[];
  /** What is said of each in English, by id. */
  readonly words: Readonly<Record<string, (values: StepBugValues) => string>>;
}

/** A way in which people write the backward pass of a step wrong. */
export interface StepBug {
  /** Its sentence: the layer and what is wrong, such as `batchNorm.constantStatistics`. */
  readonly id: string;
  /** What stands in the place of the right one. */
  readonly backward: Operation["backward"];
}

/** What stands in the sentence. */
export interface StepBugValues {
  /** The steps that have it, such as `batchNorm1`. */
  readonly steps: readonly string[];
}
