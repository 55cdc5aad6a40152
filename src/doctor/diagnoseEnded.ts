import { requireRecord } from "../constraint/kinds.js";
import { diagnose } from "./diagnose.js";
import type { Finding, SymptomName, TrainedRun } from "./finding.js";
import { observe } from "./observe.js";
import { overfitTest } from "./overfitTest.js";

/** Part of the cost of chance below which a run has shown that its network can learn. */
const learnedWell = 0.5;
/** Examples that go through the network in the test, at most; so many times its parameters are done in a second or so. */
const testExamples = 96_000;
const aSecond = 2 ** 31;
/** Findings that do not say why a run has learned nothing. */
const unexplaining: readonly SymptomName[] = ["nothingLearned", "imbalance"];

/**
 * What the doctor says of a run that has ended. Where it failed and nothing explains that, a test follows whether the
 * network can learn 16 examples by heart; not where that would take much longer than the run.
 *
 * @example
 * import { dense, network, train } from "gradproof";
 * import { circles } from "gradproof/data";
 * import { diagnoseEnded } from "gradproof/doctor";
 * const data = circles({ examples: 100, seed: 1 });
 * const model = network({ inputs: 2, layers: [dense(8, "relu"), dense(1, "sigmoid")], seed: 1 });
 * const run = await train(model, data, { iterations: 300, learningRate: 0.03 });
 * await diagnoseEnded({ network: model, data, run }, new AbortController().signal); // => []
 */
export async function diagnoseEnded(trained: TrainedRun, signal: AbortSignal): Promise<Finding[]> {
  const findings = diagnose(trained);
  requireRecord("diagnoseEnded(): signal", signal, "an AbortSignal");
  const { network, data, run } = trained;
  const learned = (observe(trained, true)?.remaining ?? 1) < learnedWell;
  const explained = findings.some(({ symptom }) => !unexplaining.includes(symptom));
  const examples = run.iterations * (run.spec.batchSize ?? data.X.columns);
  const isShort = testExamples <= examples || testExamples * network.theta.length <= aSecond;
  if (learned || explained || !isShort || signal.aborted) return findings;
  return [...(await overfitTest({ network, data }, { signal })), ...findings];
}
