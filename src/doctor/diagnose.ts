import type { Finding, TrainedRun } from "./finding.js";
import { observe } from "./observe.js";
import { flatCost } from "./symptoms/flatCost.js";
import { symptoms } from "./symptoms.js";

/**
 * Finds what is wrong with a run: symptoms with the value measured, the threshold, why it is bad and what to change, the
 * causes before their effects. A healthy run has none. Findings are data; `findingInWords` turns them into sentences.
 *
 * Each symptom is one file in `doctor/symptoms/` with its measure, threshold and source. They read the run's history, the
 * signals of its layers and the training data; what they cannot tell from these they leave.
 *
 * @param trained the run, the network as it left it, and the training data as the network took it
 * @returns findings; empty for a healthy run
 *
 * @example
 * import { dense, diagnose, network, train } from "gradproof";
 * import { circles } from "gradproof/data";
 * const data = circles({ examples: 100, seed: 1 });
 * const model = network({ inputs: 2, layers: [dense(8, "relu"), dense(1, "sigmoid")], initializer: "zeros" });
 * const run = await train(model, data, { iterations: 300, optimizer: "gradientDescent" });
 * const [finding] = diagnose({ network: model, data, run });
 * [finding?.symptom, finding?.layer, finding?.measured, finding?.threshold]; // => ["symmetry", 1, 1, 2]: its 8 units are all equal
 */
export function diagnose(trained: TrainedRun): Finding[] {
  const observations = observe(trained, true);
  if (observations === undefined) return [];
  const findings = symptoms.flatMap(([detect]) => detect(observations));
  // A flat cost is an effect of most others; it is worth saying where none of them is there to explain it.
  return findings.length > 0 ? findings : flatCost(observations);
}
