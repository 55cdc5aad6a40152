import type { Dataset } from "../data/dataset.js";
import type { ProbabilityField } from "./probabilityField.js";

/** What another program got for the same run. */
export interface ReferenceNumbers {
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  /** In the order of the run's own costs; null where that program had no finite number. */
  readonly costs: readonly (number | null)[];
  /** The costs depend on the last bit of every rounding, so they can agree roughly at best. */
  readonly chaotic?: boolean;
}

/** One run of a reference experiment. */
export interface ReportedRun {
  /** `zeros`, `random`, `he`, `xavier`; `none`, `l2`, `dropout`: by it the report knows what to say of the run. */
  readonly name: string;
  /** As a reader should see it: `random × 10`. */
  readonly label: string;
  /** Cost before update step `iteration`. */
  readonly costs: readonly (readonly [iteration: number, cost: number])[];
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  readonly data?: { readonly train: Dataset; readonly test: Dataset };
  /** What `probabilityField` gives for the trained network. */
  readonly boundary?: ProbabilityField;
  /** Numbers to compare with, where there are any for these examples. */
  readonly reference?: ReferenceNumbers;
}

/** Costs of a run beside the reference's, as far as there are both. */
export function comparedCosts({ costs, reference }: ReportedRun): { obtained: number; expected: number }[] {
  return costs.flatMap(([, obtained], i) => {
    const expected = reference?.costs[i];
    return expected === undefined || expected === null ? [] : [{ obtained, expected }];
  });
}

/** The largest relative difference from the reference among the costs of these runs; 0 where nothing is compared. */
export function largestCostDifference(runs: readonly ReportedRun[]): number {
  let largest = 0;
  for (const { obtained, expected } of runs.flatMap(comparedCosts)) {
    largest = Math.max(largest, Math.abs(obtained - expected) / Math.abs(expected));
  }
  return largest;
}
