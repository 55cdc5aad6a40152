import type { Dataset } from "../../data/dataset.js";
import type { ExperimentRun } from "../../experiments/experimentRun.js";
import { footballReference, pitchReference, type ReferenceRun } from "../../experiments/reference.js";

/** How far costs may be off, relative: rounding differs between machines, and training carries it along. */
export const costTolerance = 1e-9;

/** A run beside the reference's. */
export interface Comparison {
  readonly run: ExperimentRun;
  readonly reference: ReferenceRun;
  /** The largest relative difference among the costs. */
  readonly worstCost: number;
  /** Accuracies equal, costs within tolerance. */
  readonly agrees: boolean;
}

/** Holds a run against the numbers of NumPy. */
export function compare(run: ExperimentRun, reference: ReferenceRun): Comparison {
  const differences = reference.costs.map((expected, i) => {
    // The reference takes the log of 0 where ours stays finite: there is nothing to compare.
    if (expected === null) return 0;
    const actual = run.costs[i]?.[1] ?? Number.NaN;
    return Math.abs(actual - expected) / Math.abs(expected);
  });
  const worstCost = Math.max(...differences);
  return {
    run,
    reference,
    worstCost,
    agrees:
      run.trainAccuracy === reference.trainAccuracy &&
      run.testAccuracy === reference.testAccuracy &&
      worstCost <= costTolerance,
  };
}

/** The reference for these points: known for `pitch` and for football.mat, for no other file. */
export function regularizationReference(
  data: { readonly train: Dataset; readonly test: Dataset } | undefined,
): Readonly<Record<string, ReferenceRun>> | undefined {
  if (data === undefined) return pitchReference;
  return isFootball(data) ? footballReference : undefined;
}

/** Told by the number of points and their sum. */
function isFootball({ train, test }: { readonly train: Dataset; readonly test: Dataset }): boolean {
  let sum = 0;
  for (const value of train.X.data) sum += value;
  return train.X.columns === 211 && test.X.columns === 200 && Math.abs(sum - -40.08764809799998) < 1e-9;
}
