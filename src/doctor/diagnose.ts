import { examine } from "./examine.js";
import type { Finding, Patient } from "./finding.js";
import { flatCost } from "./symptoms/flatCost.js";
import { symptoms } from "./symptoms.js";

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
 * import { dense, diagnose, network, train } from "gradproof";
 * import { circles } from "gradproof/data";
 * const data = circles({ examples: 100, seed: 1 });
 * const model = network({ inputs: 2, layers: [dense(8, "relu"), dense(1, "sigmoid")], initializer: "zeros" });
 * const run = await train(model, data, { iterations: 300, optimizer: "gradientDescent" });
 * diagnose({ network: model, data, run })[0]?.why; // => "all 8 units of layer 1 are equal, so they learn the same: the layer is worth one unit"
 */
export function diagnose(patient: Patient): Finding[] {
  const examination = examine(patient, true);
  if (examination === undefined) return [];
  const findings = symptoms.flatMap(([symptom]) => symptom(examination));
  // A flat cost is an effect of most others; it is worth saying where none of them is there to explain it.
  return findings.length > 0 ? findings : flatCost(examination);
}
