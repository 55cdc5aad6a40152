import { type Dataset, selectExamples } from "../data/dataset.js";
import type { Prepared } from "./prepare.js";

/** What a member learns from and what it is watched on, as the network takes them. */
export interface MemberParts {
  readonly data: Dataset;
  readonly validation?: Dataset | undefined;
}

/**
 * What each of so many members learns from: all of them the one training set, or each all but its fold. Members with one training
 * set have one object, which lies in the engine's memory once.
 */
export function memberParts(
  { train, validation, folds }: Pick<Prepared, "train" | "validation" | "folds">,
  members: number,
): MemberParts[] {
  const parts = folds?.map((fold) => ({
    data: selectExamples(train, fold.train),
    validation: selectExamples(train, fold.validation),
  })) ?? [{ data: train, validation }];
  return Array.from({ length: members }, (_, k) => parts[k % parts.length]);
}
