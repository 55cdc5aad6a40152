import type { AverageDefinition, AveragedRun, AveragePlan } from "../ops/average/average.js";
import { numbersOf } from "../ops/choice.js";
import { averages } from "../ops/generated/averages.js";
import type { CompleteAverageSpec } from "../ops/names.js";

/** Which weights of a run are averaged, and how. */
export function averagePlan(spec: CompleteAverageSpec | undefined, run: AveragedRun): AveragePlan | undefined {
  if (spec === undefined) return undefined;
  const { plan }: AverageDefinition = averages[spec.type];
  return plan(numbersOf(spec, averages), run);
}
