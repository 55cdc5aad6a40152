import type { Dataset } from "../../data/dataset.js";
import type { ExperimentRun } from "../../experiments/experimentRun.js";
import type { GradientCheckingResult } from "../../experiments/gradientChecking.js";
import {
  footballReference,
  gradientCheckingReference,
  pitchReference,
  type ReferenceRun,
} from "../../experiments/reference.js";

/** How far costs may be off, relative: rounding differs between machines, and training carries it along. */
const costTolerance = 1e-9;
/** The same where the path is chaotic and only the plateau can agree. */
const chaoticCostTolerance = 0.02;

/** A run beside the reference's. */
export interface Comparison {
  readonly run: ExperimentRun;
  readonly reference: ReferenceRun;
  /** The largest relative difference among the costs, and what it may be. */
  readonly worstCost: number;
  readonly tolerance: number;
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
  const tolerance = reference.chaotic ? chaoticCostTolerance : costTolerance;
  return {
    run,
    reference,
    worstCost,
    tolerance,
    agrees:
      run.trainAccuracy === reference.trainAccuracy &&
      run.testAccuracy === reference.testAccuracy &&
      worstCost <= tolerance,
  };
}

/** The checks whose numbers or verdicts are not the reference's. */
export function gradientCheckingDisagreements({ oneDimension, correct, planted }: GradientCheckingResult): string[] {
  const expected = gradientCheckingReference;
  // Rounding noise, so only its size can be NumPy's; it is also what the planted difference is known to.
  const noise = correct.difference / expected.correct;
  const checks = {
    "gradient checking in one dimension": oneDimension.difference === expected.oneDimension,
    "gradient checking of the right pass": noise > 0.5 && noise < 2 && correct.verdict === "correct",
    "gradient checking of the planted bugs":
      Math.abs(planted.difference - expected.planted) < 1e-7 && planted.wrongBlocks.join() === "W2,b1",
  };
  return Object.entries(checks).flatMap(([name, agrees]) => (agrees ? [] : [name]));
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
