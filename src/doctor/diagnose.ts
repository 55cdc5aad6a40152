import { chanceCost } from "./chance.js";
import type { Examination, Finding, Patient, Symptom } from "./finding.js";
import { badFirstCost } from "./symptoms/badFirstCost.js";
import { symmetry } from "./symptoms/brokenSymmetry.js";
import { deadUnits } from "./symptoms/deadUnits.js";
import { divergence } from "./symptoms/divergence.js";
import { dropoutMisused } from "./symptoms/dropoutMisused.js";
import { explodingGradients } from "./symptoms/explodingGradients.js";
import { flatCost } from "./symptoms/flatCost.js";
import { imbalance } from "./symptoms/imbalance.js";
import { inputScale } from "./symptoms/inputScale.js";
import { leakedRows } from "./symptoms/leakedRows.js";
import { oscillation } from "./symptoms/oscillation.js";
import { outputMismatch } from "./symptoms/outputMismatch.js";
import { overfitting } from "./symptoms/overfitting.js";
import { overRegularized } from "./symptoms/overRegularized.js";
import { saturatedUnits } from "./symptoms/saturatedUnits.js";
import { stepSize } from "./symptoms/stepSize.js";
import { vanishingGradients } from "./symptoms/vanishingGradients.js";

/** Everything that is looked for, causes before their effects. */
const symptoms: readonly Symptom[] = [
  inputScale,
  outputMismatch,
  imbalance,
  leakedRows,
  dropoutMisused,
  symmetry,
  badFirstCost,
  vanishingGradients,
  explodingGradients,
  divergence,
  stepSize,
  oscillation,
  overRegularized,
  saturatedUnits,
  deadUnits,
  overfitting,
];

/** Part of the cost of chance by which a run must have lowered it to have learned something. */
const learned = 0.05;

/**
 * Says what is wrong with a run: symptoms with the value measured, the threshold, why it is bad and what to change, the
 * causes before their effects. A healthy run has none.
 *
 * Each symptom is one file in `doctor/symptoms/` with its measure, threshold and source. They read the run's history, the
 * signals of its layers and the training data; what they cannot tell from these they leave.
 *
 * @param patient the run, the network as it left it, and the training data as the network took it
 * @returns findings; empty for a healthy run
 *
 * @example
 * import { circles, dense, diagnose, network, train } from "gradproof";
 * const data = circles({ examples: 100, seed: 1 });
 * const model = network({ inputs: 2, layers: [dense(8, "relu"), dense(1, "sigmoid")], initializer: "zeros" });
 * const run = await train(model, data, { iterations: 300, optimizer: "gradientDescent" });
 * diagnose({ network: model, data, run })[0].why; // => "all 8 units of layer 1 are equal, so they learn the same: the layer is worth one unit"
 */
export function diagnose({ network, data, validation, run }: Patient): Finding[] {
  const moments = run.history.flatMap((entry) => (entry.signals ? [{ ...entry, signals: entry.signals }] : []));
  const last = run.history[run.history.length - 1];
  if (moments.length === 0 || last === undefined) return [];
  const chance = chanceCost(network, data);
  const examination: Examination = {
    network,
    data,
    validation,
    run,
    moments,
    chance,
    nothingLearned: !(last.dataCost < (1 - learned) * chance),
  };
  const findings = symptoms.flatMap((symptom) => symptom(examination));
  // A flat cost is an effect of most others; it is worth saying where none of them is there to explain it.
  return findings.length > 0 ? findings : flatCost(examination);
}
