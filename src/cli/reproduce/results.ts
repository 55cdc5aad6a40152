import type { DepthResult } from "../../experiments/depth.js";
import type { ExperimentRun } from "../../experiments/experimentRun.js";
import type { GradientCheckingResult } from "../../experiments/gradientChecking.js";

/** What was run; what was not asked for is not there. */
export interface Results {
  initialization?: ExperimentRun[];
  regularization?: ExperimentRun[];
  gradientChecking?: GradientCheckingResult;
  depth?: DepthResult;
}

/** The document of `--json`. */
export function toJson({ initialization, regularization, gradientChecking, depth }: Results): object {
  const byName = (runs: readonly ExperimentRun[]): object =>
    Object.fromEntries(
      runs.map(({ name, trainAccuracy, testAccuracy, costs }) => [name, { trainAccuracy, testAccuracy, costs }]),
    );
  return {
    ...(initialization && { initialization: byName(initialization) }),
    ...(regularization && { regularization: byName(regularization) }),
    ...(gradientChecking && {
      gradientChecking: {
        oneDimension: gradientChecking.oneDimension,
        correct: { difference: gradientChecking.correct.difference, verdict: gradientChecking.correct.verdict },
        planted: {
          difference: gradientChecking.planted.difference,
          verdict: gradientChecking.planted.verdict,
          wrongBlocks: gradientChecking.planted.wrongBlocks,
        },
      },
    }),
    ...(depth && { depth }),
  };
}
